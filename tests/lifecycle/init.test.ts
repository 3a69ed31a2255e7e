import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { TestEmulator } from "../support/emulator";
import { backendIn, linkedFolder, removeFolder, ROOT } from "../support/projects";

let emulator: TestEmulator;
let folder: string;
beforeAll(async () => {
  emulator = await TestEmulator.start();
});
afterEach(() => removeFolder(folder));
afterAll(() => emulator.close());

test.each([
  ["", [], "0 to create|1 to create"],
  ["for the emulator", ["--emulator"], "becomes PUBLIC"],
  ["from a bucket", ["--from", "media"], "is taken over as it is"],
])("a new project %s previews at once, and writes nothing at the service", async (_what, args, said) => {
  await emulator.seed({ "site/a.txt": "PUBLIC" });
  folder = linkedFolder();
  mkdirSync(join(folder, "backend"));
  const env = { ...process.env, ...backendIn(join(folder, "backend")), ...emulator.environment };
  const run = (command: string, ...more: string[]): string =>
    execFileSync(command, more, { cwd: folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  run(process.execPath, join(ROOT, "bin", "pulumi-mediasaur.js"), "init", ...args);
  run("pulumi", "stack", "init", "dev", "--non-interactive");
  const text = run("pulumi", "preview", "--non-interactive", "--color", "never");
  expect(text).toMatch(new RegExp(said));
  expect(await emulator.writes()).toEqual([]);
});
