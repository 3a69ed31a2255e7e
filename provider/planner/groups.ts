import type { Board, Traveller } from "./board";
import type { Variation } from "./variation";

/** The files that still have to come into one directory. */
export interface Group {
  readonly directory: number;
  members: Traveller[];
  remaining: number;
  /** How many of them have a place claimed in the move that is being put together. */
  claimed: number;
  /** How many of them would find a place now, as far as one looks without planning. */
  ready: number;
  /** By how much `ready` was found to promise too much. */
  penalty: number;
  /** How many requests there were when what it lacks was found out last. */
  checkedAt: number;
  /** Whether a move has been given up half full. */
  split: boolean;
}

/** The groups, the one that lacks the fewest files for its next move first. */
export class Groups {
  private readonly byDirectory = new Map<number, Group>();
  private readonly buckets: Group[][] = [];
  private readonly later: Group[][] = [];
  private readonly goalOf: (Traveller | undefined)[] = [];
  private readonly passing: (Traveller[] | undefined)[] = [];

  constructor(
    private readonly board: Board,
    private readonly variation: Variation,
  ) {
    for (const traveller of board.travellers) {
      const { mover } = traveller;
      if (mover.goal === undefined) continue;
      this.goalOf[mover.to] = traveller;
      if (mover.moves) this.join(traveller);
    }
  }

  /** The traveller whose place this is in the end. */
  owner(place: number): Traveller | undefined {
    return this.goalOf[place];
  }

  of(traveller: Traveller): Group | undefined {
    return this.byDirectory.get(traveller.mover.toDirectory);
  }

  /** The files that still have to come into a directory. */
  in(directory: number): Group | undefined {
    return this.byDirectory.get(directory);
  }

  /** Makes a file one of those that have to come into their directory by a move. */
  join(traveller: Traveller): void {
    const { toDirectory, moved } = traveller.mover;
    traveller.travels = true;
    let group = this.byDirectory.get(toDirectory);
    if (group === undefined) {
      group = {
        directory: toDirectory,
        members: [],
        remaining: 0,
        claimed: 0,
        ready: 0,
        penalty: 0,
        checkedAt: -1,
        split: false,
      };
      this.byDirectory.set(toDirectory, group);
    }
    group.members.push(traveller);
    group.remaining++;
    if (moved >= 0) (this.passing[moved] ??= []).push(traveller);
    traveller.blocked = this.isBlocked(traveller);
    if (!traveller.blocked) group.ready++;
    this.queue(group);
  }

  /** Takes note of files that have come. */
  arrived(group: Group, travellers: readonly Traveller[]): void {
    group.remaining -= travellers.length;
    group.claimed = 0;
    for (const traveller of travellers) if (!traveller.blocked) group.ready--;
    if (group.members.length > 2 * group.remaining) group.members = group.members.filter((member) => member.travels);
    group.penalty = 0;
    this.queue(group);
  }

  /** Takes note that a place became free or taken. */
  changed(place: number): void {
    const owner = this.goalOf[place];
    if (owner !== undefined) this.refresh(owner);
    for (const traveller of this.passing[place] ?? []) this.refresh(traveller);
  }

  refresh(traveller: Traveller): void {
    if (!traveller.travels) return;
    const blocked = this.isBlocked(traveller);
    if (blocked === traveller.blocked) return;
    traveller.blocked = blocked;
    const group = this.of(traveller);
    if (group === undefined) return;
    group.ready += blocked ? -1 : 1;
    this.queue(group);
  }

  /** How many files the next move has to carry so that the rest needs one move less. */
  leastNext(group: Group): number {
    return ((group.remaining - 1) % this.board.model.bulkSize) + 1;
  }

  lack(group: Group): number {
    return Math.min(Math.max(0, this.leastNext(group) - group.ready) + group.penalty, this.leastNext(group));
  }

  /** Learns by how much a group really falls short. */
  fellShort(group: Group, lack: number): void {
    group.penalty = Math.max(0, lack - Math.max(0, this.leastNext(group) - group.ready));
    // Those that seem to lack as much come first.
    (this.later[this.lack(group)] ??= []).push(group);
  }

  /** The next group to move, and what it lacks; `undefined` when every file is in its directory. */
  next(): { group: Group; lack: number } | undefined {
    // The group that could go at once may take a place that others only pass through: now and then it waits.
    return (this.variation.chance(4) ? this.from(1) : undefined) ?? this.from(0);
  }

  private from(least: number): { group: Group; lack: number } | undefined {
    for (let lack = least; lack < Math.max(this.buckets.length, this.later.length); lack++) {
      for (const groups of [this.buckets, this.later]) {
        const bucket = groups[lack];
        while (bucket !== undefined && bucket.length > 0) {
          const last = bucket.length - 1;
          const at = this.variation.choose(bucket.length);
          const group = bucket[at];
          const tail = bucket[last];
          if (tail !== undefined) bucket[at] = tail;
          bucket.length = last;
          if (group !== undefined && group.remaining > 0 && this.lack(group) === lack) return { group, lack };
        }
      }
    }
    return undefined;
  }

  queue(group: Group): void {
    if (group.remaining > 0) (this.buckets[this.lack(group)] ??= []).push(group);
  }

  private isBlocked(traveller: Traveller): boolean {
    if (this.board.isFree(traveller.mover.to, traveller)) return false;
    if (traveller.name === traveller.mover.newName || !traveller.tightened) return true;
    return !this.board.isFree(this.board.placeMoved(traveller), traveller);
  }
}
