import { statSync } from "node:fs";
import { join } from "node:path";
import { TestEmulator } from "../tests/support/emulator";
import { packedFolder, removeFolder } from "../tests/support/projects";
import { TestStack, type Outcome } from "../tests/support/stack";
import { inbox, leastRequests, shuffled, sorted, type Place } from "./layouts";
import { watchMemory } from "./memory";
import { FLOORS, PROGRAMS } from "./programs";
import { runScript } from "./script";

/** One phase of one subject: what a user waits for, and what the service is asked. */
export interface Phase {
  readonly seconds: number;
  readonly reads: number;
  readonly writes: number;
  /** The most memory that the provider's process had, in bytes. */
  readonly peakBytes?: number;
}

/** What was measured of one subject with so many files at so many milliseconds of latency. */
export interface Result {
  readonly subject: string;
  readonly files: number;
  readonly latency: number;
  readonly phases: Readonly<Record<string, Phase>>;
  /** Bytes of the state file after the first `up`. */
  readonly stateBytes?: number;
  /** The fewest writes for the rearrangement, and for every file at another one's place. */
  readonly least: { readonly rearrange: number; readonly shuffle: number };
}

/** What `measure` is to measure. */
export interface Case {
  readonly subject: string;
  readonly files: number;
  readonly latency: number;
}

/** Measures one subject: a Pulumi program, or the script. */
export async function measure({ subject, files, latency }: Case): Promise<Result> {
  const emulator = await TestEmulator.start({ latencyMs: latency });
  try {
    const from = inbox(files);
    await emulator.seed(Object.fromEntries(from.map(({ path, visibility }) => [path, visibility])));
    const least = {
      rearrange: leastRequests(from, sorted(files)),
      shuffle: leastRequests(sorted(files), shuffled(files)),
    };
    const measured =
      subject === "script" ? await measureScript(emulator, from) : await measureProgram(subject, emulator, from);
    return { subject, files, latency, ...measured, least };
  } finally {
    await emulator.close();
  }
}

async function measureScript(emulator: TestEmulator, from: readonly Place[]): Promise<Pick<Result, "phases">> {
  const to = sorted(from.length);
  const rearrange = await timed(emulator, () => runScript(emulator.handle, from, to));
  await expectPlaces(emulator, to);
  return { phases: { rearrange } };
}

async function measureProgram(
  subject: string,
  emulator: TestEmulator,
  from: readonly Place[],
): Promise<Pick<Result, "phases" | "stateBytes">> {
  const program = PROGRAMS[subject];
  if (program === undefined) throw new Error(`there is no subject ${subject}`);
  process.env.BENCH_URL = emulator.handle.baseUrl;
  process.env.BENCH_KEY = emulator.handle.apiKey;
  const folder = packedFolder();
  const stack = await TestStack.create(emulator.stackConfig, folder);
  try {
    const phases: Record<string, Phase> = {};
    const run = async (name: string, command: () => Promise<Outcome>): Promise<void> => {
      const memory = watchMemory(folder);
      try {
        const phase = await timed(emulator, async () => {
          const { ok, text } = await command();
          if (!ok) throw new Error(`${subject}, ${name}: ${text.slice(-2000)}`);
        });
        const peakBytes = memory.peak();
        phases[name] = { ...phase, ...(peakBytes === undefined ? {} : { peakBytes }) };
      } finally {
        memory.stop();
      }
    };
    const change = async (name: string, places: readonly Place[]): Promise<void> => {
      stack.program(program(places));
      await run(name, () => stack.up());
      if (!FLOORS.has(subject)) await expectPlaces(emulator, places);
    };
    await change("first up", from);
    const { size: stateBytes } = statSync(join(folder, "backend", ".pulumi", "stacks", "lifecycle", "test.json"));
    await run("unchanged up", () => stack.up());
    await run("refresh", () => stack.refresh());
    await change("rearrange", sorted(from.length));
    if (subject === "FileLayout") await change("shuffle", shuffled(from.length));
    return { phases, stateBytes };
  } finally {
    stack.remove();
    removeFolder(folder);
  }
}

/** The same measured several times: of each phase the one that took neither the longest nor the least. */
export function median(results: readonly Result[]): Result {
  const [first] = results;
  if (first === undefined) throw new Error("nothing was measured");
  const middle = (name: string, phase: Phase): Phase =>
    results
      .flatMap(({ phases }) => phases[name] ?? [])
      .sort((one, other) => one.seconds - other.seconds)
      .at(Math.floor(results.length / 2)) ?? phase;
  const phases = Object.fromEntries(Object.entries(first.phases).map(([name, phase]) => [name, middle(name, phase)]));
  return { ...first, phases };
}

/** How long something took, and which requests it made. */
async function timed(emulator: TestEmulator, task: () => Promise<void>): Promise<Phase> {
  await emulator.forget();
  const start = performance.now();
  await task();
  const seconds = (performance.now() - start) / 1000;
  const requests = await emulator.requests();
  const reads = requests.filter(({ method }) => method === "GET").length;
  return { seconds, reads, writes: requests.length - reads };
}

/** A figure counts only where the work was done. */
async function expectPlaces(emulator: TestEmulator, places: readonly Place[]): Promise<void> {
  const layout = await emulator.layout();
  const wrong = places.filter(({ path, visibility }) => layout[path] !== visibility);
  if (wrong.length > 0) throw new Error(`${String(wrong.length)} files are not where they were to be`);
}
