import { appendFileSync } from "node:fs";
import { figure } from "../support/figures";
import { runCell, type Outcome } from "./cell";
import type { Cell } from "./cells";
import { Bench } from "./engine";
import { ManagedFiles } from "./managed-files";
import { documented, toldAs } from "./page";

/** Where outcomes are written down when docs/dialects.md is made anew: then there is nothing to compare them with. */
const RESULTS = process.env.MEDIASAUR_DIALECT_RESULTS;

/**
 * Declares a test for each cell: the declared state is reached and a second run writes nothing, or the cell is refused by a
 * named error, with nothing left behind and nothing of others touched; and which of the two is what docs/dialects.md says.
 *
 * @param all - how many cells of this kind there are, of which these are a share
 */
export function testCells(kind: string, cells: readonly Cell[], all: number): void {
  let bench: Bench;
  const count = { reached: 0, refused: 0, wrong: 0 };

  beforeAll(async () => {
    bench = await Bench.open();
  });

  afterAll(async () => {
    await bench.close();
    const of = cells.length === all ? "" : ` of ${String(all)}`;
    figure(
      "dialects",
      `${kind}: ${String(cells.length)}${of} cells: ${String(count.reached)} reached, ${String(count.refused)} refused`,
    );
  });

  test.each(cells.map((cell) => [cell.name, cell] as const))("%s", async (_name, cell) => {
    const outcome = await runCell(bench, new ManagedFiles(bench), cell);
    count[outcome.outcome] += 1;
    if (outcome.outcome === "wrong") {
      throw new Error([`at "${outcome.stage}", in ${JSON.stringify(cell.dialect)}:`, ...outcome.problems].join("\n  "));
    }
    if (RESULTS === undefined) expect(briefly(outcome)).toBe(documented(cell.name));
    else appendFileSync(RESULTS, `${JSON.stringify({ kind, cell, ...outcome, told: told(outcome) })}\n`);
  });
}

function briefly(outcome: Outcome): string {
  return outcome.outcome === "refused" ? `refused: ${outcome.code}` : outcome.outcome;
}

function told(outcome: Outcome): string | undefined {
  return outcome.outcome === "refused" ? toldAs(outcome.words) : undefined;
}
