import { Board, type Step, type Traveller } from "./board";
import { Groups, type Group } from "./groups";
import { NONE, type Model } from "./model";
import { Parking } from "./parking";
import { Placing } from "./placing";
import { renameCycles } from "./rename-cycles";
import { Unblocking, type Allowance } from "./unblocking";
import type { Variation } from "./variation";

// How many files of a group are looked at in vain, beyond what one move carries, before its move is given up.
const IN_VAIN = 512;

// Where a group lacks no more than this, those that seem to lack as much are tried before anything is put out of its way.
const MOST_CHECKED = 4;

/**
 * A plan with bulk moves: again and again the directory that lacks the fewest files for its next full move gets it.
 * Where every directory lacks some, files in the way are parked, all of them by moves that come before all else.
 */
export class BulkPlan {
  readonly board: Board;
  private readonly groups: Groups;
  private readonly parking: Parking;
  private readonly placing: Placing;
  private readonly unblocking: Unblocking;

  constructor(
    model: Model,
    private readonly variation: Variation,
  ) {
    this.board = new Board(model);
    this.groups = new Groups(this.board, variation);
    this.parking = new Parking(this.board);
    this.placing = new Placing(this.board, this.groups, variation);
    this.unblocking = new Unblocking(this.board, this.groups, this.parking, this.placing, variation);
  }

  /** The requests in an order in which each is safe; `undefined` where this way leads nowhere. */
  steps(): Step[] | undefined {
    this.begin();
    for (let next = this.groups.next(); next !== undefined; next = this.groups.next()) {
      const { group, lack } = next;
      this.fill(group);
      const short = this.groups.leastNext(group) - group.claimed;
      const isKnown = short > MOST_CHECKED || group.checkedAt === this.board.steps.length;
      if (short > lack || (short > 0 && (!isKnown || !this.clear(group)))) {
        this.postpone(group);
        continue;
      }
      if (group.claimed === 0) return undefined;
      this.move(group, claimed(group));
    }
    this.finish();
    if (this.board.travellers.some(({ travels }) => travels)) return undefined;
    return this.parking.steps();
  }

  /** Gives up what is claimed for a group's next move, and lets other groups go first. */
  private postpone(group: Group): void {
    const short = this.groups.leastNext(group) - group.claimed;
    for (const traveller of claimed(group)) this.placing.release(traveller);
    group.checkedAt = this.board.steps.length;
    this.groups.fellShort(group, short);
  }

  private begin(): void {
    const { board, placing } = this;
    for (const traveller of board.travellers) {
      const { mover } = traveller;
      if (!traveller.tightened && !mover.renames) board.hide(traveller);
      // A change of case alone, where the store may ignore case, takes nobody's place.
      if (mover.renames && !mover.moves && mover.from === mover.to) board.rename(traveller);
    }
    for (const traveller of board.travellers) {
      // A file to be deleted goes last, so it has to leave a place that is wanted.
      if (traveller.mover.goal !== undefined || this.groups.owner(traveller.place) === undefined) continue;
      if (this.parking.canPark(traveller)) this.unblocking.park(traveller);
    }
    this.breakNameCycles();
    for (const traveller of board.travellers) {
      if (!traveller.mover.moves && placing.canRename(traveller)) placing.freed(traveller.mover.to);
    }
  }

  /**
   * Breaks cycles of names within one directory: where one move brings home a file of each, these are parked, and else one
   * file of each has a temporary name for a while.
   */
  private breakNameCycles(): void {
    const { board, groups, parking, unblocking, placing } = this;
    const { bulkSize } = board.model;
    for (const [directory, cycles] of renameCycles(board)) {
      const chosen = cycles.map((cycle) => {
        const able = cycle.filter((traveller) => parking.canPark(traveller));
        return able.find((traveller) => parking.fits(traveller)) ?? able[0];
      });
      const parked = chosen.filter((traveller) => traveller !== undefined);
      const arriving = groups.in(directory)?.remaining ?? 0;
      const moves = Math.ceil((arriving + parked.length) / bulkSize) - Math.ceil(arriving / bulkSize);
      const opened = parked.some((traveller) => !parking.fits(traveller)) ? 1 : 0;
      const parks = moves + opened < parked.length;
      cycles.forEach(([first], index) => {
        const traveller = chosen[index];
        if (parks && traveller !== undefined) unblocking.park(traveller);
        else if (first !== undefined) placing.note(first, board.renameAside(first));
      });
    }
  }

  /** Claims places for as many files of a group as one move carries. */
  private fill(group: Group): void {
    const { bulkSize } = this.board.model;
    let vain = 0;
    // First those that have no choice: a file with a choice may come to rest in the place of one that has none.
    const members = this.variation.ordered(group.members);
    for (const choosy of [true, false]) {
      for (const traveller of members) {
        if (group.claimed >= bulkSize || vain > IN_VAIN + bulkSize) return;
        if (!traveller.travels || traveller.arrival >= 0) continue;
        const rigid = !traveller.mover.renames || traveller.name === traveller.mover.newName || !traveller.tightened;
        if (rigid !== choosy) continue;
        if (!this.placing.reserve(traveller)) vain++;
      }
    }
  }

  /**
   * Gets files out of the way until the group's next move is full, or a second move is cheaper. Says whether that move is to
   * be made now: who has set out for another temporary directory may have made room for other groups too.
   */
  private clear(group: Group): boolean {
    const { groups, parking, unblocking } = this;
    const isFull = (): boolean => group.claimed >= groups.leastNext(group);
    const admitAll = (allowed: Allowance): void => {
      const { opened } = parking;
      let vain = 0;
      for (const traveller of this.variation.ordered(group.members)) {
        if (isFull() || vain > IN_VAIN || parking.opened > opened) return;
        if (!traveller.travels || traveller.arrival !== NONE) continue;
        if (!unblocking.admit(traveller, allowed)) vain++;
      }
    };
    const { opened } = parking;
    admitAll({ opens: 0, price: 0 });
    if (!isFull()) admitAll({ opens: 1, price: this.variation.chance(4) ? 1 : 0 });
    if (!isFull() && parking.opened > opened) {
      admitAll({ opens: 0, price: 0 });
      return isFull();
    }
    // A second move costs as much as a request for the one that is missing, and what is in the way may have gone by then.
    if (!isFull() && group.claimed > 0 && !group.split && group.claimed + 1 < groups.leastNext(group)) {
      group.split = true;
      return true;
    }
    for (const price of [1, 3])
      while (!isFull()) {
        const { claimed } = group;
        admitAll({ opens: 1, price });
        if (group.claimed === claimed) break;
      }
    return true;
  }

  private move(group: Group, placed: Traveller[]): void {
    const { board, groups, placing } = this;
    const left: number[] = [];
    for (const traveller of placed) if (traveller.via !== NONE) left.push(board.rename(traveller));
    left.push(...board.move(placed, group.directory));
    groups.arrived(group, placed);
    for (const place of left) if (place !== NONE) placing.freed(place);
    for (const { mover } of placed) placing.freed(mover.to);
  }

  /** Breaks what cycles of names are left, and loosens what could not be loosened on the way. */
  private finish(): void {
    const { board, placing } = this;
    const rename = (traveller: Traveller): void => {
      placing.freed(board.rename(traveller), true);
    };
    const pending = (): Traveller[] => board.travellers.filter((traveller) => placing.canRename(traveller));
    for (const traveller of pending()) {
      if (placing.canRename(traveller) && board.isFree(traveller.mover.to, traveller)) rename(traveller);
    }
    for (const traveller of pending()) {
      if (placing.canRename(traveller)) placing.freed(board.renameAside(traveller), true);
    }
    for (const traveller of board.travellers) {
      if (!traveller.loosened) board.patch(traveller, undefined, "PUBLIC");
    }
  }
}

function claimed(group: Group): Traveller[] {
  return group.members.filter(({ arrival, travels }) => travels && arrival !== NONE);
}
