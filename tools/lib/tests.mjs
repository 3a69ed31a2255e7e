// Runs the test suites and counts: shared by `npm test` and `npm run verify`.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { getBrowser, NoBrowserError } from "../get-browser.mjs";
import { ROOT, setup } from "../setup.mjs";
import { getLanguageHosts, NoLanguagesError } from "./language-hosts.mjs";
import { run } from "./run.mjs";

/** What some suites can't run without. Each `find` gives the environment in which it is found, or the reason why it is not there. */
const NEEDS = [
  { suites: ["lifecycle", "examples"], what: "the Pulumi CLI", find: findPulumi },
  { suites: ["languages"], what: "the hosts of other languages, or the Pulumi CLI", find: findLanguages },
  { suites: ["browser"], what: "a browser", find: findBrowser },
];

/** The line that every run ends with. */
export function countsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Readies the clone and runs jest with `args`; whatever goes wrong counts as one failure. */
export async function runTests(args) {
  try {
    await setup({ cli: false });
    const suites = args.length > 0 ? await suitesOf(args) : new Set(projects().names);
    const env = { ...process.env };
    const without = { suites: [], files: 0 };
    for (const { suites: needing, what, find } of NEEDS) {
      const concerned = needing.filter((name) => suites.has(name));
      if (concerned.length === 0) continue;
      const found = await find();
      if (found.missing === undefined) Object.assign(env, found.env);
      else {
        without.suites.push(...concerned);
        without.files += announceSkip(what, found.missing, concerned);
      }
    }
    const counts = await runJest(args, env, without.suites);
    const isFailure = without.files > 0 && isTrue(process.env.CI);
    if (isFailure) console.error("CI: suites that could not run are a failure.");
    return {
      passed: counts.passed,
      failed: counts.failed + (isFailure ? 1 : 0),
      skipped: counts.skipped + without.files,
    };
  } catch (error) {
    console.error(`tests: ${error.message}`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

function isTrue(value) {
  return value !== undefined && !["", "0", "false"].includes(value);
}

async function findPulumi() {
  const { pulumi, noPulumi } = await setup();
  return { env: pulumi?.env, missing: noPulumi };
}

async function findLanguages() {
  const { pulumi, noPulumi } = await setup();
  if (noPulumi) return { missing: noPulumi };
  try {
    return { env: (await getLanguageHosts(pulumi)).env };
  } catch (error) {
    if (!(error instanceof NoLanguagesError)) throw error;
    return { missing: error.message };
  }
}

async function findBrowser() {
  try {
    // The suite asks again, which by then is a matter of a moment.
    await getBrowser({ quiet: true });
    return { env: {} };
  } catch (error) {
    if (!(error instanceof NoBrowserError)) throw error;
    return { missing: error.message };
  }
}

/** Says so that nobody misses it which suites do not run; gives the number of their files. */
function announceSkip(what, reason, suites) {
  const files = suites.flatMap((name) => testFiles(name)).length;
  const bar = "!".repeat(100);
  const line = `NOT RUN, for want of ${what}: ${suites.join(", ")} (${files} test files)`;
  if (files > 0) console.error([bar, line, reason, bar].join("\n"));
  return files;
}

function testFiles(suite) {
  try {
    return readdirSync(join(ROOT, "tests", suite), { recursive: true }).filter((file) => file.endsWith(".test.ts"));
  } catch {
    return [];
  }
}

function projects() {
  const require = createRequire(join(ROOT, "package.json"));
  return {
    bin: require.resolve("jest/bin/jest"),
    names: require("./jest.config.js").projects.map((project) => project.displayName),
  };
}

/** The suites that jest would run files of with these arguments. */
async function suitesOf(args) {
  const { bin, names } = projects();
  const { output } = await run(process.execPath, [bin, "--listTests", ...args], { cwd: ROOT });
  return new Set(names.filter((name) => output.includes(join(ROOT, "tests", name) + "/")));
}

async function runJest(args, env, without) {
  const { bin } = projects();
  const folder = mkdtempSync(join(tmpdir(), "pulumi-mediasaur-tests-"));
  const results = join(folder, "results.json");
  const figures = join(folder, "figures.txt");
  const workers = Math.max(2, Math.floor(availableParallelism() / 2));
  const own = ["--json", `--outputFile=${results}`];
  if (!args.some((arg) => /^(--maxWorkers|-w|--runInBand|-i)\b/.test(arg))) own.push(`--maxWorkers=${workers}`);
  if (without.length > 0) own.push("--ignoreProjects", ...without);
  try {
    const { code } = await run(process.execPath, [bin, ...args, ...own], {
      cwd: ROOT,
      env: { ...env, MEDIASAUR_FIGURES: figures },
      show: true,
    });
    showFigures(figures);
    return count(results, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the suites counted and measured, in one place. */
function showFigures(file) {
  if (!existsSync(file)) return;
  const lines = readFileSync(file, "utf8").trimEnd().split("\n").sort();
  console.error(["", "What was counted and measured:", ...lines.map((line) => `  ${line}`), ""].join("\n"));
}

/** Jest's own numbers; a suite that didn't load, a crash, and no test at all are failures too. */
function count(results, code) {
  let json;
  try {
    json = JSON.parse(readFileSync(results, "utf8"));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const passed = json.numPassedTests;
  let failed = json.numFailedTests + json.numRuntimeErrorTestSuites;
  if (failed === 0 && (code !== 0 || passed === 0)) failed = 1;
  return { passed, failed, skipped: json.numPendingTests + json.numTodoTests };
}
