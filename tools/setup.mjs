#!/usr/bin/env node
// Makes a fresh clone ready for tests, the demo and the benchmarks: npm packages, build, Pulumi CLI; each only where it is
// missing or out of date. It runs before anything is installed, so it and what it imports use Node's own modules only.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { getPulumi, NoPulumiError } from "./get-pulumi.mjs";
import { withLock } from "./lib/lock.mjs";
import { duration, excerpt, run, withHeartbeat } from "./lib/run.mjs";

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const SOURCES = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.build.json",
  "tools/build-plugin.mjs",
  "provider",
  "sdk",
  "emulator/package.json",
  "emulator/tsconfig.json",
  "emulator/src",
  "emulator/page",
  "tools/build-page.mjs",
];
const OUTPUTS = ["dist", "emulator/dist", "plugin"];

const say = (line) => process.stderr.write(`setup: ${line}\n`);

/**
 * Readies the clone. Gives `{ pulumi }` as from getPulumi; `{ noPulumi }`, the reason, where no CLI can be had; neither with
 * `cli: false`. Throws where packages can't be installed or the build fails.
 */
export async function setup({ cli = true, root = ROOT } = {}) {
  const steps = [
    { todo: () => !packagesInstalled(root), name: "installing npm packages", args: ["ci", "--loglevel=error"] },
    { todo: () => !built(root), name: "building", args: ["run", "build"], after: () => stampBuild(root) },
  ];
  // One lock for both, asked for only when there is something to do: two commands started at once don't do it twice.
  if (steps.some((step) => step.todo())) {
    const onWait = (pid) => say(`another process (${pid}) is at it; waiting`);
    await withLock(join(root, ".cache", "setup.lock"), () => runSteps(steps, root), { onWait });
  }
  if (!cli) return {};
  try {
    return { pulumi: await getPulumi({ quiet: true }) };
  } catch (error) {
    if (!(error instanceof NoPulumiError)) throw error;
    return { noPulumi: error.message };
  }
}

async function runSteps(steps, root) {
  for (const { todo, name, args, after } of steps) {
    if (!todo()) continue;
    const command = `npm ${args[0] === "run" ? `run ${args[1]}` : args[0]}`;
    say(`${name} (${command})`);
    const start = Date.now();
    const { code, output } = await withHeartbeat(
      (soFar) => say(`${name}: ${soFar} so far`),
      () => run("npm", args, { cwd: root }),
    );
    if (code !== 0) throw new Error(`\`${command}\` failed:\n${excerpt(output, 40)}`);
    after?.();
    say(`${name}: done in ${duration(Date.now() - start)}`);
  }
}

/** Whether node_modules holds what package-lock.json names, by the list that npm itself keeps there. */
export function packagesInstalled(root) {
  const installed = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(installed, "utf8")).packages;
  return Object.entries(wanted).every(([path, { version, integrity, optional, link }]) => {
    if (!path.startsWith("node_modules/")) return true; // The project itself and its workspaces.
    const there = present[path];
    // Optional packages are for other platforms, mostly.
    if (!there) return optional === true;
    return link === true || (there.version === version && (!integrity || there.integrity === integrity));
  });
}

/** Whether the last build was made here, from these sources, and its output is as it left it. */
function built(root) {
  try {
    return readFileSync(stampFile(root), "utf8") === buildState(root);
  } catch {
    return false;
  }
}

function stampBuild(root) {
  mkdirSync(dirname(stampFile(root)), { recursive: true });
  writeFileSync(stampFile(root), buildState(root));
}

function stampFile(root) {
  return join(root, ".cache", "build-stamp");
}

function buildState(root) {
  return `sources ${contentHash(root, SOURCES)}\noutput ${contentHash(root, OUTPUTS)}\n`;
}

function contentHash(root, paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => filesUnder(join(root, path)))) {
    hash.update(`${relative(root, file).split(sep).join("/")}\0`);
    hash.update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function filesUnder(path) {
  let entries;
  try {
    entries = readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOTDIR") return [path];
    if (error.code === "ENOENT") return [];
    throw error;
  }
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.flatMap((entry) => {
    const file = join(path, entry.name);
    return entry.isDirectory() ? filesUnder(file) : [file];
  });
}

if (
  process.argv[1] &&
  existsSync(process.argv[1]) &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  try {
    const { pulumi, noPulumi } = await setup({ cli: !process.argv.includes("--no-cli") });
    say(`ready${pulumi ? `; Pulumi CLI ${pulumi.version} at ${pulumi.command}` : ""}`);
    if (noPulumi) throw new Error(noPulumi);
  } catch (error) {
    say(error.message);
    process.exitCode = 1;
  }
}
