import { inspect } from "node:util";
import { MediasaurClient, MediasaurError } from "../../provider/client";
import { TestEmulator } from "../support/emulator";
import { figure } from "../support/figures";
import { SecretsWatch } from "../support/secrets";
import { bystanders, OPERATIONS, SEED, type Operation } from "./retries/operations";
import { SCRIPTS, type Script } from "./retries/scripts";
import { foretell, TABLE } from "./retries/table";
import { VirtualClock } from "./retries/virtual-clock";
import { Wire } from "./retries/wire";

let emulator: TestEmulator;
let wire: Wire;
const watch = new SecretsWatch();
const done = { cells: 0, requests: 0, faults: 0 };

beforeAll(async () => {
  emulator = await TestEmulator.start();
  wire = await Wire.start(emulator.handle.baseUrl);
  watch.know(emulator.handle.apiKey);
});

afterAll(async () => {
  await wire.close();
  await emulator.close();
  const { cells, requests, faults } = done;
  figure(
    "retries",
    `${String(cells)} cells (${String(OPERATIONS.length)} operations x ${String(SCRIPTS.length)} fault scripts), ${String(requests)} requests, ${String(faults)} planned faults, all used up`,
  );
  figure("secrets", `retries: ${watch.searched}`);
});

/** Runs one cell: how the call ended, and what came of it. */
async function run(operation: Operation, script: Script) {
  await emulator.seed(SEED, { other: { files: [] } });
  // A thing that is done twice is to be seen twice.
  await emulator.dialect({ "upload.conflict": "duplicate", "copy.conflict": "duplicate" });
  const clock = new VirtualClock();
  const starts: number[] = [];
  const url = script.wire === undefined ? emulator.handle.baseUrl : wire.url;
  const client = new MediasaurClient({
    apiKey: emulator.handle.apiKey,
    baseUrl: url,
    uploadUrl: url,
    clock,
    onRequest: (request) => {
      clock.noteRequest();
      if (request.operation === operation.title) starts.push(clock.now());
    },
  });
  await wire.open();
  if (!script.cold) await client.listBuckets();
  starts.length = 0;
  await emulator.forget();
  await emulator.faults((script.faults ?? []).map((fault) => ({ op: operation.name, ...fault })));
  wire.log.length = 0;
  wire.hits = 0;
  wire.script = [...(script.wire ?? [])];
  wire.concerns = (line) => operation.route.test(line);
  wire.onStall = (where) => (where === "request" ? clock.expire() : clock.expireNext());
  if (script.wire?.[0] === "listener_closed") {
    await wire.close();
    wire.script = [];
    clock.onSleep = script.cold ? undefined : () => wire.open();
  }
  const ended: unknown = await clock
    .run(() => operation.call(client))
    .then(
      (value) => ({ value }),
      (error: unknown) => error,
    );
  const hits = script.faults === undefined ? wire.hits : await hitsOf();
  const received = script.wire
    ? wire.log.filter((line) => operation.route.test(line)).length
    : (await emulator.requests()).filter((request) => request.operation === operation.name).length;
  return { ended, starts, clock, hits, received, files: await emulator.files() };
}

async function hitsOf(): Promise<number> {
  const { faults } = (await emulator.handle.control("GET", "faults")) as { faults: { hits: number }[] };
  return faults.reduce((sum, { hits }) => sum + hits, 0);
}

describe.each(OPERATIONS)("$name", (operation) => {
  test.each(SCRIPTS)("$name", async (script) => {
    const told = foretell(operation.name, script.steps, script.cold);
    const { ended, starts, clock, hits, received, files } = await run(operation, script);

    const failed = ended instanceof MediasaurError;
    watch.expectNone(failed ? ended : operation.name === "createToken" ? "" : inspect(ended, { depth: 10 }));
    if (!failed) expect(ended).toHaveProperty("value");
    expect({
      ends: failed ? ended.code : "well",
      unknown: failed && ended.outcome === "unknown",
      sent: starts.length,
      effects: operation.effects(files),
    }).toEqual({
      ends: codeFor(operation, told.ends),
      unknown: told.ends !== "well" && told.unknown,
      sent: script.steps[0]?.means === "elsewhere" && told.ends === "well" ? 1 : told.sent,
      effects: told.effects,
    });

    // Refused connections reach nobody; all others are counted where they arrive, and each planned fault has happened.
    const isRefused = script.wire?.[0] === "listener_closed";
    expect(received).toBe(isRefused ? told.sent - told.used : told.sent);
    expect(hits).toBe(isRefused ? 0 : told.used);
    expect(bystanders(files)).toEqual(["in/stranger.txt PRIVATE"]);
    if (script.waitMs !== undefined) expect(starts[1]! - starts[0]!).toBeGreaterThanOrEqual(script.waitMs);
    expect(clock.elapsed).toBeLessThanOrEqual(60_000);
    done.cells += 1;
    done.requests += starts.length;
    done.faults += told.used;
  });
});

/** A conflict is a taken path only where something is to be put there. */
function codeFor(operation: Operation, code: string): string {
  return code === "path_taken" && !TABLE[operation.name].writes ? "invalid_request" : code;
}
