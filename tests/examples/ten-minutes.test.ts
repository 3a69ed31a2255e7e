import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TestEmulator } from "../support/emulator";
import { backendIn, packedFolder, removeFolder, ROOT } from "../support/projects";
import { startScript } from "../support/policy-pack";

const HEADING = "## From a bucket full of files to a program";

/** The shell blocks of README's section, in order. */
function steps(): string[] {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const section = readme.slice(readme.indexOf(HEADING) + HEADING.length).split(/^## /m)[0]!;
  return [...section.matchAll(/^```sh\n([^]*?)^```/gm)].map(([, text]) => text!);
}

let emulator: TestEmulator;
let folder: string;
beforeAll(async () => {
  emulator = await TestEmulator.start();
  await emulator.seed({ "site/a.jpg": "PUBLIC", "site/b.jpg": "PUBLIC", "drafts/c.md": "PRIVATE" });
  folder = packedFolder();
  const modules = join(folder, "node_modules");
  symlinkSync(join(ROOT, "node_modules", "@pulumi", "policy"), join(modules, "@pulumi", "policy"));
  // What `npm install` makes of the package's `bin`.
  mkdirSync(join(modules, ".bin"));
  chmodSync(join(modules, "pulumi-mediasaur", "bin", "pulumi-mediasaur.js"), 0o755);
  symlinkSync("../pulumi-mediasaur/bin/pulumi-mediasaur.js", join(modules, ".bin", "pulumi-mediasaur"));
});
afterAll(async () => {
  await emulator.close();
  removeFolder(folder);
});

/** Runs a block of README; nobody is there to be asked, and the packages are installed already. */
function run(block: string): Promise<{ code: number; text: string }> {
  const script = block
    .replace(/^npm .*\n/gm, "")
    .replace("sk_...", emulator.handle.apiKey)
    .replace("pulumi up", "pulumi up --yes --stack dev")
    .replace(/pulumi preview --policy-pack policy\n/, `pulumi preview --stack dev --policy-pack "$PACK"\n`);
  const env = {
    ...process.env,
    ...backendIn(folder),
    ...emulator.environment,
    PACK: join(folder, "policy", "start"),
    CI: "true",
  };
  return new Promise((resolve) => {
    execFile("bash", ["-euc", script], { cwd: folder, env, timeout: 200_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), text: stdout + stderr });
    });
  });
}

test("README's way from a bucket to a program, word for word, with the packed package", async () => {
  const [install, doctor, take, policy, ...others] = steps();
  expect(others).toEqual([]);
  expect(install).toContain("npm install pulumi-mediasaur @pulumi/pulumi");

  expect(await run(doctor!)).toMatchObject({ code: 0 });

  await emulator.forget();
  const up = await run(take!);
  expect(up.text).toContain("+ 4 created");
  expect(up.code).toBe(0);
  expect(await emulator.writes()).toEqual([]);

  const [files = "", preview = ""] = policy!.split(/^(?=pulumi preview)/m);
  expect(await run(files)).toMatchObject({ code: 0 });
  startScript(join(folder, "policy"));
  const good = await run(preview);
  expect(good.text).toContain("✅ files@v1.0.0");
  expect(good.text).toContain("4 unchanged");
  expect(good.code).toBe(0);

  const index = join(folder, "index.ts");
  writeFileSync(index, readFileSync(index, "utf8").replace(`visibility: "PRIVATE"`, `visibility: "PUBLIC"`));
  const bad = await run(preview);
  expect(bad.code).not.toBe(0);
  expect(bad.text).toContain(`"drafts/c.md" in bucket "media" is PUBLIC; files have to be PRIVATE here.`);
});
