#!/usr/bin/env node
// Finds the Pulumi CLI, or gets it, once for this machine. `node tools/get-pulumi.mjs` says where it is; `--env` prints
// shell exports: eval "$(node tools/get-pulumi.mjs --env)".
import { accessSync, closeSync, constants, existsSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lib/lock.mjs";
import { buildCli, downloadCli, sdkFolder } from "./lib/obtain-cli.mjs";
import { run } from "./lib/run.mjs";

/** The version that is installed where there is none; tools/cli pins the same. */
export const VERSION = "3.255.0";
const OLDEST = [3, 200];
const EXE = process.platform === "win32" ? ".exe" : "";
const LANGUAGE_HOST = `pulumi-language-nodejs${EXE}`;
const DYNAMIC_PROVIDERS = `pulumi-resource-pulumi-nodejs${process.platform === "win32" ? ".cmd" : ""}`;

/** No CLI here, and no way to get one; the message says what was tried and what to do. */
export class NoPulumiError extends Error {
  name = "NoPulumiError";
}

/**
 * The CLI: `{ command, bin, version, env }`; `env` is to be laid over the environment of whatever runs `pulumi`.
 * In this order: PATH, the folder of Pulumi's own tools, Pulumi's download, a build from the Go modules in tools/cli.
 * `quiet` says only what takes long. `download` and `build` are there for tests.
 */
export async function getPulumi({ quiet = false, env = process.env, download = downloadCli, build = buildCli } = {}) {
  const say = (line) => process.stderr.write(`pulumi: ${line}\n`);
  const tried = [];
  const done = (found) => {
    if (!quiet) say(`using ${found.version} at ${found.command}`);
    return found;
  };

  for (const folder of pathFolders(env)) {
    const found = await inspect(folder, env, tried);
    if (found) return done(found);
  }
  if (tried.length === 0) tried.push("PATH: no `pulumi` there");

  const home = env.PULUMI_HOME ? resolve(env.PULUMI_HOME) : join(env.HOME || homedir(), ".pulumi");
  const bin = join(home, "versions", VERSION, "bin");
  const installed = await inspect(bin, env, tried);
  if (installed) return done(installed);

  try {
    const lock = join(home, "versions", VERSION, ".lock");
    const onWait = (pid) => say(`another process (${pid}) is getting the CLI; waiting for it`);
    const obtained = await withLock(lock, () => obtain(), { onWait });
    if (obtained) return done(obtained);
  } catch (error) {
    tried.push(`${bin}: ${error.message}`);
  }
  throw new NoPulumiError(
    [
      `There is no Pulumi CLI here (3.200 or newer), and it could not be had:`,
      ...tried.map((line) => `  - ${line.replaceAll("\n", "\n    ")}`),
      "What to do: install it (https://www.pulumi.com/docs/install/) so that `pulumi version` works,",
      "or install Go 1.25.11 or newer (https://go.dev/dl/) and run this again: it builds the CLI, once for this machine.",
    ].join("\n"),
  );

  async function obtain() {
    const before = await inspect(bin, env, []);
    if (before) return before; // The process that held the lock has got it.
    for (const [name, get] of [
      ["download", download],
      ["build from source", build],
    ]) {
      try {
        await get({ version: VERSION, bin, env, say });
        const found = await inspect(bin, env, tried);
        if (found) return found;
      } catch (error) {
        tried.push(`${name}: ${error.message}`);
      }
    }
    return undefined;
  }
}

/** The CLI in one folder, with what it needs to run Node programs, or undefined and a reason in `tried`. */
async function inspect(folder, env, tried) {
  const command = join(folder, `pulumi${EXE}`);
  if (!isExecutable(command)) return undefined;
  const probe = { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" };
  const { code, output } = await run(command, ["version"], { env: probe, timeout: 60_000 }).catch((error) => ({
    code: 1,
    output: error.message,
  }));
  const version = /^v?(\d+)\.(\d+)\.\S+$/m.exec(output);
  if (code !== 0 || !version) {
    tried.push(`${command}: \`pulumi version\` failed: ${output.trim().split("\n").at(-1)}`);
    return undefined;
  }
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major !== OLDEST[0] || minor < OLDEST[1]) {
    tried.push(`${command}: is ${version[0]}; 3.200 or a newer 3 is needed`);
    return undefined;
  }

  // A script in front of the CLI (asdf, the npm package) has its helpers elsewhere and knows where.
  const real = dirname(realpathSync(command));
  const script = isScript(command);
  const reachable = (name) => [real, folder, ...pathFolders(env)].some((dir) => isExecutable(join(dir, name)));
  if (!script && !reachable(LANGUAGE_HOST)) {
    tried.push(`${command}: has no ${LANGUAGE_HOST} beside it, and so can't run Node programs`);
    return undefined;
  }
  const sdk = sdkFolder();
  const plugin = reachable(DYNAMIC_PROVIDERS) || !sdk ? [] : [sdk];
  return { command, bin: folder, version: version[0].replace(/^v/, ""), env: environment(env, folder, plugin) };
}

function environment(env, bin, after) {
  const rest = pathFolders(env).filter((folder) => folder !== bin && !after.includes(folder));
  return { [pathKey(env)]: [bin, ...rest, ...after].join(delimiter), PULUMI_SKIP_UPDATE_CHECK: "1" };
}

function pathKey(env) {
  return Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH";
}

function pathFolders(env) {
  return (env[pathKey(env)] ?? "").split(delimiter).filter((folder) => folder !== "");
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function isScript(file) {
  const start = Buffer.alloc(2);
  const handle = openSync(file, "r");
  try {
    readSync(handle, start, 0, 2, 0);
  } finally {
    closeSync(handle);
  }
  return start.toString("latin1") === "#!";
}

if (
  process.argv[1] &&
  existsSync(process.argv[1]) &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  const exports = process.argv.includes("--env");
  try {
    const pulumi = await getPulumi({ quiet: exports });
    const quote = (value) => `'${value.replaceAll("'", "'\\''")}'`;
    const lines = Object.entries(pulumi.env).map(([name, value]) => `export ${name}=${quote(value)}`);
    console.log(exports ? lines.join("\n") : pulumi.command);
  } catch (error) {
    if (!(error instanceof NoPulumiError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
