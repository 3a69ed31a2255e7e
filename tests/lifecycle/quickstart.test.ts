import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { TestEmulator } from "../support/emulator";
import { backendIn, ROOT } from "../support/projects";

const LAYOUT = {
  "drafts/next-post.md": "PRIVATE",
  "internal/price-list.csv": "PRIVATE",
  "site/images/hero.svg": "PUBLIC",
  "site/images/logo.svg": "PUBLIC",
  "site/welcome.html": "PUBLIC",
};

let emulator: TestEmulator;
let folder: string;

beforeAll(async () => {
  emulator = await TestEmulator.start({ seed: join(ROOT, "examples", "quickstart", "sample") });
  folder = mkdtempSync(join(tmpdir(), "mediasaur-quickstart-"));
  mkdirSync(join(folder, "state"));
});

afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

async function pulumi(...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    ...backendIn(join(folder, "state")),
    ...emulator.environment,
  };
  const common = [
    "--non-interactive",
    "--color",
    "never",
    "--stack",
    "test",
    "--config-file",
    join(folder, "Pulumi.test.yaml"),
  ];
  const { stdout } = await promisify(execFile)("pulumi", [...args, ...(args[0] === "stack" ? [] : common)], {
    cwd: ROOT,
    env,
  });
  return stdout;
}

test("the quickstart, in TypeScript, is what `pulumi up` runs in the repository's root", async () => {
  await pulumi("stack", "init", "test", "--non-interactive");
  expect(await pulumi("up", "--yes", "--skip-preview")).toContain("6 created");
  expect(await emulator.layout()).toEqual(LAYOUT);
  // Five moves, renames and changes of visibility of files that were there: none is copied, uploaded or deleted.
  expect(new Set(await emulator.writes())).toEqual(new Set(["moveFiles", "patchFile"]));
  await emulator.forget();
  expect(await pulumi("up", "--yes", "--skip-preview")).toContain("6 unchanged");
  expect(await emulator.writes()).toEqual([]);
  await pulumi("destroy", "--yes", "--skip-preview");
  expect(await emulator.layout()).toEqual(LAYOUT);
  expect(await emulator.writes()).toEqual([]);
});
