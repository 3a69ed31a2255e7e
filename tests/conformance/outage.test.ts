import { MediasaurClient } from "../../provider/client";
import { errorOf } from "../client/support/setup";
import { TestEmulator } from "../support/emulator";
import { figure } from "../support/figures";
import { OPERATIONS, SEED } from "./retries/operations";
import { TABLE } from "./retries/table";
import { VirtualClock } from "./retries/virtual-clock";
import { Wire, type WireFault } from "./retries/wire";

const LONGEST_MS = 60_000;
const OUTAGES: readonly (readonly [string, WireFault])[] = [
  ["answers nothing", "stall"],
  ["answers something that is no HTTP", "no_http"],
  ["does not listen", "listener_closed"],
];

let emulator: TestEmulator;
let wire: Wire;
let longest = 0;

beforeAll(async () => {
  emulator = await TestEmulator.start();
  wire = await Wire.start(emulator.handle.baseUrl);
});

afterAll(async () => {
  await wire.close();
  await emulator.close();
  figure("retries", `an outage ends in an error after ${String(Math.round(longest) / 1000)} s at the latest`);
});

describe.each(OUTAGES)("a service that %s", (_, fault) => {
  test.each(OPERATIONS)("ends $name in an error within a minute", async ({ name, call }) => {
    await emulator.seed(SEED, { other: { files: [] } });
    // The highest of all chances: every backoff is as long as it can be.
    const clock = new VirtualClock(() => 0.999);
    const client = new MediasaurClient({
      apiKey: emulator.handle.apiKey,
      baseUrl: wire.url,
      uploadUrl: wire.url,
      clock,
      onRequest: clock.noteRequest,
    });
    await wire.open();
    wire.concerns = () => false;
    await client.listBuckets();
    if (fault === "listener_closed") await wire.close();
    wire.concerns = () => true;
    wire.script = Array.from({ length: 50 }, () => fault);
    wire.onStall = () => clock.expire();
    const error = await errorOf(clock.run(() => call(client)));
    expect(error.code).toMatch(/^(timeout|unreachable)$/);
    expect(error.message).toContain(wire.url);
    expect(error.outcome).toBe(TABLE[name].writes && fault !== "listener_closed" ? "unknown" : "refused");
    expect(clock.elapsed).toBeLessThanOrEqual(LONGEST_MS);
    longest = Math.max(longest, clock.elapsed);
  });
});
