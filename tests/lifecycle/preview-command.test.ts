import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/projects";
import { Suite } from "./support";

const suite = Suite.declare({
  "in/hero.jpg": "PRIVATE",
  "site/a.txt": "PUBLIC",
  "site/old.txt": "PUBLIC",
});

/** Runs `pulumi-mediasaur preview` in the folder of the stack. */
function command(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = join(ROOT, "bin", "pulumi-mediasaur.js");
  const options = { cwd: suite.stack.folder, env: { ...process.env, ...suite.stack.env } };
  return new Promise((resolve) => {
    execFile(process.execPath, [script, "preview", ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

const PULUMI = ["--", "--stack", "test", "--non-interactive", "--color", "never"];
const GONE = `new mediasaur.ManagedFile("gone", { bucket: "media", path: "site/old.txt", deletionPolicy: "DELETE" });\n`;
const KEPT = `new mediasaur.FileLayout("kept", { bucket: "media", files: { up: { path: "up/x.txt", source: { upload: new pulumi.asset.StringAsset("hello") } } } });\n`;

test("the command draws what becomes of each file, what leaves the program among them, and is right", async () => {
  suite.stack.program(GONE + KEPT);
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  await suite.emulator.forget();
  suite.stack.program(`
    new mediasaur.ManagedFile("hero", { bucket: "media", path: "site/hero.jpg", visibility: "PUBLIC", source: { adopt: { path: "in/hero.jpg" } } });
    new mediasaur.FileLayout("site", { bucket: "media", files: { a: { path: "site/b.txt", visibility: "PRIVATE", source: { adopt: { path: "site/a.txt" } } } } });
  `);
  const { code, stdout } = await command("--markdown", "out.md", "--html", "out.html", ...PULUMI);
  expect(code).toBe(0);
  const [pulumi, tree] = stdout.split("\nBecomes public: 1 file\n");
  expect(pulumi).toContain("Previewing update (test)");
  for (const line of [
    "hero.jpg  published, moved, taken over from in/hero.jpg, PUBLIC  hero",
    "b.txt  hidden, renamed, taken over from site/a.txt, PRIVATE  site",
    "old.txt  deleted  gone",
    "x.txt  deleted  kept",
  ]) {
    expect(tree).toContain(line);
  }
  expect(tree).toMatch(/bucket media: 1 published, 2 deleted, 1 hidden, 1 moved, 1 renamed\n/);
  for (const file of ["out.md", "out.html"]) {
    const text = readFileSync(join(suite.stack.folder, file), "utf8");
    for (const path of ["in/hero.jpg", "site/hero.jpg", "site/a.txt", "site/b.txt", "site/old.txt", "up/x.txt"])
      expect(text).toContain(path);
    expect(text).not.toContain(suite.emulator.handle.apiKey);
  }
  expect(await suite.emulator.writes()).toEqual([]);
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  expect(await suite.emulator.layout()).toEqual({ "site/b.txt": "PRIVATE", "site/hero.jpg": "PUBLIC" });
});

test("a preview that fails has its exit code passed on, and what is wrong drawn with the declaration's name", async () => {
  writeFileSync(join(suite.stack.folder, "x.txt"), "x");
  suite.stack.program(`
    new mediasaur.ManagedFile("secretive", { bucket: "media", path: pulumi.secret("topsecret/x.txt"), source: { upload: new pulumi.asset.FileAsset("x.txt") } });
    new mediasaur.ManagedFile("wrong", { bucket: "media", path: "/a.txt" });
  `);
  const { code, stdout } = await command("--markdown", "out.md", "--html", "out.html", ...PULUMI);
  expect(code).not.toBe(0);
  expect(stdout).toMatch(/refused: wrong: .*"\/a\.txt" starts with a slash/);
  for (const file of ["out.md", "out.html"]) {
    const text = readFileSync(join(suite.stack.folder, file), "utf8");
    expect(text).toContain("starts with a slash");
    expect(text).not.toContain("topsecret");
  }
});
