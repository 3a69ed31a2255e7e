import { TEMPORARY_PREFIX } from "../model/paths";
import { FIXED, type Board, type Step, type Traveller } from "./board";
import { NONE } from "./model";

/**
 * A temporary directory that one move fills. Right after that move its files are given their new names, in an order in
 * which each finds its own free: so no two have one old name, no two one new name, and old and new names close no cycle.
 */
interface Lot {
  readonly directory: number;
  /** The index of its move among the requests. */
  readonly step: number;
  readonly travellers: Traveller[];
  /** By old name: who is renamed here. */
  readonly renames: Map<number, Traveller>;
  readonly oldNames: Set<number>;
  readonly newNames: Set<number>;
}

// How many of the lots that have room are looked at for one file.
const LOOKED_AT = 100;

/**
 * Files that wait in temporary directories. One that is found to be in the way joins a move that was made earlier, where it
 * could have been there: that frees its place earlier than it is needed, and costs nothing.
 */
export class Parking {
  private readonly open: Lot[] = [];
  private readonly lots = new Map<number, Lot>();
  private readonly known: number;
  private count = 0;

  constructor(private readonly board: Board) {
    this.known = board.model.directories.length;
  }

  /** Whether a file can be parked, at no request beside the move that others may share. */
  canPark(traveller: Traveller): boolean {
    const { mover, name, arrival, tightened, loosened } = traveller;
    if (traveller === FIXED || traveller.parked || traveller.aside || !tightened) return false;
    // Renamed before its move by what is claimed for it, or comes with its final name: parking helps nobody.
    if (arrival !== NONE && (traveller.via !== NONE || name === mover.newName)) return false;
    const stays = mover.goal !== undefined && !traveller.travels;
    if (stays && (mover.moves || name === mover.newName || !loosened)) return false;
    return this.board.model.directories[mover.fromDirectory]?.startsWith(TEMPORARY_PREFIX) !== true;
  }

  /** Whether it fits into a lot that is open. */
  fits(traveller: Traveller): boolean {
    return this.lotFor(traveller) !== undefined;
  }

  private lotFor(traveller: Traveller): Lot | undefined {
    const { open } = this;
    for (let index = Math.max(0, open.length - LOOKED_AT); index < open.length; index++) {
      const lot = open[index];
      if (lot !== undefined && suits(traveller, lot)) return lot;
    }
    return undefined;
  }

  /** How many lots have been opened so far. */
  get opened(): number {
    return this.lots.size;
  }

  /** Parks a file; gives the place that it freed. */
  park(traveller: Traveller): number {
    const { board } = this;
    const { model } = board;
    const lot = this.lotFor(traveller) ?? this.openLot();
    traveller.parked = true;
    traveller.directory = lot.directory;
    const first = nameAt(traveller, lot.step);
    if (first !== traveller.name) board.steps[traveller.renamedAt] = undefined;
    if (willRename(traveller)) traveller.name = traveller.mover.newName;
    lot.travellers.push(traveller);
    lot.oldNames.add(first);
    lot.newNames.add(traveller.name);
    if (first !== traveller.name) lot.renames.set(first, traveller);
    if (lot.travellers.length >= model.bulkSize) this.open.splice(this.open.indexOf(lot), 1);
    return board.shift(traveller, model.place(lot.directory, traveller.name));
  }

  private openLot(): Lot {
    const { board } = this;
    let directory = board.model.parking(this.count++);
    // Something is there from before.
    while (directory < this.known) directory = board.model.parking(this.count++);
    const travellers: Traveller[] = [];
    const step = board.steps.push({ kind: "move", travellers, directory }) - 1;
    const lot = {
      directory,
      step,
      travellers,
      renames: new Map(),
      oldNames: new Set<number>(),
      newNames: new Set<number>(),
    };
    this.open.push(lot);
    this.lots.set(step, lot);
    return lot;
  }

  /** All requests, those in the temporary directories with them. */
  steps(): Step[] {
    const all: Step[] = [...this.board.first];
    this.board.steps.forEach((step, index) => {
      if (step !== undefined) all.push(step);
      const lot = this.lots.get(index);
      if (lot !== undefined) all.push(...renamesIn(lot));
    });
    return all;
  }
}

function suits(traveller: Traveller, { step, oldNames, newNames, renames }: Lot): boolean {
  if (traveller.tightenedAt > step) return false;
  const first = nameAt(traveller, step);
  const last = willRename(traveller) ? traveller.mover.newName : traveller.name;
  if (oldNames.has(first) || newNames.has(last)) return false;
  for (let next = renames.get(last); next !== undefined; next = renames.get(next.mover.newName)) {
    if (next.mover.newName === first) return false;
  }
  return true;
}

function nameAt({ renamedAt, mover, name }: Traveller, step: number): number {
  return renamedAt > step ? mover.oldName : name;
}

function willRename({ mover, name, loosened }: Traveller): boolean {
  return mover.goal !== undefined && name !== mover.newName && loosened;
}

function renamesIn({ renames }: Lot): Step[] {
  const steps: Step[] = [];
  const done = new Set<Traveller>();
  for (const start of renames.values()) {
    const line: Traveller[] = [];
    for (let at: Traveller | undefined = start; at !== undefined && !done.has(at); at = renames.get(at.mover.newName)) {
      done.add(at);
      line.push(at);
    }
    for (const traveller of line.reverse()) steps.push({ kind: "patch", traveller, name: traveller.mover.newName });
  }
  return steps;
}
