import { FIXED, renamesBefore, type Board, type Traveller } from "./board";
import type { Groups } from "./groups";
import { NONE } from "./model";
import type { Parking } from "./parking";
import type { Placing } from "./placing";
import type { Variation } from "./variation";

/** What lets a file into its new directory: files that are parked, and files that have a temporary name for a while. */
interface Remedy {
  readonly parks: readonly Traveller[];
  readonly renames: readonly Traveller[];
  /** How many temporary directories it opens, which others may share. */
  readonly opens: number;
  /** How many requests it takes for itself alone. */
  readonly price: number;
}

/** What a remedy may cost. */
export interface Allowance {
  readonly opens: number;
  readonly price: number;
}

/** Finds what lets a file into its new directory where needed renames don't. */
export class Unblocking {
  constructor(
    private readonly board: Board,
    private readonly groups: Groups,
    private readonly parking: Parking,
    private readonly placing: Placing,
    private readonly variation: Variation,
  ) {}

  /** Claims a place for a file in its group's next move, with others put out of the way for it as far as that is allowed. */
  admit(traveller: Traveller, allowed: Allowance): boolean {
    const { placing } = this;
    // What is put out of the way may only uncover the next one.
    for (let round = 0; round < 4; round++) {
      if (placing.reserve(traveller)) return true;
      const remedy = this.cheapest(traveller, allowed);
      if (remedy === undefined) return false;
      for (const one of remedy.renames) placing.note(one, this.board.renameAside(one));
      for (const one of remedy.parks) this.park(one);
      if (remedy.opens > 0) break;
    }
    return placing.reserve(traveller);
  }

  private cheapest(traveller: Traveller, allowed: Allowance): Remedy | undefined {
    const { board, placing } = this;
    const { mover, name } = traveller;
    let best: Remedy | undefined;
    const consider = (...blockers: (Traveller | "none" | undefined)[]): void => {
      const remedy = this.remedy(blockers, allowed);
      if (remedy === undefined || remedy.opens > allowed.opens || remedy.price > allowed.price) return;
      if (best === undefined || weight(remedy) < weight(best) + (this.variation.chance(4) ? 1 : 0)) best = remedy;
    };
    const final = this.blocker(mover.to, traveller, allowed);
    if (!mover.renames || name === mover.newName) {
      consider(final);
      return best;
    }
    const moved = board.placeMoved(traveller);
    if (traveller.tightened && !placing.closesCycle(traveller, moved)) {
      consider(this.blocker(moved, traveller, allowed));
    }
    if (renamesBefore(traveller)) {
      consider(final, this.blocker(board.placeRenamed(traveller), traveller, allowed));
      if (this.parking.canPark(traveller)) consider(final, traveller);
    }
    const isAllowed = allowed.price > 0 && canRenameAside(traveller);
    if (isAllowed && (best === undefined || (best.opens > 0 && this.variation.chance(3)))) {
      return { parks: [], renames: [traveller], opens: 0, price: 1 };
    }
    return best;
  }

  /** Who has to be put out of the way for a place to become free, or none; `undefined` where nobody who could be would help. */
  private blocker(place: number, traveller: Traveller, { price }: Allowance): Traveller | "none" | undefined {
    const { line, opens } = this.placing.queue(place, traveller);
    if (opens) return "none";
    const able = line.filter((holder) => this.parking.canPark(holder));
    const first = able.find((holder) => holder.travels && holder.arrival === NONE) ?? able[0];
    return first ?? (price > 0 ? line.find((holder) => canRenameAside(holder)) : undefined);
  }

  private remedy(blockers: readonly (Traveller | "none" | undefined)[], allowed: Allowance): Remedy | undefined {
    const parks: Traveller[] = [];
    const renames: Traveller[] = [];
    let price = 0;
    let opens = 0;
    for (const blocker of blockers) {
      if (blocker === undefined) return undefined;
      if (blocker === "none" || parks.includes(blocker) || renames.includes(blocker)) continue;
      const fits = this.parking.fits(blocker);
      // A temporary name costs as much as a temporary directory, which may serve others too.
      const either = allowed.price > 0 && !fits && canRenameAside(blocker);
      if (this.parking.canPark(blocker) && !(either && this.variation.chance(3))) {
        parks.push(blocker);
        price += this.priceOfComingHome(blocker);
        if (!fits) opens = 1;
      } else {
        renames.push(blocker);
        price += 1;
      }
    }
    return { parks, renames, opens, price };
  }

  /** Whether a file that has only its name to change would need a move of its own to come back. */
  private priceOfComingHome(traveller: Traveller): number {
    if (traveller.mover.goal === undefined || traveller.travels) return 0;
    const remaining = this.groups.of(traveller)?.remaining ?? 0;
    return remaining % this.board.model.bulkSize === 0 ? 1 : 0;
  }

  /** Parks a file; one that had a place claimed claims another. */
  park(traveller: Traveller): void {
    const { groups, parking, placing } = this;
    const claimed = traveller.arrival !== NONE;
    if (claimed) placing.release(traveller);
    const left = parking.park(traveller);
    if (traveller.mover.goal !== undefined && !traveller.travels) groups.join(traveller);
    placing.note(traveller, left);
    if (claimed) placing.reserve(traveller);
  }
}

function canRenameAside(traveller: Traveller): boolean {
  if (traveller === FIXED || traveller.aside || traveller.arrival !== NONE) return false;
  const { mover, name } = traveller;
  return mover.goal !== undefined && mover.renames && name !== mover.newName;
}

function weight({ opens, price, parks }: Remedy): number {
  return (opens + price) * 1000 + parks.length;
}
