import { Tally } from "../../../provider/resources/file-layout/tally";
import { Ticker } from "../../../provider/reconcile/run/ticker";
import type { Showing } from "../../../provider/reconcile/run/effects";

const site = { resource: "FileLayout", declaration: "site" } as const;

/** A ticker whose time is the test's. */
function tickerOf(
  heldMs = 0,
  told = 0,
): { ticker: Ticker; said: [string, Showing | undefined][]; beats: Set<() => void>; tick(): void } {
  const said: [string, Showing | undefined][] = [];
  const beats = new Set<() => void>();
  const ticker = new Ticker(
    (line, about) => void said.push([line, about]),
    () => heldMs,
    () => told,
    (tick) => {
      beats.add(tick);
      return () => beats.delete(tick);
    },
  );
  return { ticker, said, beats, tick: () => beats.forEach((tick) => tick()) };
}

test("a work tells by time how far it is, in lines of which nothing stays, and nothing once it has ended", async () => {
  const { ticker, said, beats, tick } = tickerOf();
  const tally = new Tally("site");
  await ticker.during(
    site,
    () => tally.line(),
    async () => {
      tick();
      expect(said).toEqual([]);
      tally.expect(300, "uploaded", 40_000_000);
      for (let n = 0; n < 120; n += 1) tally.done(100_000);
      tick();
      await Promise.resolve();
      tally.expect(20, "requests done");
      tick();
    },
  );
  tick();
  expect(said).toEqual([
    ["site: 120 of 300 uploaded, 12 MB of 40 MB", { ...site, ephemeral: true }],
    ["site: 0 of 20 requests done", { ...site, ephemeral: true }],
    // At the end once more, so that what stays beside the name is not from the middle.
    ["site: 0 of 20 requests done", { ...site, ephemeral: true }],
  ]);
  expect(beats.size).toBe(0);
});

test("files that are on their way at the same time are told together, and a wait for the service with them", async () => {
  const { ticker, said, beats, tick } = tickerOf(7600, 40);
  let end = (): void => undefined;
  const first = ticker.file(() => Promise.resolve());
  const second = ticker.file(() => new Promise<void>((resolve) => (end = resolve)));
  await first;
  tick();
  expect(said).toEqual([["1 of 40 files done; rate limited, waits 8 s", { ephemeral: true }]]);
  end();
  await second;
  await expect(ticker.file(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  tick();
  expect(said).toHaveLength(1);
  expect(beats.size).toBe(0);
});
