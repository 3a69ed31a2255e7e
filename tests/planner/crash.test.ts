import type { LayoutProblem, LayoutRequest } from "../../provider/planner";
import { BucketModel, effectsOf, type Effect } from "./support/bucket-model";
import { everySmallLayout, numbers, problemOf, randomLayout } from "./support/layouts";
import { planned } from "./support/planned";
import type { SmallFile } from "./support/oracle";
import { figure, share } from "../support/figures";

type Problem = ReturnType<typeof problemOf>;

/** Every state that a cut can leave: at a request's boundaries (its answer lost or not), and in the middle of a move. */
function* cuts(requests: readonly LayoutRequest[]): Generator<{ done: Effect[]; left: number }> {
  const done: Effect[] = [];
  for (const [index, request] of requests.entries()) {
    const effects = effectsOf(request);
    yield { done: [...done], left: requests.length - index };
    for (let part = 1; part < effects.length; part++) {
      yield { done: [...done, ...effects.slice(0, part)], left: requests.length - index };
      yield { done: [...done, ...effects.slice(part)], left: requests.length - index };
    }
    done.push(...effects);
    yield { done: [...done], left: requests.length - index - 1 };
  }
}

/** Cuts a plan everywhere, and plans and runs the rest; tells how many requests more than were left the rest took. */
function cutEverywhere(problem: Problem, count: (more: number) => void): void {
  const requests = planned(problem).levels.flat();
  for (const { done, left } of cuts(requests)) {
    const bucket = new BucketModel(problem.files);
    for (const effect of done) bucket.apply(effect);
    const rest: LayoutProblem = { ...problem, files: bucket.list() };
    expect(rest.files).toHaveLength(problem.files.length);
    const plan = planned(rest);
    for (const request of plan.levels.flat()) for (const effect of effectsOf(request)) bucket.apply(effect);
    expect(bucket.unreached(problem.goals)).toEqual([]);
    expect(bucket.list()).toHaveLength(problem.files.length);
    count(plan.requests - left);
  }
}

function* layouts(count: number): Generator<readonly SmallFile[]> {
  yield* everySmallLayout();
  const random = numbers(1983);
  for (let layout = 0; layout < count; layout++) yield randomLayout(random, 2 + random(4), 3, 3);
}

test("after a cut anywhere the next run brings every file home, with at most one request more than were left", () => {
  const more = new Map<number, number>();
  let seen = 0;
  for (const layout of layouts(share(2_000, 10_000))) {
    seen++;
    cutEverywhere(problemOf(layout), (extra) => more.set(extra, (more.get(extra) ?? 0) + 1));
  }
  const shown = [...more].sort(([one], [other]) => one - other).map(([extra, count]) => `${extra}: ${count}`);
  figure(
    "planner",
    `${seen} layouts cut everywhere; requests of the rest above those that were left: ${shown.join(", ")}`,
  );
  expect(Math.max(...more.keys())).toBeLessThanOrEqual(1);
});

test("a swap of two folders is finished after a cut in the middle of any move", () => {
  const files = Array.from({ length: 40 }, (_, index): SmallFile => ({
    from: [index % 2, index >> 1],
    to: [1 - (index % 2), index >> 1],
  }));
  cutEverywhere(problemOf(files), (extra) => {
    expect(extra).toBeLessThanOrEqual(1);
  });
});
