import { Journal } from "../../emulator/src/journal/journal";

const request = {
  method: "POST",
  path: "/files/move",
  query: {},
  operation: "moveFiles",
  bytes_in: 0,
  by: null,
} as const;

test("the journal drops its oldest requests where there are too many, and keeps the latest", () => {
  const journal = new Journal();
  for (let count = 0; count < 120_000; count += 1) journal.end(journal.begin(request));
  const kept = journal.since(0);
  expect(kept.length).toBeLessThanOrEqual(110_000);
  expect(kept.length).toBeGreaterThan(90_000);
  expect(kept.at(-1)?.seq).toBe(120_000);
  expect(journal.get(1)).toBeUndefined();
});

test("the journal is bounded by what it holds in bytes: bodies are cut, answers go first, then the oldest requests", () => {
  const journal = new Journal();
  const body = { file_ids: Array.from({ length: 100_000 }, (_, index) => `f_${String(index)}`) };
  const before = process.memoryUsage().heapUsed;
  for (let count = 0; count < 4000; count += 1) {
    const entry = journal.begin(request);
    journal.body(entry, body);
    journal.answer(entry, body);
    journal.end(entry);
  }
  const kept = journal.since(0);
  const bytes = (value: unknown): number => JSON.stringify(value ?? null).length;
  const all = kept.reduce((sum, entry) => sum + bytes(entry.body), 0);
  const answers = kept.reduce((sum, entry) => sum + bytes(entry.answer), 0);
  expect(bytes(kept.at(-1)?.body)).toBeLessThan(100_000);
  expect(kept.length).toBeLessThan(4000);
  expect(kept.at(-1)?.seq).toBe(4000);
  expect(all).toBeLessThan(128 * 2 ** 20);
  expect(answers).toBeLessThan(32 * 2 ** 20);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(600 * 2 ** 20);
});
