import type { Board, Traveller } from "./board";
import { maximumMatching } from "./matching";

/** The closed cycles of files that only exchange their names within one directory. Nothing else ever frees a place there. */
export function renameCycles(board: Board): Traveller[][] {
  const cycles: Traveller[][] = [];
  const seen = new Set<Traveller>();
  const next = (traveller: Traveller): Traveller | undefined => {
    const { mover } = traveller;
    if (mover.goal === undefined || mover.moves || !mover.renames || mover.from === mover.to) return undefined;
    return board.holder(mover.to);
  };
  for (const start of board.travellers) {
    const path: Traveller[] = [];
    let at: Traveller | undefined = start;
    while (at !== undefined && !seen.has(at)) {
      seen.add(at);
      path.push(at);
      at = next(at);
    }
    const entry = at === undefined ? -1 : path.indexOf(at);
    if (entry >= 0) cycles.push(path.slice(entry));
  }
  return cycles;
}

/** Which file of each cycle is parked. */
export interface CycleParking {
  readonly parked: Traveller[];
  /** The cycles that are left to a temporary name. */
  readonly left: Traveller[][];
}

/**
 * Chooses which cycles of names to break by a stay in a temporary directory: one move parks a file of each, and one
 * move brings home those of one directory, where a temporary name costs one request a cycle. Parked files need different
 * names: a largest matching of cycles and names.
 *
 * @param arriving - how many files come into the directory in any case: its moves may have room for those that come home
 */
export function chooseCycleParking(
  board: Board,
  cycles: readonly Traveller[][],
  arriving: (directory: number) => number,
): CycleParking {
  const { bulkSize } = board.model;
  const parkable = (traveller: Traveller): boolean => !traveller.mover.tightens && !traveller.mover.loosens;
  const byDirectory = new Map<number, Traveller[][]>();
  for (const cycle of cycles) {
    const directory = cycle[0]?.directory ?? -1;
    const own = byDirectory.get(directory);
    if (own === undefined) byDirectory.set(directory, [cycle]);
    else own.push(cycle);
  }
  const worth: Traveller[][] = [];
  for (const [directory, own] of byDirectory) {
    const count = arriving(directory);
    const able = own.filter((cycle) => cycle.some(parkable));
    const home = Math.ceil((count + able.length) / bulkSize) - Math.ceil(count / bulkSize);
    if (home < able.length) worth.push(...able);
  }

  const names = new Map<number, number>();
  const edges = worth.map((cycle) =>
    cycle.filter(parkable).map(({ name }) => {
      const known = names.get(name) ?? names.size;
      names.set(name, known);
      return known;
    }),
  );
  const partners = maximumMatching(edges, names.size);
  const parked: Traveller[] = [];
  worth.forEach((cycle, index) => {
    const partner = partners[index] ?? -1;
    const chosen = cycle.find((traveller) => parkable(traveller) && names.get(traveller.name) === partner);
    if (chosen !== undefined) parked.push(chosen);
  });
  const broken = new Set(parked);
  return { parked, left: cycles.filter((cycle) => !cycle.some((traveller) => broken.has(traveller))) };
}
