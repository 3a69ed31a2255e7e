import { Model } from "../../provider/planner/model";
import { simpleSteps } from "../../provider/planner/simple-plan";
import { BucketModel, effectsOf } from "./support/bucket-model";
import { numbers, problemOf, randomLayout } from "./support/layouts";
import { planned } from "./support/planned";
import { figure, share } from "../support/figures";

test("plans of 1,000 files with some room are at most two requests above the lower bound in 99.9 %", () => {
  const random = numbers(1_000);
  const above: number[] = [];
  const count = share(200, 10_000);
  for (let layout = 0; layout < count; layout++) {
    const { requests, lowerBound } = planned(problemOf(randomLayout(random, 1_000, 10 + random(41), 500)));
    above[requests - lowerBound] = (above[requests - lowerBound] ?? 0) + 1;
  }
  const shown = above.flatMap((number, extra) => (number ? [`+${extra}: ${number}`] : []));
  figure("planner", `${count} layouts of 1,000 files, by requests above the lower bound: ${shown.join(", ")}`);
  expect(above.slice(0, 3).reduce((sum, number) => sum + (number || 0), 0)).toBeGreaterThanOrEqual(0.999 * count);
});

test.each([
  ["hardly any room", 10, 105],
  ["no room", 10, 100],
  ["half the room", 20, 100],
  ["few names", 200, 10],
])("plans of 1,000 files with %s run, and need fewer requests than the file-by-file plan", (_, directories, names) => {
  const random = numbers(names);
  for (let layout = 0; layout < share(3, 50); layout++) {
    const problem = problemOf(randomLayout(random, 1_000, directories, names));
    const plan = planned(problem);
    const bucket = new BucketModel(problem.files, [], problem.goals);
    for (const request of plan.levels.flat()) for (const effect of effectsOf(request)) bucket.apply(effect);
    expect(bucket.unreached(problem.goals)).toEqual([]);
    expect(plan.requests).toBeLessThan(simpleSteps(new Model(problem)).steps.length);
  }
});

/** How many requests above the lower bound a plan may have: 1.2 % or 6, whichever is more. */
const allowance = (lowerBound: number): number => Math.max(6, Math.floor(0.012 * lowerBound));

test.each([
  ["every place held", 1_000, 10, 100],
  ["95 % of the places held", 1_000, 10, 105],
  ["two thirds of the places held", 1_000, 20, 75],
  ["half of the places held", 1_000, 20, 100],
  ["every place held", 10_000, 100, 100],
  ["half of the places held", 10_000, 100, 200],
])("plans with %s are at most 1.2 %% above the lower bound, or 6: %d files", (_, count, directories, names) => {
  const { requests, lowerBound } = planned(problemOf(randomLayout(numbers(3), count, directories, names)));
  expect(requests - lowerBound).toBeLessThanOrEqual(allowance(lowerBound));
});

test("names exchanged in pairs within two folders take two moves out and two home beside the renames", () => {
  const files = Array.from({ length: 200 }, (_, index) => {
    const [directory, name] = [Math.floor(index / 100), index % 100];
    return { from: [directory, name] as const, to: [directory, name ^ 1] as const };
  });
  expect(planned(problemOf(files)).requests).toBe(204);
});

/** Methods of arrays that go through all of one; of maps and sets, those that look up one entry. */
const THROUGH_ALL =
  "concat every filter find findIndex flat flatMap forEach includes indexOf join map reduce shift slice some sort splice unshift";
const COUNTED: readonly (readonly [prototype: object, methods: string])[] = [
  [Array.prototype, THROUGH_ALL],
  [Map.prototype, "get has set delete"],
  [Set.prototype, "has add delete"],
];

/** How many entries of arrays, maps and sets a piece of work goes through by calls: a measure of it that no clock takes. */
function stepsOf(work: () => void): number {
  let steps = 0;
  const undo: (() => void)[] = [];
  for (const [prototype, methods] of COUNTED) {
    for (const method of methods.split(" ")) {
      const before = Object.getOwnPropertyDescriptor(prototype, method)!;
      const real = before.value as (...args: unknown[]) => unknown;
      const value = function (this: unknown, ...args: unknown[]): unknown {
        steps += 1 + (Array.isArray(this) ? this.length : 0);
        return Reflect.apply(real, this, args);
      };
      Object.defineProperty(prototype, method, { ...before, value });
      undo.push(() => Object.defineProperty(prototype, method, before));
    }
  }
  try {
    work();
  } finally {
    for (const one of undo) one();
  }
  return steps;
}

// How long that takes is measured in bench/planner.ts.
test.each([10_000, 100_000])("planning %d files takes at most 200 steps a file", (count) => {
  const problem = problemOf(randomLayout(numbers(2), count, count / 100, 500));
  expect(stepsOf(() => planned(problem)) / count).toBeLessThan(200);
});
