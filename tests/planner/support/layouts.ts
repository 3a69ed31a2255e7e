import type { LayoutFile, LayoutGoal, LayoutProblem } from "../../../provider/planner";
import type { SmallFile } from "./oracle";

/** Numbers that look random and are the same every time (Steele and Vigna's SplitMix, cut to 32 bits). */
export function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return ((z ^ (z >>> 16)) >>> 0) % below;
  };
}

/** Every way to put `count` things into different places out of `places`, in order. */
function* arrangements(places: number, count: number, taken: number[] = []): Generator<number[]> {
  if (taken.length === count) {
    yield taken;
    return;
  }
  for (let place = 0; place < places; place++) {
    if (!taken.includes(place)) yield* arrangements(places, count, [...taken, place]);
  }
}

/** Every layout of 2 to 4 files on 2 directories with 2 names each, files being alike: 192. */
export function* everySmallLayout(): Generator<SmallFile[]> {
  for (const count of [2, 3, 4]) {
    for (const from of arrangements(4, count)) {
      if (from.some((place, index) => index > 0 && place < from[index - 1]!)) continue;
      for (const to of arrangements(4, count)) yield from.map((place, index) => small(place, to[index]!, 2));
    }
  }
}

function small(from: number, to: number, names: number): SmallFile {
  return { from: [Math.floor(from / names), from % names], to: [Math.floor(to / names), to % names] };
}

/** Different numbers below a limit. */
function sample(random: (below: number) => number, count: number, below: number): number[] {
  if (count * 3 > below) {
    const all = Array.from({ length: below }, (_, index) => index);
    for (let index = 0; index < count; index++) {
      const other = index + random(below - index);
      [all[index], all[other]] = [all[other]!, all[index]!];
    }
    return all.slice(0, count);
  }
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(random(below));
  return [...chosen];
}

/** Files anywhere on a grid of directories and names, and goals anywhere on it. */
export function randomLayout(
  random: (below: number) => number,
  count: number,
  directories: number,
  names: number,
): SmallFile[] {
  const from = sample(random, count, directories * names);
  const to = sample(random, count, directories * names);
  return from.map((place, index) => small(place, to[index]!, names));
}

const pathOf = ([directory, name]: readonly [number, number]): string => `d${directory}/n${name}`;

/** A layout of small numbers as the planner takes it. */
export function problemOf(files: readonly SmallFile[]): LayoutProblem & { readonly goals: Map<string, LayoutGoal> } {
  const now: LayoutFile[] = files.map(({ from }, index) => ({
    id: `f${index}`,
    path: pathOf(from),
    visibility: "PUBLIC",
  }));
  return { files: now, goals: new Map(files.map(({ to }, index) => [`f${index}`, { path: pathOf(to) }])) };
}
