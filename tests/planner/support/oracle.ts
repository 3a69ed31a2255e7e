/** A file of a small layout: directories and names are small numbers. */
export interface SmallFile {
  readonly from: readonly [directory: number, name: number];
  readonly to: readonly [directory: number, name: number];
}

const WIDTH = 64;
const TEMPORARY = 32;

/**
 * The fewest requests for a small layout: an exhaustive search over moves of any set of files into any directory and
 * renames to any name, temporary directories and names among them. It shares no code with the planner.
 *
 * @param detours - whether a file may pass through a real directory that is neither its old nor its new one
 * @param atMost - the search ends here: more than this is not asked for
 */
export function fewestRequests(files: readonly SmallFile[], atMost: number, detours = true): number {
  const start = files.map(({ from }) => from[0] * WIDTH + from[1]);
  const goals = files.map(({ to }) => to[0] * WIDTH + to[1]);
  const directories = new Set(files.flatMap(({ from, to }) => [from[0], to[0]]));
  const names = [...new Set(files.flatMap(({ from, to }) => [from[1], to[1]]))];

  const directoryOf = (place: number): number => Math.floor(place / WIDTH);
  const least = (state: readonly number[]): number => {
    let renames = 0;
    let targets = 0;
    state.forEach((place, file) => {
      const goal = goals[file]!;
      if (place % WIDTH !== goal % WIDTH) renames++;
      if (directoryOf(place) !== directoryOf(goal)) targets |= 1 << (directoryOf(goal) % 31);
    });
    for (; targets !== 0; targets &= targets - 1) renames++;
    return renames;
  };

  const bound = least(start);
  for (let limit = bound; limit < atMost; limit++) {
    const failed = new Map<string, number>();
    // A temporary directory costs a request that brings nobody home: no more of them than requests to spare.
    const temporary = Array.from({ length: Math.min(2, limit - bound) }, (_, index) => TEMPORARY + index);
    const search = (state: readonly number[], left: number): boolean => {
      const need = least(state);
      if (need === 0) return true;
      if (need > left) return false;
      const key = state.join();
      if ((failed.get(key) ?? -1) >= left) return false;
      const held = new Set(state);
      for (const next of successors(state, held)) if (search(next, left - 1)) return true;
      failed.set(key, left);
      return false;
    };
    const successors = function* (state: readonly number[], held: ReadonlySet<number>): Generator<number[]> {
      for (let file = 0; file < state.length; file++) {
        for (const name of [...names, TEMPORARY + file]) {
          const place = directoryOf(state[file]!) * WIDTH + name;
          if (held.has(place)) continue;
          const next = [...state];
          next[file] = place;
          yield next;
        }
      }
      for (const directory of [...directories, ...temporary]) {
        const able = state.flatMap((place, file) =>
          directoryOf(place) !== directory &&
          (detours || directory >= TEMPORARY || [files[file]!.from[0], files[file]!.to[0]].includes(directory)) &&
          !held.has(directory * WIDTH + (place % WIDTH))
            ? [file]
            : [],
        );
        for (let set = 1; set < 1 << able.length; set++) {
          const next = [...state];
          const taken = new Set<number>();
          let count = 0;
          able.forEach((file, index) => {
            if ((set >> index) % 2 === 0) return;
            next[file] = directory * WIDTH + (state[file]! % WIDTH);
            taken.add(next[file]);
            count++;
          });
          if (taken.size === count) yield next;
        }
      }
    };
    if (search(start, limit)) return limit;
  }
  return atMost;
}
