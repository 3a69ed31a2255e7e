import type { Visibility } from "../provider/model/managed-file";

/** Where a file is, and who may see it. */
export interface Place {
  readonly path: string;
  readonly visibility: Visibility;
}

/** How many files a folder holds. */
const FOLDER = 50;

/** `count` files as they are found: an inbox sorted by day. */
export function inbox(count: number): Place[] {
  return Array.from({ length: count }, (_, index) => ({
    path: `inbox/${String(Math.floor(index / FOLDER))}/photo-${String(index)}.jpg`,
    visibility: index % 4 === 0 ? "PUBLIC" : "PRIVATE",
  }));
}

/**
 * The same files rearranged, every one of them: all change their folder, each tenth its name, each tenth its visibility.
 * No file takes another's place, so that a script that knows nothing of such things can do it too.
 */
export function sorted(count: number): Place[] {
  return inbox(count).map(({ visibility }, index) => ({
    path: `site/${String((index * 7) % Math.ceil(count / FOLDER))}/${index % 10 === 3 ? "cover" : "photo"}-${String(index)}.jpg`,
    visibility: index % 10 === 7 ? (visibility === "PUBLIC" ? "PRIVATE" : "PUBLIC") : visibility,
  }));
}

/** Every file at another one's place, in an order that looks like chance: what no script of one PATCH a file can do. */
export function shuffled(count: number): Place[] {
  const places = sorted(count);
  const order = places.map((_, index) => index);
  let seed = 12345;
  for (let last = count - 1; last > 0; last--) {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    const other = seed % last;
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return places.map(({ visibility }, index) => ({ path: places[order[index] ?? 0]?.path ?? "", visibility }));
}

/** The fewest requests that any plan needs in the documented verbs: one PATCH for each file whose name or visibility changes, one move of up to 100 files for each directory that files come into. */
export function leastRequests(from: readonly Place[], to: readonly Place[]): number {
  const arriving = new Map<string, number>();
  let patches = 0;
  from.forEach((before, index) => {
    const after = to[index] ?? before;
    const [directoryBefore, nameBefore] = split(before.path);
    const [directory, name] = split(after.path);
    if (name !== nameBefore || before.visibility !== after.visibility) patches++;
    if (directory !== directoryBefore) arriving.set(directory, (arriving.get(directory) ?? 0) + 1);
  });
  return patches + [...arriving.values()].reduce((sum, files) => sum + Math.ceil(files / 100), 0);
}

function split(path: string): [string, string] {
  const slash = path.lastIndexOf("/");
  return [path.slice(0, slash), path.slice(slash + 1)];
}
