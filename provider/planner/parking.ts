import { TEMPORARY_PREFIX } from "../model/paths";
import type { Board, Step, Traveller } from "./board";

/** Where a file could be parked, and whether that takes another temporary directory, so one move more. */
export interface Spot {
  readonly index: number;
  readonly opens: boolean;
}

interface Lot {
  readonly directory: number;
  readonly travellers: Traveller[];
}

/**
 * Files that wait in temporary directories. Each directory is filled by one move, and this comes before all else: so a
 * file that is found to be in the way later can still join it, if nobody in that directory ever has one of its names.
 */
export class Parking {
  private readonly lots: Lot[] = [];
  private readonly firstFor = new Map<number, number>();
  private firstOpen = 0;

  constructor(private readonly board: Board) {}

  /**
   * A spot for a file that has not set out; none for one that is not to be parked: its visibility has to be tightened
   * together with its name first, or it has a name or place already that is only for the way.
   */
  spot(traveller: Traveller): Spot | undefined {
    const { mover, name } = traveller;
    const { model } = this.board;
    const setOut = mover.goal !== undefined && !traveller.travels && (mover.moves || name === mover.newName);
    if (setOut || traveller.parked || traveller.aside || traveller.arrival >= 0) return undefined;
    if (mover.tightens && mover.renames) return undefined;
    if (!mover.moves && mover.loosens) return undefined;
    if (model.directories[mover.fromDirectory]?.startsWith(TEMPORARY_PREFIX) === true) return undefined;

    let second: Spot | undefined;
    let index = Math.max(this.firstOpen, this.firstFor.get(mover.oldName) ?? 0);
    for (let tries = 0; index < this.lots.length && tries < 16; index++, tries++) {
      const lot = this.lots[index];
      if (lot === undefined || lot.travellers.length >= model.bulkSize || !this.fits(traveller, lot.directory))
        continue;
      // Better where it can be renamed too.
      const canRename = !mover.renames || !this.board.wasUsed(model.place(lot.directory, mover.newName));
      if (canRename) return { index, opens: false };
      second ??= { index, opens: false };
    }
    if (second !== undefined) return second;
    for (index = this.lots.length; !this.fits(traveller, model.parking(index));) {
      // Something is there from before: such a directory stays empty.
      this.lots.push({ directory: model.parking(index), travellers: [] });
      index = this.lots.length;
    }
    return { index, opens: true };
  }

  private fits(traveller: Traveller, directory: number): boolean {
    const { mover, name } = traveller;
    const { board } = this;
    if (board.wasUsed(board.model.place(directory, mover.oldName))) return false;
    return name === mover.oldName || !board.wasUsed(board.model.place(directory, name));
  }

  /** Parks a file, as if it had been from the start; gives the place that it freed. */
  park(traveller: Traveller, { index }: Spot): number {
    const { board } = this;
    const { mover } = traveller;
    let lot = this.lots[index];
    if (lot === undefined) this.lots[index] = lot = { directory: board.model.parking(index), travellers: [] };
    lot.travellers.push(traveller);
    this.firstFor.set(mover.oldName, index + 1);
    while ((this.lots[this.firstOpen]?.travellers.length ?? 0) >= board.model.bulkSize) this.firstOpen++;
    traveller.parked = true;
    traveller.directory = lot.directory;
    const first = board.model.place(lot.directory, mover.oldName);
    const left = board.shift(traveller, first);
    if (traveller.name !== mover.oldName) board.shift(traveller, board.model.place(lot.directory, traveller.name));
    return left;
  }

  /** Parks one file now and not before all else, by a move of its own; gives the place that it freed. */
  parkNow(traveller: Traveller): number {
    const { model } = this.board;
    let index = 0;
    while (this.board.wasUsed(model.place(model.parking(index), traveller.name))) index++;
    traveller.parked = true;
    const [left] = this.board.move([traveller], model.parking(index));
    return left ?? -1;
  }

  /** The moves that have to come before all else. */
  steps(): Step[] {
    return this.lots
      .filter((lot) => lot.travellers.length > 0)
      .map(({ travellers, directory }) => ({ kind: "move", travellers, directory }));
  }
}
