import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The repository. */
export const ROOT = resolve(__dirname, "../..");
const CACHE = join(ROOT, ".cache", "tests");

/** A new folder below the repository, so that `@pulumi/pulumi` and the package's dependencies are found from it. */
export function newFolder(prefix: string): string {
  mkdirSync(CACHE, { recursive: true });
  return mkdtempSync(join(CACHE, `${prefix}-`));
}

/** Removes a folder that `newFolder` made. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** A program's folder that has the package as a link, the way a workspace or `file:` gives it. */
export function linkedFolder(): string {
  const folder = newFolder("linked");
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(ROOT, join(folder, "node_modules", "pulumi-mediasaur"));
  return folder;
}

/** A program's folder that has the package as users get it: unpacked from the tarball that `npm pack` makes. */
export function packedFolder(): string {
  const folder = newFolder("packed");
  const packed = execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  const target = join(folder, "node_modules", "pulumi-mediasaur");
  mkdirSync(target, { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, filename), "--strip-components=1", "-C", target]);
  return folder;
}

/** What Pulumi stores as `__provider` for a resource of a program in that folder. */
export function providerText(folder: string, subpath: string): string {
  const script = join(folder, `serialize-${subpath}.js`);
  if (!existsSync(script)) {
    writeFileSync(
      script,
      `const pulumi = require("@pulumi/pulumi");
       const provider = require("pulumi-mediasaur/provider/${subpath}");
       pulumi.runtime.serializeFunction(() => provider).then((f) => process.stdout.write(f.text));`,
    );
  }
  return execFileSync(process.execPath, [script], { cwd: folder, encoding: "utf8" });
}
