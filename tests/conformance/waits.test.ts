import { AsyncLocalStorage } from "node:async_hooks";
import { seededRandom } from "../../emulator/src/random";
import { MediasaurClient } from "../../provider/client";
import { ScriptedServer } from "../client/support/scripted-server";
import { row } from "../client/support/setup";
import { figure } from "../support/figures";
import { VirtualClock } from "./retries/virtual-clock";

const CALLS = 120;
const WAIT_MS = 3000;

const styles: Readonly<Record<string, (now: number) => Record<string, string>>> = {
  "retry-after in seconds": () => ({ "retry-after": "3" }),
  "retry-after as a date": (now) => ({ "retry-after": new Date(now + WAIT_MS).toUTCString() }),
  "retry-after-ms": () => ({ "retry-after-ms": "3000" }),
  "x-ratelimit-reset in ms": () => ({ "x-ratelimit-reset": "3000" }),
  "x-ratelimit-reset as an epoch": (now) => ({ "x-ratelimit-reset": String((now + WAIT_MS) / 1000) }),
  "ratelimit-reset in seconds": () => ({ "ratelimit-reset": "3" }),
};

let windows = 0;
let requests = 0;

afterAll(() => {
  figure("retries", `0 of ${String(requests)} requests started inside one of ${String(windows)} Retry-After windows`);
});

test.each(Object.keys(styles))("no request of any call starts while the service asks to wait by %s", async (style) => {
  const server = await ScriptedServer.start();
  try {
    const random = seededRandom(7);
    // Whole seconds, as dates and epochs have no finer ones.
    const clock = new VirtualClock(() => 0);
    const current = new AsyncLocalStorage<string>();
    const limited = new Set<string>();
    const tooEarly: string[] = [];
    let heldUntil = 0;
    server.script = (request) => {
      const id = request.path.split("/").at(-1) ?? "";
      if (random() >= 0.1) return { json: row(id, `a/${id}`) };
      limited.add(id);
      return { status: 429, headers: styles[style]?.(clock.now()) ?? {}, json: {} };
    };
    // A call that sleeps after its 429 has received it; before that nobody can know of it.
    clock.onSleep = () => {
      if (limited.delete(current.getStore() ?? "")) {
        heldUntil = Math.max(heldUntil, clock.now() + WAIT_MS);
        windows += 1;
      }
      return Promise.resolve();
    };
    const client = new MediasaurClient({
      apiKey: "sk_for_waiting_1",
      baseUrl: server.url,
      uploadUrl: server.url,
      clock,
      maxConcurrency: 8,
      onRequest: ({ operation }) => {
        clock.noteRequest();
        requests += 1;
        if (clock.now() < heldUntil) tooEarly.push(`${operation}, ${String(heldUntil - clock.now())} ms early`);
      },
    });
    const ids = Array.from({ length: CALLS }, (_, index) => `f_${String(index)}`);
    const before = windows;
    await Promise.all(ids.map((id) => current.run(id, () => clock.run(() => client.getFile(id)))));
    expect(windows - before).toBeGreaterThan(2);
    expect(tooEarly).toEqual([]);
  } finally {
    await server.close();
  }
});
