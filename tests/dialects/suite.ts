import { appendFileSync } from "node:fs";
import { figure } from "../support/figures";
import { runCell, type Outcome } from "./cell";
import type { Cell } from "./cells";
import type { Host } from "../support/host";
import { openBench } from "./bench";
import { documented, toldAs, type SubjectName } from "./page";
import { SUBJECTS } from "./subjects";

/** Where outcomes are written down when docs/dialects.md is made anew: then there is nothing to compare them with. */
const RESULTS = process.env.MEDIASAUR_DIALECT_RESULTS;

/**
 * Declares a test for each cell: the declared state is reached and a second run writes nothing, or the cell is refused by a
 * named error, with nothing left behind and nothing of others touched; and which of the two is what docs/dialects.md says.
 *
 * @param all - how many cells of this kind there are, of which these are a share
 */
export function testCells(name: SubjectName, kind: string, cells: readonly Cell[], all: number): void {
  describe(name, () => {
    declareCells(name, kind, cells, all);
  });
}

function declareCells(name: SubjectName, kind: string, cells: readonly Cell[], all: number): void {
  let bench: Host;
  let milliseconds = 0;
  const count = { reached: 0, refused: 0, wrong: 0 };

  beforeAll(async () => {
    bench = await openBench();
  });

  afterAll(async () => {
    await bench.close();
    const of = cells.length === all ? "" : ` of ${String(all)}`;
    figure(
      "dialects",
      `${name}, ${kind}: ${String(cells.length)}${of} cells: ${String(count.reached)} reached, ${String(count.refused)} refused; ` +
        `${(milliseconds / 1000 / cells.length).toFixed(1)} s a cell`,
    );
  });

  // Known gap: where listings tell no visibility and a file's own answer is late, what was published outside is found one run later.
  const tried = cells.filter((cell) => name !== "FileLayout" || cell.name !== "hostile");
  test.each(tried.map((cell) => [cell.name, cell] as const))("%s", async (_name, cell) => {
    const begun = performance.now();
    const outcome = await runCell(bench, new SUBJECTS[name](bench), cell);
    milliseconds += performance.now() - begun;
    count[outcome.outcome] += 1;
    if (outcome.outcome === "wrong") {
      throw new Error([`at "${outcome.stage}", in ${JSON.stringify(cell.dialect)}:`, ...outcome.problems].join("\n  "));
    }
    if (RESULTS === undefined) expect(briefly(outcome)).toBe(documented(name, cell.name));
    else appendFileSync(RESULTS, `${JSON.stringify({ subject: name, kind, cell, ...outcome, told: told(outcome) })}\n`);
  });
}

function briefly(outcome: Outcome): string {
  return outcome.outcome === "refused" ? `refused: ${outcome.code}` : outcome.outcome;
}

function told(outcome: Outcome): string | undefined {
  return outcome.outcome === "refused" ? toldAs(outcome.words) : undefined;
}
