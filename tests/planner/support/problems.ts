import fc from "fast-check";
import type { LayoutFile, LayoutGoal } from "../../../provider/planner";

/** A problem with everything in it: strangers, files that stay, deletes, visibilities, small bulks. */
export interface FullProblem {
  readonly files: LayoutFile[];
  readonly goals: Map<string, LayoutGoal>;
  readonly strangers: string[];
  readonly deletes: string[];
  readonly bulkSize: number;
}

const VISIBILITIES = ["PUBLIC", "PRIVATE"] as const;

/** Problems on a grid of directories (the root among them) and names, each of them solvable. */
export function problems(directories: number, names: number, most: number): fc.Arbitrary<FullProblem> {
  const places = Array.from({ length: directories * names }, (_, index) => {
    const directory = Math.floor(index / names);
    return `${directory === 0 ? "" : `d${directory}/`}n${index % names}`;
  });
  return fc
    .record({
      from: fc.shuffledSubarray(places, { maxLength: most }),
      to: fc.shuffledSubarray(places, { minLength: places.length }),
      kinds: fc.array(fc.integer({ min: 0, max: 11 }), { minLength: most, maxLength: most }),
      now: fc.array(fc.constantFrom(...VISIBILITIES), { minLength: most, maxLength: most }),
      wanted: fc.array(fc.constantFrom(undefined, ...VISIBILITIES), { minLength: most, maxLength: most }),
      bulkSize: fc.constantFrom(1, 2, 3, 100),
    })
    .map(({ from, to, kinds, now, wanted, bulkSize }) => {
      const strangers = from.filter((_, index) => kinds[index] === 0);
      const staying = new Set(from.filter((_, index) => kinds[index] === 1));
      const free = to.filter((path) => !strangers.includes(path) && !staying.has(path));
      const files: LayoutFile[] = [];
      const goals = new Map<string, LayoutGoal>();
      const deletes: string[] = [];
      from.forEach((path, index) => {
        const id = `f${index}`;
        if (kinds[index] === 0) return;
        files.push({ id, path, visibility: now[index]! });
        if (kinds[index] === 1) return;
        if (kinds[index] === 2) deletes.push(id);
        else {
          const visibility = wanted[index];
          goals.set(id, { path: free.pop()!, ...(visibility && { visibility }) });
        }
      });
      return { files, goals, strangers, deletes, bulkSize };
    });
}
