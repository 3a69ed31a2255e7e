import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const REQUIREMENTS = join(__dirname, "requirements.txt");
const CACHE = join(__dirname, "../../../.cache");

/** The fuzzer's command, in a Python environment of its own; made once for each set of versions. */
export async function schemathesis(): Promise<string> {
  const hash = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 16);
  const folder = join(CACHE, `schemathesis-${hash}`);
  const ready = `${folder}.ready`;
  if (!existsSync(ready)) {
    rmSync(folder, { recursive: true, force: true });
    await run("python3", ["-m", "venv", folder]);
    const options = ["--quiet", "--disable-pip-version-check", "--requirement", REQUIREMENTS];
    await run(join(folder, "bin", "python"), ["-m", "pip", "install", ...options]);
    await run(join(folder, "bin", "python"), ["-c", `open(${JSON.stringify(`${ready}.new`)}, "w")`]);
    renameSync(`${ready}.new`, ready);
  }
  return join(folder, "bin", "st");
}

/** What one run of the fuzzer is asked to do. */
export interface FuzzRun {
  readonly command: string;
  readonly contract: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly examples: number;
  readonly seed: number;
}

/** Runs the fuzzer to its end; gives what it printed where it found something. */
export async function fuzz({
  command,
  contract,
  baseUrl,
  apiKey,
  examples,
  seed,
}: FuzzRun): Promise<string | undefined> {
  const options = {
    url: baseUrl,
    header: `Authorization: Bearer ${apiKey}`,
    phases: "coverage,fuzzing",
    checks: "not_a_server_error",
    "max-examples": examples,
    seed,
    workers: 2,
    // Nothing may hang.
    "request-timeout": 30,
    "generation-database": "none",
    "suppress-health-check": "all",
    warnings: "off",
  };
  const args = Object.entries(options).map(([name, value]) => `--${name}=${String(value)}`);
  try {
    await run(command, ["run", contract, ...args, "--no-color", "--no-shrink"], { maxBuffer: 2 ** 28, cwd: CACHE });
    return undefined;
  } catch (error) {
    return (error as { stdout?: string }).stdout ?? String(error);
  }
}
