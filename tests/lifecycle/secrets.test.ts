import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { TestEmulator } from "../support/emulator";
import { figure } from "../support/figures";
import { SecretsWatch } from "../support/secrets";
import { TestStack } from "../support/stack";

let emulator: TestEmulator;
let stack: TestStack;
const watch = new SecretsWatch();

beforeAll(async () => {
  emulator = await TestEmulator.start();
  watch.know(emulator.handle.apiKey);
  await emulator.seed({ "in/hero.jpg": "PRIVATE", "in/logo.svg": "PUBLIC", "docs/plan.txt": "PRIVATE" });
  // URLs of private files are signed, and uploads go by tokens: as many secrets as there can be.
  await emulator.dialect({ "object.url": "signed_rotating_private", "upload.bucket_field": "token_only" });
  stack = await TestStack.create(emulator.stackConfig);
});

afterAll(async () => {
  stack.remove();
  await emulator.close();
  figure("secrets", `lifecycle with the real CLI: ${watch.searched}`);
});

const program = (visibility: string, text: string): string => `
  const media = new mediasaur.Bucket("media", { name: "media" });
  const hero = new mediasaur.ManagedFile("hero", {
    bucket: media.name, path: "site/hero.jpg", visibility: "${visibility}", source: { adopt: { path: "in/hero.jpg" } },
  });
  const note = new mediasaur.ManagedFile("note", {
    bucket: "media", path: "site/note.txt", visibility: "PRIVATE", source: { upload: new pulumi.asset.StringAsset("${text}") },
  });
  exports.details = media.details; exports.hero = hero.url; exports.note = note.url; exports.metadata = note.metadata;`;

type Command = "up" | "refresh" | "destroy";

/** Runs a command with all that it can tell; gives whether it went well. */
async function run(command: Command): Promise<{ ok: boolean; told: string }> {
  const told: string[] = [];
  const events: EngineEvent[] = [];
  const options = {
    onOutput: (text: string) => void told.push(text),
    onError: (text: string) => void told.push(text),
    onEvent: (event: EngineEvent) => void events.push(event),
    color: "never" as const,
    diff: true,
    logVerbosity: 3,
    logToStdErr: true,
    suppressOutputs: false,
  };
  const ok = await stack.stack[command](options).then(
    () => true,
    (error: unknown) => {
      told.push(error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error));
      return false;
    },
  );
  expect(events.length).toBeGreaterThan(0);
  const all = `${told.join("")}\n${JSON.stringify(events)}`;
  watch.expectNone(all);
  return { ok, told: all };
}

/** Everything that is on disk after a command, and what the stack gives out. */
async function expectNothingKept(): Promise<void> {
  watch.expectNone(stack.stateText());
  // As a user calls it: Automation API would ask for the secrets in clear.
  const env = { ...process.env, ...stack.env };
  watch.expectNone(execFileSync("pulumi", ["stack", "export"], { cwd: stack.folder, env, encoding: "utf8" }));
  watch.expectNone(JSON.stringify(await stack.outputs()));
  watch.expectNone(JSON.stringify(await stack.stack.history(undefined, undefined, false)));
  const backend = join(stack.folder, "backend");
  for (const entry of readdirSync(backend, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) watch.expectNone(readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

/** The next requests of an operation fail with the Authorization header in their message. */
async function echo(op: string, status: number, times?: number): Promise<void> {
  await emulator.faults([{ op, kind: "secret_echo", args: { status }, ...(times === undefined ? {} : { times }) }]);
}

async function hits(): Promise<number> {
  const { faults } = (await emulator.handle.control("GET", "faults")) as { faults: { hits: number }[] };
  return faults.reduce((sum, each) => sum + each.hits, 0);
}

test("no key, token or signed URL is in any output, event, state or history of ups, failing ups, refreshes and destroys", async () => {
  stack.program(program("PRIVATE", "first"));
  expect((await run("up")).ok).toBe(true);
  expect((await emulator.requests()).some(({ operation }) => operation === "createToken")).toBe(true);
  await expectNothingKept();

  // Failures that repeat the credentials: of the key at a PATCH and a read, of a token at an upload.
  for (const [op, status, visibility, text] of [
    ["patchFile", 403, "PUBLIC", "first"],
    ["upload", 403, "PRIVATE", "second"],
    ["createToken", 422, "PRIVATE", "second"],
  ] as const) {
    stack.program(program(visibility, text));
    await echo(op, status);
    const { ok, told } = await run("up");
    expect(ok).toBe(false);
    expect(told).toContain("[redacted]");
    expect(await hits()).toBeGreaterThan(0);
    await expectNothingKept();
  }
  await echo("*", 403);
  expect((await run("refresh")).ok).toBe(false);
  expect(await hits()).toBeGreaterThan(0);
  await expectNothingKept();

  await emulator.faults([]);
  expect((await run("refresh")).ok).toBe(true);
  expect((await run("up")).ok).toBe(true);
  expect((await run("destroy")).ok).toBe(true);
  await expectNothingKept();
});
