import { planLayout, type LayoutFault, type LayoutProblem } from "../../provider/planner";
import { TEMPORARY_PREFIX } from "../../provider/model/paths";

/** What is wrong with goals for files f1, f2, ... that are at now/1, now/2, ... */
function faults(goals: Record<string, string>, more: Partial<LayoutProblem> = {}): LayoutFault[] {
  const files = [1, 2, 3].map((n) => ({ id: `f${n}`, path: `now/${n}`, visibility: "PUBLIC" as const }));
  const byId = new Map(Object.entries(goals).map(([id, path]) => [id, { path }]));
  const planning = planLayout({ files, goals: byId, ...more });
  return planning.ok ? [] : [...planning.faults];
}

const kinds = (...args: Parameters<typeof faults>): string[] => faults(...args).map(({ kind, id }) => `${id}: ${kind}`);

describe("nothing is planned where", () => {
  test.each<[string, Parameters<typeof faults>, string[]]>([
    ["two files have one goal", [{ f1: "a", f2: "a" }], ["f2: duplicate-path"]],
    ["two goals differ only in case", [{ f1: "a/X", f2: "A/x" }], ["f2: case-collision"]],
    ["two goals differ only in Unicode form", [{ f1: "\u00e9", f2: "e\u0301" }], ["f2: case-collision"]],
    ["a stranger holds the goal", [{ f1: "a" }, { strangers: ["a"] }], ["f1: path-held"]],
    ["a stranger's path differs only in case", [{ f1: "a" }, { strangers: ["A"] }], ["f1: case-collision"]],
    ["a file that stays holds the goal", [{ f1: "now/2" }], ["f1: path-held"]],
    ["a goal lies under the temporary prefix", [{ f1: `${TEMPORARY_PREFIX}/a` }], ["f1: invalid-path"]],
    ["a path is not one", [{ f1: "a//b", f2: "" }], ["f1: invalid-path", "f2: invalid-path"]],
    ["a goal's file is not there", [{ f9: "a" }], ["f9: unknown-file"]],
    ["a file to delete is not there", [{}, { deletes: ["f9"] }], ["f9: unknown-file"]],
    ["a file to delete has a goal", [{ f1: "a" }, { deletes: ["f1"] }], ["f1: goal-of-deleted-file"]],
  ])("%s", (_, args, expected) => {
    expect(kinds(...args)).toEqual(expected);
  });

  test("a file is listed twice", () => {
    const file = { id: "f1", path: "a", visibility: "PUBLIC" as const };
    expect(kinds({}, { files: [file, file] })).toEqual(["f1: duplicate-file"]);
  });
});

test("everything that is wrong is told at once, with the other file", () => {
  expect(faults({ f1: "a", f2: "a", f3: "/" }).map(({ id, otherId }) => [id, otherId])).toEqual([
    ["f2", "f1"],
    ["f3", undefined],
  ]);
});

test("a file that is at its goal takes nobody's place", () => {
  expect(faults({ f1: "now/1" }, { strangers: ["NOW/1"] })).toEqual([]);
});

test("paths that differ only in case are kept apart where the store does", () => {
  const files = ["a/X", "a/x"].map((path, n) => ({ id: `f${n}`, path, visibility: "PUBLIC" as const }));
  expect(faults({ f0: "a/X", f1: "a/x" }, { files })).toEqual([]);
  expect(faults({ f0: "a/x", f1: "a/X" }, { files })).toEqual([]);
  expect(kinds({ f0: "b/X", f1: "b/x" }, { files })).toEqual(["f1: case-collision"]);
});

test("the place of a file that leaves or is deleted can be taken", () => {
  expect(faults({ f1: "now/2", f2: "now/3" }, { deletes: ["f3"] })).toEqual([]);
});
