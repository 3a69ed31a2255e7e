import fc from "fast-check";
import { placesBetween, planPlacement, type Standing, type Step } from "../../provider/planner/placement";

const free = { renamedTaken: false, movedTaken: false };

/** Applies steps the way the documentation describes them, and tells every standing on the way. */
function walk(from: Standing, steps: Step[]): Standing[] {
  const way = [from];
  for (const step of steps) {
    const last = way[way.length - 1]!;
    way.push(
      step.kind === "move"
        ? { ...last, directory: step.directory }
        : { ...last, ...(step.name && { name: step.name }), ...(step.visibility && { visibility: step.visibility }) },
    );
  }
  return way;
}

const standing = fc.record({
  directory: fc.constantFrom("", "a", "b"),
  name: fc.constantFrom("x", "y"),
  visibility: fc.constantFrom("PUBLIC" as const, "PRIVATE" as const),
});
const between = fc.record({ renamedTaken: fc.boolean(), movedTaken: fc.boolean() });

describe("the requests for one file", () => {
  const from: Standing = { directory: "a", name: "x", visibility: "PUBLIC" };

  test("none where nothing changes", () => {
    expect(planPlacement(from, from, free, "tmp")).toEqual([]);
  });

  test("none for a visibility that is not declared", () => {
    expect(planPlacement(from, { directory: "a", name: "x" }, free, "tmp")).toEqual([]);
  });

  test("one move where only the directory changes", () => {
    expect(planPlacement(from, { ...from, directory: "b" }, free, "tmp")).toEqual([{ kind: "move", directory: "b" }]);
  });

  test("one PATCH where name and visibility change", () => {
    expect(planPlacement(from, { ...from, name: "y", visibility: "PRIVATE" }, free, "tmp")).toEqual([
      { kind: "patch", name: "y", visibility: "PRIVATE" },
    ]);
  });

  test("never more than two where a place between is free, for any change without visibility", () => {
    fc.assert(
      fc.property(standing, standing, between, (one, other, taken) => {
        const steps = planPlacement(one, { ...other, visibility: one.visibility }, taken, "tmp");
        expect(steps.length).toBeLessThanOrEqual(taken.renamedTaken && taken.movedTaken ? 3 : 2);
      }),
    );
  });

  test("reach the goal, whatever is taken", () => {
    fc.assert(
      fc.property(standing, standing, between, (one, other, taken) => {
        expect(walk(one, planPlacement(one, other, taken, "tmp")).at(-1)).toEqual(other);
      }),
    );
  });

  test("never stop at a place that another file holds", () => {
    fc.assert(
      fc.property(standing, standing, between, (one, other, taken) => {
        const stops = walk(one, planPlacement(one, other, taken, "tmp")).map(
          (stop) => `${stop.directory}/${stop.name}`,
        );
        const places = placesBetween(one, other);
        if (places === undefined) return;
        const absolute = (path: string): string => (path.includes("/") ? path : `/${path}`);
        if (taken.renamedTaken) expect(stops).not.toContain(absolute(places.renamed));
        if (taken.movedTaken) expect(stops).not.toContain(absolute(places.moved));
      }),
    );
  });

  test("hide a file before it moves, and publish it only where it ends", () => {
    fc.assert(
      fc.property(standing, standing, between, (one, other, taken) => {
        const way = walk(one, planPlacement(one, other, taken, "tmp"));
        const stopsInBetween = way.slice(1, -1);
        for (const stop of stopsInBetween) {
          if (other.visibility === "PRIVATE" || one.visibility === "PRIVATE") expect(stop.visibility).toBe("PRIVATE");
        }
      }),
    );
  });

  test("never send a path in a PATCH, and never an empty PATCH", () => {
    fc.assert(
      fc.property(standing, standing, between, (one, other, taken) => {
        for (const step of planPlacement(one, other, taken, "tmp")) {
          if (step.kind !== "patch") continue;
          const { kind: _kind, ...change } = step;
          expect(Object.keys(change).length).toBeGreaterThan(0);
          expect(Object.keys(change).every((key) => key === "name" || key === "visibility")).toBe(true);
        }
      }),
    );
  });
});
