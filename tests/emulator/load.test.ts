import { existsSync, readFileSync } from "node:fs";
import { DEFAULT_API_KEY } from "mediasaur-emulator";
import { figure } from "../support/figures";
import { send } from "./api";
import { startCommand, type CommandRun } from "./command";

/** The most memory that a process has had so far, in MiB; where the system tells. */
function peakOf({ child }: CommandRun): number {
  const status = `/proc/${String(child.pid)}/status`;
  if (!existsSync(status)) return 0;
  return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(status, "utf8"))?.[1]) / 1024;
}

const CASES: readonly (readonly [string, string, string, number])[] = [
  [
    "a million numbers for ids",
    "/files/move",
    `{"bucket":"media","target_path":"x","file_ids":[${Array(1_000_000).fill("1234567").join()}]}`,
    413,
  ],
  [
    "a million ids",
    "/files/move",
    `{"bucket":"media","target_path":"x","file_ids":[${Array(1_000_000).fill('"f_0123456789"').join()}]}`,
    413,
  ],
  [
    "a million numbers, as small as they can be",
    "/files/move",
    `{"bucket":"media","target_path":"x","file_ids":[${Array(1_000_000).fill("1").join()}]}`,
    422,
  ],
  [
    "ten thousand numbers",
    "/files/move",
    `{"bucket":"media","target_path":"x","file_ids":[${Array(10_000).fill("1").join()}]}`,
    422,
  ],
  [
    "ten thousand ids of nothing",
    "/files/move",
    `{"bucket":"media","target_path":"x","file_ids":[${Array(10_000).fill('"f_0"').join()}]}`,
    404,
  ],
  [
    "ten thousand unknown fields",
    "/files/copy",
    `{${Array.from({ length: 10_000 }, (_, n) => `"f${String(n)}":0`).join()}}`,
    422,
  ],
  [
    "a name of megabytes",
    "/files/copy",
    `{"source_bucket":"${"x".repeat(4_000_000)}","target_bucket":"m","target_path":"","source_path":"x"}`,
    404,
  ],
  ["a field of megabytes", "/files/copy", `{"${"x".repeat(4_000_000)}":1}`, 422],
  ["a path of megabytes that is none", "/token", `{"bucket":"media","path":"${"/".repeat(4_000_000)}"}`, 422],
  ["eight megabytes", "/files/copy", `{"source_path":"${"x".repeat(8_000_000)}"}`, 413],
];

it("keeps its memory, and its answers short, whatever is sent to it", async () => {
  const run = await startCommand("--port", "0");
  const emulator = { baseUrl: run.baseUrl, apiKey: DEFAULT_API_KEY };
  await send(emulator, "GET", "/buckets");
  const before = peakOf(run);
  for (const [about, path, body, status] of CASES) {
    for (let n = 0; n < 3; n++) {
      const answer = await fetch(`${emulator.baseUrl}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
        body,
      });
      const text = await answer.text();
      expect([about, answer.status, text.length < 10_000 ? "short" : text.length]).toEqual([about, status, "short"]);
    }
  }
  const grown = peakOf(run) - before;
  figure(
    "emulator",
    `${String(3 * CASES.length)} requests of up to 15 MB: peak memory grew by ${grown.toFixed(0)} MiB`,
  );
  expect(grown).toBeLessThan(300);
  run.child.kill("SIGTERM");
  await run.ended;
});
