import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_API_KEY, startEmulator } from "mediasaur-emulator";
import { send } from "./api";
import { runCommand, startCommand } from "./command";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "command-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it("prints that it is ready, and how to configure a stack for it", async () => {
  const { child, baseUrl, lines, ended } = await startCommand("--port", "0");
  expect(lines).toEqual([
    expect.stringMatching(/^mediasaur-emulator is ready on http:\/\/127\.0\.0\.1:\d+$/),
    `pulumi config set --secret mediasaur:apiKey ${DEFAULT_API_KEY}`,
    `pulumi config set mediasaur:baseUrl ${baseUrl}`,
    `pulumi config set mediasaur:uploadUrl ${baseUrl}`,
    `its page, with files, requests and faults: ${baseUrl}/`,
  ]);
  expect((await send({ baseUrl, apiKey: DEFAULT_API_KEY }, "GET", "/buckets")).status).toBe(200);
  child.kill("SIGTERM");
  expect(await ended).toEqual({ code: 0, signal: null });
});

it("takes seed, dialect and faults", async () => {
  const seed = join(folder, "seed.json");
  writeFileSync(seed, '{"buckets":{"pictures":{"files":[{"path":"a.png"}]}}}');
  const fault = '{"op":"getBucket","kind":"status","args":{"status":503}}';
  const dialect = "uploadcare-like,bucket.envelope=bare";
  const run = await startCommand(
    "--port",
    "0",
    "--seed",
    seed,
    "--dialect",
    dialect,
    "--fault",
    fault,
    "--latency",
    "1",
  );
  const emulator = { baseUrl: run.baseUrl, apiKey: DEFAULT_API_KEY };
  expect((await send(emulator, "GET", "/buckets")).body).toMatchObject([{ name: "pictures" }]);
  expect((await send(emulator, "GET", "/buckets/pictures")).status).toBe(503);
  run.child.kill("SIGINT");
  expect((await run.ended).code).toBe(0);
});

it("helps, and names its version", async () => {
  expect(await runCommand("--help")).toMatchObject({ code: 0, stdout: expect.stringContaining("--seed PATH") });
  const { version } = JSON.parse(readFileSync(join(__dirname, "../../emulator/package.json"), "utf8"));
  expect(await runCommand("--version")).toEqual({ code: 0, stdout: `${version as string}\n`, stderr: "" });
});

it.each([
  [["--prot", "1"], "Unknown option '--prot'"],
  [["--port", "x"], '--port "x" is not a number'],
  [["--port", "70000"], "the port must be 0 to 65535"],
  [["--seed", "nowhere"], 'seed "nowhere" does not exist'],
  [["--port", "0", "--dialect", "list.colour=red"], 'unknown dialect switch "list.colour"'],
  [["--port", "0", "--dialect", "s3-like"], 'dialect "s3-like" is neither'],
  [["--port", "0", "--fault", '{"op":"explode","kind":"reset"}'], 'unknown operation "explode"'],
])("says in one line what is wrong: %j", async (args, message) => {
  const { code, stdout, stderr } = await runCommand(...args);
  expect([code, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
  expect(stderr.trimEnd()).not.toContain("\n");
});

it("says that a port is in use, or a data folder", async () => {
  const dataDir = join(folder, "held");
  const other = await startEmulator({ dataDir });
  const { port } = new URL(other.baseUrl);
  expect(await runCommand("--port", port)).toMatchObject({
    code: 2,
    stderr: `mediasaur-emulator: port ${port} is in use\n`,
  });
  writeFileSync(join(folder, "mine.txt"), "mine");
  const mine = await runCommand("--port", "0", "--data", folder);
  expect(mine).toMatchObject({ code: 2, stderr: expect.stringContaining("is not empty and was not made by this") });
  const taken = await runCommand("--port", "0", "--data", dataDir);
  expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining("is in use by another emulator") });
  await other.close();
});
