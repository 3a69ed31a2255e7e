import { FIXED, type Board, type Traveller } from "./board";
import type { Group, Groups } from "./groups";
import type { Parking } from "./parking";
import type { Placing } from "./placing";
import type { Variation } from "./variation";

/** Something that gets one file out of the way, and how many requests it adds. */
export interface Remedy {
  readonly cost: number;
  readonly apply: () => void;
}

// In a long queue any file will do; looking at all of them would cost more than it saves.
const LOOKED_AT = 8;

/** Finds what lets a file into its new directory when needed renames don't. */
export class Unblocking {
  constructor(
    private readonly board: Board,
    private readonly groups: Groups,
    private readonly parking: Parking,
    private readonly placing: Placing,
    private readonly variation: Variation,
  ) {}

  /** The cheapest remedies for one file of a group, cheapest first. */
  remedies(traveller: Traveller): Remedy[] {
    const { board, placing } = this;
    const { mover } = traveller;
    const found: Remedy[] = [];
    const canRename = placing.canRename(traveller);
    const renamed = mover.renames && traveller.name !== mover.newName ? board.placeRenamed(traveller) : -1;
    const waits = (place: number, deeper = true): void => {
      const { line, opens } = placing.queue(place, traveller);
      if (opens) return;
      for (const holder of line.slice(0, LOOKED_AT)) this.aside(holder, found);
      const last = line[line.length - 1];
      if (line.length > LOOKED_AT && last !== undefined) this.aside(last, found);
      if (last !== undefined && placing.isSwayable(last) && deeper) waits(board.placeRenamed(last), false);
    };

    if (renamed >= 0 && traveller.tightened) waits(board.placeMoved(traveller));
    const opensThere = placing.queue(mover.to, traveller).opens;
    if (renamed < 0 || (canRename && placing.queue(renamed, traveller).opens)) {
      if (!opensThere) waits(mover.to);
    } else if (opensThere && canRename) {
      this.park(traveller, found);
      waits(renamed);
    }
    if (renamed >= 0 && !traveller.aside) this.rename(traveller, found);
    return this.variation.shuffled(found).sort((one, other) => one.cost - other.cost);
  }

  private aside(holder: Traveller, found: Remedy[]): void {
    if (holder === FIXED || holder.arrival >= 0) return;
    this.park(holder, found);
    if (holder.mover.renames && holder.name !== holder.mover.newName && !holder.aside) this.rename(holder, found);
    else if (holder.travels && !holder.parked) this.parkNow(holder, found);
  }

  private park(holder: Traveller, found: Remedy[]): void {
    const { parking, placing, groups } = this;
    const spot = parking.spot(holder);
    if (spot === undefined) return;
    const comesHome = holder.mover.goal !== undefined && !holder.mover.moves;
    const group = comesHome ? groups.of(holder) : undefined;
    found.push({
      cost: (spot.opens ? 1 : 0) + (comesHome ? this.homeCost(group) : 0),
      apply: () => {
        // Looking for other remedies may have renamed it since.
        const now = parking.spot(holder);
        if (now === undefined) return;
        const left = parking.park(holder, now);
        if (comesHome) groups.join(holder);
        placing.note(holder, left);
      },
    });
  }

  private homeCost(group: Group | undefined): number {
    if (group === undefined || group.remaining === 0) return 1;
    return group.remaining % this.board.model.bulkSize === 0 ? 1 : 0;
  }

  private rename(holder: Traveller, found: Remedy[]): void {
    found.push({
      cost: 1,
      apply: () => {
        if (holder.name === holder.mover.newName) return;
        this.placing.note(holder, this.board.renameAside(holder));
      },
    });
  }

  private parkNow(holder: Traveller, found: Remedy[]): void {
    found.push({
      cost: 1,
      apply: () => {
        this.placing.note(holder, this.parking.parkNow(holder));
      },
    });
  }
}
