import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TestEmulator } from "../support/emulator";
import { newFolder, removeFolder, ROOT } from "../support/projects";
import { ONE_LINE, run } from "./command";

let emulator: TestEmulator;
let folder: string;
beforeAll(async () => {
  emulator = await TestEmulator.start();
});
beforeEach(async () => {
  folder = newFolder("init");
  await emulator.seed({ "site/a.txt": "PUBLIC", "b.txt": "PRIVATE" });
});
afterEach(() => removeFolder(folder));
afterAll(() => emulator.close());

function typeChecks(project: string): void {
  mkdirSync(join(project, "node_modules"));
  symlinkSync(ROOT, join(project, "node_modules", "pulumi-mediasaur"));
  execFileSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", project], { stdio: "pipe" });
}

test.each([
  ["a project that reads", [], {}],
  ["one for the emulator", ["--emulator"], {}],
  ["one from a bucket", ["--from", "media"], { account: true }],
])("%s has all that it needs, type-checks, holds no key, and says the next commands", async (_what, args, more) => {
  const env = "account" in more ? emulator.environment : {};
  const { code, stdout, stderr } = await run(["init", "--dir", "My Site", ...args], env, folder);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const project = join(folder, "My Site");
  const names = readdirSync(project);
  for (const name of ["package.json", "tsconfig.json", "Pulumi.yaml", "index.ts"]) expect(names).toContain(name);
  const text = names
    .filter((name) => name !== "sample")
    .map((name) => readFileSync(join(project, name), "utf8"))
    .join("");
  expect(text).toContain("name: my-site");
  expect(text).not.toMatch(/sk_|127\.0\.0\.1/);
  for (const command of [
    'cd "My Site"',
    "npm install",
    "pulumi login",
    "pulumi stack init dev",
    "npx pulumi-mediasaur preview",
  ]) {
    expect(stdout).toContain(command);
  }
  if ("account" in more) expect(text).toMatch(/path: "b\.txt",\n\s+visibility: "PRIVATE"/);
  typeChecks(project);
  expect(await emulator.writes()).toEqual([]);
});

test("a file that is there is kept, and said so", async () => {
  writeFileSync(join(folder, "index.ts"), "mine");
  const { code, stdout } = await run(["init", "--emulator"], {}, folder);
  expect(code).toBe(0);
  expect(readFileSync(join(folder, "index.ts"), "utf8")).toBe("mine");
  expect(stdout).toContain("kept     index.ts");
  // newFolder made a package.json.
  expect(stdout).toContain("npm install pulumi-mediasaur @pulumi/pulumi");
  expect(stdout).toContain("written  Pulumi.yaml");
});

test.each([
  [["--emulator", "--from", "media"], 2, /exclude each other/],
  [["--from", "nope"], 1, /bucket "nope" is missing.*The key sees media/],
])("%j is refused in one line, and nothing is written", async (args, code, said) => {
  const ran = await run(["init", "--dir", "site", ...args], emulator.environment, folder);
  expect(ran.code).toBe(code);
  expect(ran.stderr).toMatch(ONE_LINE);
  expect(ran.stderr).toMatch(said);
  expect(readdirSync(folder)).not.toContain("site");
});
