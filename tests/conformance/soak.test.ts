import { seededRandom } from "../../emulator/src/random";
import { World } from "../plugin/world";
import type { TestEmulator } from "../support/emulator";
import { figure, share } from "../support/figures";
import { Host } from "../support/host";
import { SecretsWatch } from "../support/secrets";
import { memoryOf, REPORTING, type Memory } from "./soak/heap";
import { editProgram, freePath } from "./soak/program";

const UPS = share(20, 500);
const ADOPTED = 40;
const UPLOADED = 10;
const SEED = Number(process.env.SOAK_SEED ?? 5);
const PARALLEL = 16;
const MOST_TRIES = 6;
const MIB = 2 ** 20;

/** Each request has a chance of 20 % to meet one of these; all of them cost next to no time. */
const FAULTS = [
  { kind: "reset", phase: "before" },
  { kind: "reset", phase: "after" },
  { kind: "secret_echo", args: { status: 500 }, phase: "before" },
  { kind: "status", args: { status: 503 }, phase: "after" },
  { kind: "truncate", args: { bytes: 7 } },
  { kind: "rate_limit", args: { headers: "none" } },
].map((fault, index) => ({ op: "*", probability: 0.0365, seed: SEED + index, ...fault }));

let host: Host;
let emulator: TestEmulator;
let world: World;

beforeAll(async () => {
  host = await Host.open({ env: REPORTING });
  ({ emulator } = host);
  world = new World(host);
});

afterAll(() => host.close());

test(`${String(UPS)} ups of ${String(ADOPTED + UPLOADED)} files under 20 % faults converge, with nothing doubled, lost or leaked (seed ${String(SEED)})`, async () => {
  const random = seededRandom(SEED);
  const watch = new SecretsWatch().know(emulator.handle.apiKey);
  await world.begin(
    Array.from({ length: ADOPTED }, (_, index) => ({ path: `in/${String(index)}.txt`, visibility: "PUBLIC" })),
  );
  // What must not get into state is in every answer about a private file.
  await emulator.dialect({ "object.url": "signed_rotating_private" });
  for (let index = 0; index < UPLOADED; index += 1) {
    const path = freePath(random, world.program);
    world.program.set(`u${String(index)}`, { path, visibility: "PRIVATE", text: `first of ${String(index)}` });
  }
  expect((await world.up({ parallel: PARALLEL })).errors).toEqual([]);
  const adopted = new Map(
    [...world.state].filter(([name]) => name.startsWith("f")).map(([name, { outs }]) => [name, outs.fileId]),
  );
  const tries: number[] = [];
  const memory: Memory[] = [];
  const errors: string[] = [];
  const met = { faults: 0, requests: 0 };
  for (let up = 1; up <= UPS; up += 1) {
    editProgram(random, world.program);
    await emulator.forget();
    await emulator.faults(FAULTS.map((fault) => ({ ...fault, seed: fault.seed + 100 * up })));
    let failed: readonly string[] = [];
    let count = 0;
    do {
      failed = (await world.up({ parallel: PARALLEL })).errors;
      count += 1;
      errors.push(...failed);
    } while (failed.length > 0 && count < MOST_TRIES);
    const { faults } = (await emulator.handle.control("GET", "faults")) as { faults: { hits: number }[] };
    met.faults += faults.reduce((sum, { hits }) => sum + hits, 0);
    met.requests += (await emulator.requests()).length;
    await emulator.faults([]);
    expect({ up, failed }).toEqual({ up, failed: [] });
    tries.push(count);
    await expectDeclared(adopted);
    if (up === Math.ceil(UPS / 5) || up === UPS) memory.push(await memoryOf(host.plugin));
  }

  // What ended in an error said so in one line, and in words.
  for (const error of errors) expect(error).not.toMatch(/\n\s+at |TypeError|is not a function|internal:/);
  watch.expectNone(errors);
  watch.expectNone(host.plugin.stderr.join(""));
  watch.expectNone([...world.state.values()]);
  await emulator.forget();
  expect((await world.up({ parallel: PARALLEL })).errors).toEqual([]);
  expect(await emulator.writes()).toEqual([]);

  const [early, late] = memory as [Memory, Memory];
  const again = tries.filter((count) => count > 1).length;
  figure(
    "soak",
    `${String(UPS)} ups of ${String(world.program.size)} files, SOAK_SEED=${String(SEED)}: ${String(met.requests)} requests, ${String(Math.round((1000 * met.faults) / met.requests) / 10)} % met a fault; all converged, ${String(again)} in a second run or later (at most ${String(Math.max(...tries))})`,
  );
  figure(
    "soak",
    `heap of the provider's process after a fifth and at the end: ${mib(early.heapUsed)} and ${mib(late.heapUsed)} MiB; resident ${mib(early.rss)} and ${mib(late.rss)} MiB`,
  );
  figure("secrets", `soak: ${watch.searched}`);
  expect(met.faults / met.requests).toBeGreaterThan(0.15);
  expect(late.heapUsed).toBeLessThan(early.heapUsed + 16 * MIB);
  expect(late.rss).toBeLessThan(early.rss + 96 * MIB);
}, 3_600_000);

/** Every file is where the program says, as the program says, and nothing else is there. */
async function expectDeclared(adopted: ReadonlyMap<string, unknown>): Promise<void> {
  const files = new Map((await world.files()).map((file) => [file.path, file]));
  expect([...files.keys()].sort()).toEqual([...world.program.values()].map(({ path }) => path).sort());
  for (const [name, { path, visibility, text }] of world.program) {
    const file = files.get(path);
    expect({ name, path, visibility: file?.visibility }).toEqual({ name, path, visibility });
    if (adopted.has(name)) expect(file?.id).toBe(adopted.get(name));
    if (text !== undefined) expect(file?.size).toBe(text.length);
  }
}

function mib(bytes: number): string {
  return String(Math.round(bytes / MIB));
}
