import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { newFolder, ROOT } from "./projects";

const tarballs = new Map<string, string>();

/** The tarball of one of the two packages, as `npm publish` would send it. */
export function packed(name: string): string {
  let tarball = tarballs.get(name);
  if (tarball === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "packed-"));
    const cwd = name === "pulumi-mediasaur" ? ROOT : join(ROOT, "emulator");
    const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
    const output = execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const [{ filename }] = JSON.parse(output) as [{ filename: string }];
    tarball = join(folder, filename);
    tarballs.set(name, tarball);
  }
  return tarball;
}

/** What a fresh project has installed. */
export interface Installation {
  /** Names of this repository's packages (their tarballs), or what else npm can install. */
  readonly packages: readonly string[];
  readonly flags?: readonly string[];
  /** More of the project's package.json. */
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** A fresh project in which npm has installed packages the way a user's would. */
export function installed({ packages, flags = [], manifest = {} }: Installation): string {
  const folder = newFolder("installed");
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "site", version: "1.0.0", private: true, ...manifest }),
  );
  const own = ["pulumi-mediasaur", "mediasaur-emulator"];
  const args = packages.map((name) => (own.includes(name) ? packed(name) : name));
  const options = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  execFileSync("npm", ["install", ...options, ...flags, ...args], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return folder;
}

/** Runs a command to its end and gives all that it printed, whatever its exit code. */
export function run(command: string, args: readonly string[], cwd: string = ROOT, env: NodeJS.ProcessEnv = {}): string {
  const { stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, ...env } });
  return stdout + stderr;
}
