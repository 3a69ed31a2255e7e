import fc from "fast-check";
import type { LayoutFile, LayoutGoal } from "../../provider/planner";
import { pathsBetween, planOneFile } from "../../provider/planner/one-file";
import { BucketModel, effectsOf } from "./support/bucket-model";
import { planned } from "./support/planned";

type Requests = ReturnType<typeof planOneFile>;

const nothing = (): boolean => false;
const plan = (from: LayoutFile, to: LayoutGoal, isTaken: (path: string) => boolean = nothing): Requests =>
  planOneFile(from, to, isTaken, () => "tmp");

const visibility = fc.constantFrom("PUBLIC" as const, "PRIVATE" as const);
const path: fc.Arbitrary<string> = fc.constantFrom("x", "y", "a/x", "a/y", "b/x", "b/y");
const file = fc.record({ id: fc.constant("f1"), path, visibility });
const goal = fc.oneof(fc.record({ path }), fc.record({ path, visibility }));
/** A file, its goal, and paths that others hold; its goal is none of them. */
const cases = fc
  .tuple(file, goal, fc.uniqueArray(path))
  .map(([from, to, others]) => [from, to, others.filter((other) => other !== from.path && other !== to.path)] as const);

describe("the requests for one file are", () => {
  const from: LayoutFile = { id: "f1", path: "a/x", visibility: "PUBLIC" };
  const patch = { kind: "patch", id: "f1" };
  const move = { kind: "move", ids: ["f1"], directory: "b" };

  test.each<[string, LayoutGoal, object[]]>([
    ["none where nothing changes", { path: "a/x", visibility: "PUBLIC" }, []],
    ["none for a visibility that is not declared", { path: "a/x" }, []],
    ["one move where only the directory changes", { path: "b/x" }, [move]],
    [
      "one PATCH for name and visibility",
      { path: "a/y", visibility: "PRIVATE" },
      [{ ...patch, name: "y", visibility: "PRIVATE" }],
    ],
    ["a move and a rename where both change", { path: "b/y" }, [move, { ...patch, name: "y" }]],
    [
      "a rename that hides, and a move",
      { path: "b/y", visibility: "PRIVATE" },
      [{ ...patch, name: "y", visibility: "PRIVATE" }, move],
    ],
  ])("%s", (_, to, requests) => {
    expect(plan(from, to)).toEqual(requests);
  });

  test("a move and a rename that publishes", () => {
    expect(plan({ ...from, visibility: "PRIVATE" }, { path: "b/y", visibility: "PUBLIC" })).toEqual([
      move,
      { ...patch, name: "y", visibility: "PUBLIC" },
    ]);
  });

  test("with a temporary name where both places between are taken, and only there", () => {
    expect(plan(from, { path: "b/y" }, () => true)).toEqual([{ ...patch, name: "tmp" }, move, { ...patch, name: "y" }]);
    expect(plan(from, { path: "b/y" }, (at) => at === "b/x")).toEqual([{ ...patch, name: "y" }, move]);
  });

  test("a change of visibility too where the service does not tell the present one", () => {
    expect(planOneFile({ id: "f1", path: "a/x" }, { path: "a/x", visibility: "PUBLIC" }, nothing, () => "tmp")).toEqual(
      [{ ...patch, visibility: "PUBLIC" }],
    );
  });
});

test("bring it to its goal, take no held place, hide it first and publish it last", () => {
  fc.assert(
    fc.property(cases, ([from, to, others]) => {
      const bucket = new BucketModel([from], others, new Map([["f1", to]]));
      const requests = plan(from, to, (at) => others.includes(at));
      for (const request of requests) for (const effect of effectsOf(request)) bucket.apply(effect);
      expect(bucket.unreached(new Map([["f1", to]]))).toEqual([]);
      for (const request of requests)
        if (request.kind === "patch") expect(Object.keys(request).length).toBeGreaterThan(2);
    }),
    { numRuns: 2_000 },
  );
});

test("are as many as the plan of a layout with that file alone has", () => {
  fc.assert(
    fc.property(cases, ([from, to, others]) => {
      const requests = plan(from, to, (at) => others.includes(at));
      const layout = planned({ files: [from], goals: new Map([["f1", to]]), strangers: others });
      expect(layout.requests).toBe(requests.length);
    }),
    { numRuns: 2_000 },
  );
});

test("ask for the second place between only where the first is taken, and for none where one request is enough", () => {
  fc.assert(
    fc.property(cases, ([from, to, others]) => {
      const asked: string[] = [];
      plan(from, to, (at) => {
        asked.push(at);
        return others.includes(at);
      });
      const between = pathsBetween(from, to);
      const free = between.findIndex((at) => !others.includes(at));
      expect(asked).toEqual(free < 0 ? between : between.slice(0, free + 1));
    }),
  );
});
