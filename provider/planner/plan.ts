import type { Board, Step } from "./board";
import { BulkPlan } from "./bulk-plan";
import { lowerBound } from "./lower-bound";
import { Model } from "./model";
import { replay } from "./replay";
import { simpleSteps } from "./simple-plan";
import type { LayoutPlanning, LayoutProblem, LayoutRequest } from "./types";
import { layoutFaults } from "./validate";
import { Variation } from "./variation";

// How much a plan may be worked on: files times attempts, and attempts in all.
const EFFORT = 24_000;
const MOST_ATTEMPTS = 256;

/**
 * Plans the requests that bring files to their goals: as few as it can find, in levels, safe against being cut anywhere.
 * After a cut, plan again from where the files are then. Pure: the same problem gives the same plan.
 */
export function planLayout(problem: LayoutProblem): LayoutPlanning {
  const faults = layoutFaults(problem);
  if (faults.length > 0) return { ok: false, faults };
  const model = new Model(problem);
  const bound = lowerBound(model);
  const { best, levels } = checked(model, bestSteps(model, bound - model.deletes.length));
  if (model.deletes.length > 0) levels.push(model.deletes.map((id) => ({ kind: "delete", id })));
  const ids = (chosen: (traveller: Board["travellers"][number]) => boolean): string[] =>
    best.board.travellers.filter(chosen).map(({ mover }) => mover.file.id);
  return {
    ok: true,
    plan: {
      levels,
      requests: best.steps.length + model.deletes.length,
      lowerBound: bound,
      parked: ids((traveller) => traveller.parked),
      renamedAside: ids((traveller) => traveller.aside),
    },
  };
}

interface Candidate {
  readonly steps: Step[];
  readonly board: Board;
}

/** Every plan is followed in full before it is given out; should one not hold, the file-by-file plan takes its place. */
function checked(model: Model, found: Candidate): { best: Candidate; levels: LayoutRequest[][] } {
  try {
    return { best: found, levels: replay(model, found.steps) };
  } catch {
    const best = simpleSteps(model);
    return { best, levels: replay(model, best.steps) };
  }
}

function bestSteps(model: Model, bound: number): Candidate {
  let best: Candidate | undefined;
  const attempts = Math.min(MOST_ATTEMPTS, Math.max(1, Math.floor(EFFORT / (model.movers.length + 1))));
  for (let attempt = 0; attempt < attempts; attempt++) {
    const plan = new BulkPlan(model, new Variation(attempt));
    const steps = plan.steps();
    if (steps !== undefined && steps.length < (best?.steps.length ?? Infinity)) best = { steps, board: plan.board };
    if (best?.steps.length === bound) return best;
  }
  if (best !== undefined && best.steps.length <= leastFileByFile(model)) return best;
  const simple = simpleSteps(model);
  return best !== undefined && best.steps.length <= simple.steps.length ? best : simple;
}

/** What the file-by-file plan needs where nothing stands in the way. */
function leastFileByFile(model: Model): number {
  let requests = 0;
  for (const { moves, renames, tightens, loosens } of model.movers) {
    requests += (moves ? 1 : 0) + (renames || tightens || loosens ? 1 : 0);
  }
  return requests;
}
