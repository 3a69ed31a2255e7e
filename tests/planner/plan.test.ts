import type { LayoutFile, LayoutGoal, LayoutProblem, LayoutRequest } from "../../provider/planner";
import { TEMPORARY_PREFIX } from "../../provider/model/paths";
import { planned } from "./support/planned";

type Change = readonly [id: string, from: string, to: string | undefined];

/** A problem out of lines of id, path now and path to be; a path may end with "!" for PRIVATE. */
function problem(changes: readonly Change[], more: Partial<LayoutProblem> = {}): LayoutProblem {
  const visible = (path: string) => (path.endsWith("!") ? ("PRIVATE" as const) : ("PUBLIC" as const));
  const bare = (path: string) => path.replace(/!$/, "");
  const files: LayoutFile[] = changes.map(([id, from]) => ({ id, path: bare(from), visibility: visible(from) }));
  const goals = new Map<string, LayoutGoal>();
  for (const [id, , to] of changes) if (to !== undefined) goals.set(id, { path: bare(to), visibility: visible(to) });
  return { files, goals, ...more };
}

const levels = (changes: readonly Change[], more?: Partial<LayoutProblem>): readonly (readonly LayoutRequest[])[] =>
  planned(problem(changes, more)).levels;

describe("the plan of a layout", () => {
  test("is empty where every file is where it is to be", () => {
    const plan = planned(problem([["f1", "a/x", "a/x"]]));
    expect(plan).toEqual({ levels: [], requests: 0, lowerBound: 0, parked: [], renamedAside: [] });
  });

  test("moves files into one directory together, into the root too", () => {
    expect(
      levels([
        ["f1", "a/x", "x"],
        ["f2", "b/y", "y"],
      ]),
    ).toEqual([[{ kind: "move", ids: ["f1", "f2"], directory: "" }]]);
  });

  test("splits a move that is larger than a bulk", () => {
    const many = Array.from({ length: 250 }, (_, index): Change => [`f${index}`, `a/${index}`, `b/${index}`]);
    const sizes = levels(many)
      .flat()
      .map((request) => (request.kind === "move" ? request.ids.length : 0));
    expect(sizes).toHaveLength(3);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
  });

  test("follows a chain from its end", () => {
    expect(
      levels([
        ["f1", "a/x", "b/x"],
        ["f2", "b/x", "c/x"],
      ]),
    ).toEqual([[{ kind: "move", ids: ["f2"], directory: "c" }], [{ kind: "move", ids: ["f1"], directory: "b" }]]);
  });

  test("swaps two folders of 100 files each with 3 requests", () => {
    const swap = Array.from({ length: 100 }, (_, index): Change[] => [
      [`a${index}`, `a/${index}.jpg`, `b/${index}.jpg`],
      [`b${index}`, `b/${index}.jpg`, `a/${index}.jpg`],
    ]).flat();
    const plan = planned(problem(swap));
    expect(plan).toMatchObject({ requests: 3, lowerBound: 2 });
    expect(plan.parked).toHaveLength(100);
  });

  test("swaps two names in one directory with a temporary name, and many with a temporary directory", () => {
    const swap = (index: number): Change[] => [
      [`a${index}`, `d/a${index}`, `d/b${index}`],
      [`b${index}`, `d/b${index}`, `d/a${index}`],
    ];
    expect(planned(problem(swap(0)))).toMatchObject({ requests: 3, parked: [] });
    // One move out and one home, in place of a temporary name for each of ten.
    expect(planned(problem(Array.from({ length: 10 }, (_, index) => swap(index)).flat()))).toMatchObject({
      requests: 22,
      renamedAside: [],
    });
  });

  test("parks under the temporary prefix only", () => {
    const plan = planned(
      problem([
        ["f1", "a/x", "b/x"],
        ["f2", "b/x", "a/x"],
      ]),
    );
    const directories = plan.levels.flat().flatMap((request) => (request.kind === "move" ? [request.directory] : []));
    expect(directories.filter((directory) => directory.startsWith(`${TEMPORARY_PREFIX}/`))).toHaveLength(1);
    expect(directories).toHaveLength(3);
  });

  test("passes by the free one of the two places between, and by none that a stranger holds", () => {
    const change: Change[] = [["f1", "a/x", "b/y"]];
    const move = { kind: "move", ids: ["f1"], directory: "b" };
    const rename = { kind: "patch", id: "f1", name: "y" };
    expect(levels(change, { strangers: ["b/x"] })).toEqual([[rename], [move]]);
    expect(levels(change, { strangers: ["a/y"] })).toEqual([[move], [rename]]);
    expect(planned(problem(change, { strangers: ["a/y", "b/x"] })).requests).toBe(3);
  });

  test("makes a file private before, and public after, anything else happens to it", () => {
    expect(levels([["f1", "a/x", "b/x!"]])).toEqual([
      [{ kind: "patch", id: "f1", visibility: "PRIVATE" }],
      [{ kind: "move", ids: ["f1"], directory: "b" }],
    ]);
    expect(levels([["f1", "a/x!", "b/x"]])).toEqual([
      [{ kind: "move", ids: ["f1"], directory: "b" }],
      [{ kind: "patch", id: "f1", visibility: "PUBLIC" }],
    ]);
    expect(levels([["f1", "a/x", "b/y!"]])).toEqual([
      [{ kind: "patch", id: "f1", name: "y", visibility: "PRIVATE" }],
      [{ kind: "move", ids: ["f1"], directory: "b" }],
    ]);
    expect(levels([["f1", "a/x!", "b/y"]])).toEqual([
      [{ kind: "move", ids: ["f1"], directory: "b" }],
      [{ kind: "patch", id: "f1", name: "y", visibility: "PUBLIC" }],
    ]);
  });

  test("leaves a visibility alone that nobody declares", () => {
    const files: LayoutFile[] = [{ id: "f1", path: "a/x", visibility: "PRIVATE" }];
    expect(planned({ files, goals: new Map([["f1", { path: "b/x" }]]) }).levels).toEqual([
      [{ kind: "move", ids: ["f1"], directory: "b" }],
    ]);
  });

  test("deletes last, and moves aside before what is to be deleted and in the way", () => {
    const changes: Change[] = [
      ["old", "a/x", undefined],
      ["new", "b/x", "a/x"],
    ];
    const plan = planned(problem(changes, { deletes: ["old"] }));
    expect(plan.levels.at(-1)).toEqual([{ kind: "delete", id: "old" }]);
    expect(plan).toMatchObject({ requests: 3, lowerBound: 2, parked: ["old"] });
  });

  test("changes only the case of a name with one request", () => {
    expect(levels([["f1", "a/Hero.jpg", "a/hero.jpg"]])).toEqual([[{ kind: "patch", id: "f1", name: "hero.jpg" }]]);
  });

  test("waits for a place that differs only in case, as the store may ignore case", () => {
    expect(
      levels([
        ["f1", "a/x", "b/x"],
        ["f2", "b/X", "c/X"],
      ]),
    ).toHaveLength(2);
    // Here it evidently does not.
    expect(
      levels(
        [
          ["f1", "a/x", "b/x"],
          ["f2", "b/X", "c/X"],
        ],
        { strangers: ["d/y", "d/Y"] },
      ),
    ).toHaveLength(1);
  });

  test("refuses a bulk size that can't be", () => {
    expect(() => planned(problem([["f1", "a/x", "b/x"]], { bulkSize: 0 }))).toThrow(RangeError);
  });
});
