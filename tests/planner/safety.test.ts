import fc from "fast-check";
import type { LayoutPlan } from "../../provider/planner";
import { Model } from "../../provider/planner/model";
import { BulkPlan } from "../../provider/planner/bulk-plan";
import { replay } from "../../provider/planner/replay";
import { simpleSteps } from "../../provider/planner/simple-plan";
import { Variation } from "../../provider/planner/variation";
import { BucketModel, effectsOf } from "./support/bucket-model";
import { numbers } from "./support/layouts";
import { share } from "../support/figures";
import { planned } from "./support/planned";
import { problems, type FullProblem } from "./support/problems";

/** Runs a plan, the requests of each level mixed file by file; every effect of one file stays in its own order. */
function run(problem: FullProblem, plan: LayoutPlan, seed: number): BucketModel {
  const bucket = new BucketModel(problem.files, problem.strangers, problem.goals);
  const random = numbers(seed);
  for (const level of plan.levels) {
    const effects = level.flatMap(effectsOf);
    for (let left = effects.length; left > 0; left--) bucket.apply(effects.splice(random(left), 1)[0]!);
  }
  return bucket;
}

const small = problems(3, 3, 9);
const crowded = problems(2, 3, 6);
const wide = problems(5, 8, 40);

describe.each([
  ["small layouts", small, 700, 20_000],
  ["crowded layouts", crowded, 300, 10_000],
  ["wide layouts", wide, 100, 3_000],
] as const)("plans of %s", (_, arbitrary, usual, full) => {
  const numRuns = share(usual, full);

  test("reach the goal in any order within levels, take no held place, and keep what is promised of visibility", () => {
    fc.assert(
      fc.property(arbitrary, fc.nat(), (problem, seed) => {
        const plan = planned(problem);
        const bucket = run(problem, plan, seed);
        expect(bucket.unreached(problem.goals)).toEqual([]);
        const ids = bucket.list().map(({ id }) => id);
        expect(ids).toEqual(problem.files.map(({ id }) => id).filter((id) => !problem.deletes.includes(id)));
        expect(plan.requests).toBe(plan.levels.flat().length);
        expect(plan.requests).toBeGreaterThanOrEqual(plan.lowerBound);
      }),
      { numRuns },
    );
  });

  test("carry no more files a move than allowed, touch no file without reason, and delete last", () => {
    fc.assert(
      fc.property(arbitrary, (problem) => {
        const requests = planned(problem).levels.flat();
        const known = new Set([...problem.goals.keys(), ...problem.deletes]);
        for (const request of requests) {
          const ids = request.kind === "move" ? request.ids : [request.id];
          expect(ids.length).toBeGreaterThan(0);
          expect(ids.length).toBeLessThanOrEqual(problem.bulkSize);
          for (const id of ids) expect(known).toContain(id);
        }
        const deletes = requests.findIndex(({ kind }) => kind === "delete");
        if (deletes >= 0) expect(requests.slice(deletes).every(({ kind }) => kind === "delete")).toBe(true);
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });

  test("never need more requests than the file-by-file plan", () => {
    fc.assert(
      fc.property(arbitrary, (problem) => {
        const model = new Model(problem);
        const { steps } = simpleSteps(model);
        expect(() => replay(model, steps)).not.toThrow();
        expect(planned(problem).requests).toBeLessThanOrEqual(steps.length + model.deletes.length);
      }),
      { numRuns },
    );
  });

  test("hold without the file-by-file plan to fall back on", () => {
    fc.assert(
      fc.property(arbitrary, fc.nat({ max: 40 }), (problem, attempt) => {
        const model = new Model(problem);
        const steps = new BulkPlan(model, new Variation(attempt)).steps();
        expect(() => steps && replay(model, steps)).not.toThrow();
      }),
      { numRuns },
    );
  });

  test("are the same every time", () => {
    fc.assert(
      fc.property(arbitrary, (problem) => {
        expect(planned(problem)).toEqual(planned(problem));
      }),
      { numRuns: 50 },
    );
  });
});
