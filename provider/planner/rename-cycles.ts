import type { Board, Traveller } from "./board";

/**
 * The closed cycles of files that only exchange their names within one directory, by directory. Nothing else ever frees a
 * place there.
 */
export function renameCycles(board: Board): Map<number, Traveller[][]> {
  const cycles = new Map<number, Traveller[][]>();
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
    if (entry < 0) continue;
    const own = cycles.get(start.directory) ?? [];
    own.push(path.slice(entry));
    cycles.set(start.directory, own);
  }
  return cycles;
}
