#!/usr/bin/env node
// Finds a Chromium for the browser tests, or gets one, once for this machine. `node tools/get-browser.mjs` says where it is.
import { accessSync, constants, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lib/lock.mjs";
import { aptChromium, npmChromium, unpackedEnvironment, VERSION } from "./lib/obtain-browser.mjs";
import { run } from "./lib/run.mjs";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome",
  "msedge",
  "microsoft-edge",
];

/** No browser here, and no way to get one; the message says what was tried and what to do. */
export class NoBrowserError extends Error {
  name = "NoBrowserError";
}

/**
 * A Chromium: `{ command, version, env }`; `env` is to be laid over the environment of whatever starts it.
 * In this order: CHROME_PATH, PATH, where Chrome installs itself, what this tool has got before, the npm package
 * @sparticuz/chromium (Linux on x64), and apt-get (root on Debian or Ubuntu). `npm` and `apt` are there for tests.
 */
export async function getBrowser({ quiet = false, env = process.env, npm = npmChromium, apt = aptChromium } = {}) {
  const say = (line) => process.stderr.write(`browser: ${line}\n`);
  const tried = [];
  const done = (found) => {
    if (!quiet) say(`using ${found.version} at ${found.command}`);
    return found;
  };

  if (env.CHROME_PATH) {
    // A browser that was asked for by name is not quietly another.
    const found = await inspect(env.CHROME_PATH, {}, env, tried);
    if (found) return done(found);
    throw new NoBrowserError(`CHROME_PATH names no browser that can be used:\n  - ${tried.join("\n  - ")}`);
  }
  const found = await installed(env, tried);
  if (found) return done(found);

  const cache = resolve(env.XDG_CACHE_HOME || join(env.HOME || homedir(), ".cache"), "pulumi-mediasaur");
  const folder = join(cache, `chromium-${VERSION}`);
  const own = () => inspect(join(folder, "chromium"), unpackedEnvironment(folder), env, []);
  const before = await own();
  if (before) return done(before);
  try {
    const onWait = (pid) => say(`another process (${pid}) is getting a browser; waiting for it`);
    const obtained = await withLock(join(cache, `chromium-${VERSION}.lock`), obtain, { onWait });
    if (obtained) return done(obtained);
  } catch (error) {
    tried.push(`${cache}: ${error.message}`);
  }
  throw new NoBrowserError(
    [
      "There is no Chromium or Chrome here, and none could be had:",
      ...tried.map((line) => `  - ${line.replaceAll("\n", "\n    ")}`),
      "What to do: install Chromium or Chrome (https://www.chromium.org/getting-involved/download-chromium/),",
      "or name one that is there: CHROME_PATH=/path/to/chrome",
    ].join("\n"),
  );

  async function obtain() {
    const meanwhile = await own();
    if (meanwhile) return meanwhile;
    try {
      await npm({ folder: emptied(`${folder}.new`), env, say });
      rmSync(folder, { recursive: true, force: true });
      renameSync(`${folder}.new`, folder);
      const found = await inspect(join(folder, "chromium"), unpackedEnvironment(folder), env, tried);
      if (found) return found;
    } catch (error) {
      rmSync(`${folder}.new`, { recursive: true, force: true });
      tried.push(`npm: ${error.message}`);
    }
    try {
      await apt({ env, say });
      return await installed(env, tried);
    } catch (error) {
      tried.push(`apt-get: ${error.message}`);
      return undefined;
    }
  }
}

async function installed(env, tried) {
  for (const command of [...onPath(env), ...usualPlaces(env)]) {
    if (!isExecutable(command)) continue;
    const found = await inspect(command, {}, env, tried);
    if (found) return found;
  }
  return undefined;
}

function onPath(env) {
  const folders = (env[Object.keys(env).find((key) => key.toUpperCase() === "PATH") ?? "PATH"] ?? "").split(delimiter);
  const names = process.platform === "win32" ? NAMES.map((name) => `${name}.exe`) : NAMES;
  return names.flatMap((name) => folders.filter((folder) => folder !== "").map((folder) => join(folder, name)));
}

function usualPlaces(env) {
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform !== "win32") return [];
  const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].filter((root) => root);
  const below = [
    join("Google", "Chrome", "Application", "chrome.exe"),
    join("Microsoft", "Edge", "Application", "msedge.exe"),
  ];
  return roots.flatMap((root) => below.map((path) => join(root, path)));
}

/** The browser at a path, or undefined and a reason in `tried`. */
async function inspect(command, more, env, tried) {
  if (!isExecutable(command)) {
    tried.push(`${command}: is no program`);
    return undefined;
  }
  // On Windows it opens a window in place of an answer.
  if (process.platform === "win32") return { command, version: "a browser", env: more };
  const { code, output } = await run(command, ["--version", "--no-sandbox"], {
    env: { ...env, ...more },
    timeout: 60_000,
  }).catch((error) => ({ code: 1, output: error.message }));
  const version = /\b\d+\.\d+\.\d+(\.\d+)?\b/.exec(output)?.[0];
  if (code === 0 && version) return { command, version, env: more };
  tried.push(`${command}: \`--version\` failed: ${output.trim().split("\n").at(-1)}`);
  return undefined;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function emptied(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

if (
  process.argv[1] &&
  existsSync(process.argv[1]) &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  try {
    console.log((await getBrowser()).command);
  } catch (error) {
    if (!(error instanceof NoBrowserError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
