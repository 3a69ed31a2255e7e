import { pairwiseCells, presetCells, randomCells, singleCells } from "./cells";
import { Bench } from "./engine";
import { ManagedFiles } from "./managed-files";
import { runCell } from "./cell";

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.close());

test("try", async () => {
  const only = process.env.ONLY;
  const cells: Record<string, string>[] = only
    ? only.split(";").map((one) =>
        Object.fromEntries(
          one
            .split(",")
            .filter(Boolean)
            .map((p) => p.split("=") as [string, string]),
        ),
      )
    : [
        ...{
          single: singleCells,
          preset: presetCells,
          pair: pairwiseCells,
          random: () => randomCells(Number(process.env.N ?? 40)),
        }[process.env.SET ?? "single"]!()
          .slice(Number(process.env.FROM ?? 0))
          .map((c) => c.dialect),
      ];
  const counts: Record<string, number> = {};
  for (const cell of cells) {
    const start = Date.now();
    let outcome: unknown;
    try {
      outcome = await runCell(bench, new ManagedFiles(bench), cell);
    } catch (error) {
      outcome = { outcome: "crash", error: String((error as Error).stack) };
    }
    const { outcome: kind } = outcome as { outcome: string };
    counts[kind] = (counts[kind] ?? 0) + 1;
    process.stderr.write(
      `${Date.now() - start} ms ${JSON.stringify(cell)} ${kind === "reached" ? `reached ${(outcome as { requests: number }).requests}` : JSON.stringify(outcome, null, 1)}\n`,
    );
  }
  process.stderr.write(`${JSON.stringify(counts)}\n`);
}, 3_000_000);
