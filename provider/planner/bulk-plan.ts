import { Board, type Step, type Traveller } from "./board";
import { Groups, type Group } from "./groups";
import { NONE, type Model } from "./model";
import { Parking } from "./parking";
import { Placing } from "./placing";
import { chooseCycleParking, renameCycles } from "./rename-cycles";
import { Unblocking } from "./unblocking";
import type { Variation } from "./variation";

// How many files of a group are looked at in vain, beyond what one move carries, before its move is given up.
const IN_VAIN = 512;

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
  private head = 0;

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
      const placed = this.fill(group);
      const short = this.groups.leastNext(group) - placed.length;
      if (short > lack) {
        for (const traveller of placed) this.placing.release(traveller);
        this.groups.fellShort(group, short);
        continue;
      }
      if (short > 0) this.clear(group, placed);
      if (placed.length === 0) return undefined;
      this.move(group, placed);
    }
    this.finish();
    if (this.board.travellers.some(({ travels }) => travels)) return undefined;
    const { steps } = this.board;
    return [...steps.slice(0, this.head), ...this.parking.steps(), ...steps.slice(this.head)];
  }

  private begin(): void {
    const { board, placing, variation } = this;
    for (const traveller of board.travellers) {
      const { mover } = traveller;
      if (!traveller.tightened && !mover.renames) board.patch(traveller, undefined, "PRIVATE");
      // A change of case alone, where the store may ignore case, takes nobody's place.
      if (mover.renames && !mover.moves && mover.from === mover.to) board.rename(traveller);
    }
    this.head = board.steps.length;
    for (const traveller of board.travellers) {
      // A file to be deleted goes last, so it has to leave a place that is wanted.
      if (traveller.mover.goal !== undefined || this.groups.owner(traveller.place) === undefined) continue;
      const spot = this.parking.spot(traveller);
      if (spot !== undefined) placing.note(traveller, this.parking.park(traveller, spot));
    }
    const cycles = renameCycles(board);
    const arriving = (directory: number): number => this.groups.in(directory)?.remaining ?? 0;
    const choice = variation.parksCycles ? chooseCycleParking(board, cycles, arriving) : { parked: [], left: cycles };
    for (const traveller of choice.parked) {
      const spot = this.parking.spot(traveller);
      if (spot === undefined) continue;
      const left = this.parking.park(traveller, spot);
      this.groups.join(traveller);
      placing.note(traveller, left);
    }
    for (const [first] of choice.left) if (first !== undefined) placing.note(first, board.renameAside(first));
    for (const traveller of board.travellers) {
      if (!traveller.mover.moves && placing.canRename(traveller)) placing.freed(traveller.mover.to);
    }
  }

  /** Finds places for as many files of a group as one move carries. */
  private fill(group: Group): Traveller[] {
    const { bulkSize } = this.board.model;
    const placed: Traveller[] = [];
    let vain = 0;
    // First those that have no choice: a file with a choice may come to rest in the place of one that has none.
    const members = this.variation.shuffled(group.members);
    for (const choosy of [true, false]) {
      for (const traveller of members) {
        if (placed.length >= bulkSize || vain > IN_VAIN + bulkSize) return placed;
        if (!traveller.travels || traveller.arrival >= 0) continue;
        const rigid = !traveller.mover.renames || traveller.name === traveller.mover.newName || !traveller.tightened;
        if (rigid !== choosy) continue;
        if (this.placing.reserve(traveller)) placed.push(traveller);
        else vain++;
      }
    }
    return placed;
  }

  /** Gets files out of the way until the group's next move is full, or a second move is cheaper. */
  private clear(group: Group, placed: Traveller[]): void {
    const { groups } = this;
    for (let opened = false; ;) {
      const missing = groups.leastNext(group) - placed.length;
      if (missing <= 0) return;
      this.helpAll(group, placed, 0);
      const still = groups.leastNext(group) - placed.length;
      // Where one file is missing, a request for it costs as much as a second move.
      if (still <= 0 || (placed.length > 0 && still > 1 && (opened || this.variation.splits))) return;
      if (!this.helpAll(group, placed, 1)) return;
      opened = true;
    }
  }

  /** Lets in files of a group, each at no more than a cost; where that is more than nothing, only one. */
  private helpAll(group: Group, placed: Traveller[], cost: number): boolean {
    let vain = 0;
    for (const traveller of this.variation.shuffled(group.members)) {
      if (placed.length >= this.groups.leastNext(group) || vain > IN_VAIN) return false;
      if (!traveller.travels || traveller.arrival !== NONE) continue;
      if (this.help(traveller, cost)) {
        placed.push(traveller);
        if (cost > 0) return true;
      } else vain++;
    }
    return false;
  }

  private help(traveller: Traveller, allowed: number): boolean {
    const { placing, unblocking } = this;
    for (let round = 0; round < 3; round++) {
      if (placing.reserve(traveller)) return true;
      const [remedy] = unblocking.remedies(traveller);
      if (remedy === undefined || remedy.cost > allowed) return false;
      remedy.apply();
    }
    return placing.reserve(traveller);
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
