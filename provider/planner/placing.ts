import { FIXED, renamesBefore, type Board, type Traveller } from "./board";
import type { Groups } from "./groups";
import { NONE } from "./model";
import type { Variation } from "./variation";

// Longer queues for one place are better cut than waited for.
const LONGEST_QUEUE = 256;

/** Those who would have to give way one after the other for a place to be free, each with the place that it would leave. */
interface Queue {
  readonly line: Traveller[];
  readonly places: number[];
  /** Whether they all can; else the last one can't. */
  readonly opens: boolean;
}

/** Finds places: by renames that are needed anyway, done now. */
export class Placing {
  private walks = 0;

  constructor(
    private readonly board: Board,
    private readonly groups: Groups,
    private readonly variation: Variation,
  ) {}

  /** Whether a file can be given its new name where it is without a request more than it needs. */
  canRename(traveller: Traveller): boolean {
    const { mover, name, arrival } = traveller;
    if (traveller === FIXED || mover.goal === undefined || name === mover.newName || arrival !== NONE) return false;
    return renamesBefore(traveller) || !traveller.travels;
  }

  /** Tells who waits for it that a file has left a place and taken another; lets in whose place it is. */
  note(traveller: Traveller, left: number): void {
    this.groups.changed(traveller.place);
    this.groups.refresh(traveller);
    if (left !== NONE) this.freed(left);
  }

  /**
   * Lets a file that only waits for its final name have it, and the next one after it; or, where they keep out of the
   * way until they are called, nobody.
   */
  freed(place: number, lets = !this.variation.waits): void {
    for (let next = place; next !== NONE;) {
      this.groups.changed(next);
      if (!lets) return;
      const owner = this.groups.owner(next);
      if (owner === undefined || owner.travels || !this.canRename(owner) || !this.board.isFree(next, owner)) return;
      next = this.board.rename(owner);
      this.groups.changed(owner.place);
    }
  }

  queue(place: number, traveller: Traveller): Queue {
    const line: Traveller[] = [];
    const places: number[] = [];
    // Another queue may be looked at in the middle of this one: see `placeAfter`.
    const stamp = ++this.walks;
    for (let at = place, before = traveller; line.length < LONGEST_QUEUE;) {
      const holder = this.board.holder(at);
      if (holder === undefined || holder === before) return { line, places, opens: true };
      if (holder === FIXED || holder === traveller || holder.stamp === stamp) break;
      line.push(holder);
      places.push(at);
      holder.stamp = stamp;
      before = holder;
      at = this.placeAfter(holder, at);
      if (at === NONE) break;
    }
    return { line, places, opens: false };
  }

  /** Where a file would go if it had to leave a place that it holds or keeps, or none. */
  private placeAfter(holder: Traveller, place: number): number {
    const { board } = this;
    const { mover, arrival, via } = holder;
    if (arrival === NONE) return this.canRename(holder) ? board.placeRenamed(holder) : NONE;
    if (via !== NONE) {
      // Renamed already it leaves its old place; not renamed it comes to another one.
      if (place === holder.place) return via;
      if (place !== arrival || !holder.tightened) return NONE;
      const moved = board.placeMoved(holder);
      return this.closesCycle(holder, moved) ? NONE : moved;
    }
    return place === arrival && this.isSwayable(holder) && this.open(board.placeRenamed(holder), holder)
      ? mover.to
      : NONE;
  }

  /** Whether a file for which a place under its old name is kept could come with its new one. */
  isSwayable(traveller: Traveller): boolean {
    const { arrival, via, place, name, mover } = traveller;
    const passes = arrival !== NONE && via === NONE && arrival !== place && name !== mover.newName;
    return passes && renamesBefore(traveller);
  }

  private giveWay(holder: Traveller, place: number): boolean {
    const { board, groups } = this;
    const { arrival, via } = holder;
    // It went already, while the rest of the queue was looked at.
    if (board.holder(place) !== holder) return true;
    if (arrival === NONE || (via !== NONE && place === holder.place)) {
      if (!board.isFree(board.placeRenamed(holder), holder)) return false;
      holder.via = NONE;
      const left = board.rename(holder);
      groups.changed(holder.place);
      groups.refresh(holder);
      groups.changed(left);
      return true;
    }
    const through = via === NONE ? board.placeRenamed(holder) : NONE;
    const target = via === NONE ? holder.mover.to : board.placeMoved(holder);
    if (!board.isFree(target, holder) || (through !== NONE && !board.isFree(through, holder))) return false;
    board.leave(holder, place);
    if (via !== NONE && via !== holder.place) board.leave(holder, via);
    this.take(holder, target, through);
    groups.changed(place);
    if (via !== NONE) groups.changed(via);
    return true;
  }

  /** Makes a place free if needed renames do it. */
  open(place: number, traveller: Traveller): boolean {
    if (this.board.isFree(place, traveller)) return true;
    const { line, places, opens } = this.queue(place, traveller);
    if (!opens) return false;
    for (let last = line.length - 1; last >= 0; last--) {
      const holder = line[last];
      if (holder === undefined || !this.giveWay(holder, places[last] ?? NONE)) return false;
    }
    return this.board.isFree(place, traveller);
  }

  /** Keeps a place for a file in the move that is being put together, and the place where it is renamed before. */
  reserve(traveller: Traveller): boolean {
    const { board } = this;
    const { mover } = traveller;
    if (!mover.renames || traveller.name === mover.newName) {
      return this.open(mover.to, traveller) && this.take(traveller, mover.to, NONE);
    }
    const first = this.variation.movesFirst !== this.variation.chance(4);
    for (const others of [false, true]) {
      const find = (place: number): boolean => (others ? this.open(place, traveller) : board.isFree(place, traveller));
      for (const moves of [first, !first]) {
        if (moves) {
          if (!traveller.tightened) continue;
          const place = board.placeMoved(traveller);
          if (this.closesCycle(traveller, place)) continue;
          const found = find(place);
          // Making room may have come round to the file itself.
          if (traveller.name === mover.newName) return this.reserve(traveller);
          if (found) return this.take(traveller, place, NONE);
        } else if (renamesBefore(traveller)) {
          const through = board.placeRenamed(traveller);
          const found = find(mover.to) && find(through) && board.isFree(mover.to, traveller);
          if (traveller.name === mover.newName) return this.reserve(traveller);
          if (found) return this.take(traveller, mover.to, through);
        }
      }
    }
    return false;
  }

  /**
   * Whether a file that comes to a place under its old name would wait for its final name behind files that in the end
   * wait for it. Files that will leave the directory end such a wait.
   */
  closesCycle({ mover }: Traveller, place: number): boolean {
    for (let at = mover.to, steps = 0; steps < LONGEST_QUEUE; steps++) {
      if (at === place) return at !== mover.to;
      const holder = this.board.holder(at);
      if (holder === undefined || holder === FIXED || holder.mover.goal === undefined) return false;
      const comes = holder.travels && holder.arrival === at && holder.via === NONE;
      if ((holder.travels && !comes) || holder.mover.to === at) return false;
      at = holder.mover.to;
    }
    return false;
  }

  private take(traveller: Traveller, arrival: number, via: number): boolean {
    const group = this.groups.of(traveller);
    if (group !== undefined && traveller.arrival === NONE) group.claimed++;
    traveller.arrival = arrival;
    traveller.via = via;
    this.board.put(traveller, arrival);
    this.groups.changed(arrival);
    if (via !== NONE && via !== traveller.place) {
      this.board.put(traveller, via);
      this.groups.changed(via);
    }
    return true;
  }

  /** Gives up what was kept. */
  release(traveller: Traveller): void {
    const { arrival, via, place } = traveller;
    const group = this.groups.of(traveller);
    if (group !== undefined && arrival !== NONE) group.claimed--;
    traveller.arrival = NONE;
    traveller.via = NONE;
    for (const kept of [arrival, via]) {
      if (kept === NONE || kept === place) continue;
      this.board.leave(traveller, kept);
      this.freed(kept);
    }
  }
}
