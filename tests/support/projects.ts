import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";

/** The repository. */
export const ROOT = resolve(__dirname, "../..");
const CACHE = join(ROOT, ".cache", "tests");

/** A new folder below the repository, so that `@pulumi/pulumi` and the package's dependencies are found from it. */
export function newFolder(prefix: string): string {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, `${prefix}-`));
  // A package of its own: in the repository's, "pulumi-mediasaur" would mean the repository itself.
  writeFileSync(join(folder, "package.json"), `{ "name": "${prefix}", "private": true }\n`);
  return folder;
}

/** Removes a folder that `newFolder` made. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The environment of a CLI that keeps its state in a folder, and asks nobody. */
export function backendIn(folder: string): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "for tests only",
    PULUMI_SKIP_UPDATE_CHECK: "1",
  };
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
  const modules = join(folder, "node_modules");
  const target = join(modules, "pulumi-mediasaur");
  mkdirSync(target, { recursive: true });
  // Pulumi finds an installed package from where it is itself, so it has to be beside it: a real folder, and no link to
  // the repository's. What it depends on may be links.
  const installed = join(ROOT, "node_modules");
  for (const name of readdirSync(installed)) {
    if (name !== "pulumi-mediasaur" && name !== "@pulumi" && !name.startsWith("."))
      symlinkSync(join(installed, name), join(modules, name));
  }
  mkdirSync(join(modules, "@pulumi"));
  cpSync(join(installed, "@pulumi", "pulumi"), join(modules, "@pulumi", "pulumi"), { recursive: true });
  execFileSync("tar", ["-xzf", join(folder, filename), "--strip-components=1", "-C", target]);
  return folder;
}

/** The same for a provider that waits a twentieth of every pause: see `impatient.cjs`. */
export function impatientText(subpath: string): string {
  const entry = join(ROOT, "tests", "support", "impatient.cjs");
  return `exports.handler = () => require(${JSON.stringify(entry)})[${JSON.stringify(subpath)}];`;
}

/** What Pulumi stores as `__provider` for a resource of a program in that folder. It is asked once a folder: that takes a process. */
export function providerText(folder: string, subpath: string): string {
  const kept = join(folder, `provider-${subpath}.txt`);
  if (!existsSync(kept)) {
    const script = join(folder, `serialize-${subpath}.js`);
    writeFileSync(
      script,
      `const pulumi = require("@pulumi/pulumi");
       const provider = require("pulumi-mediasaur/provider/${subpath}");
       pulumi.runtime.serializeFunction(() => provider).then((f) => process.stdout.write(f.text));`,
    );
    writeFileSync(kept, execFileSync(process.execPath, [script], { cwd: folder }));
  }
  return readFileSync(kept, "utf8");
}
