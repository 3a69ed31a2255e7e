import type { Visibility } from "../model/managed-file";
import { NONE, type Model, type Mover } from "./model";

/** One request, with travellers for ids and indexes for names and directories. */
export type Step =
  | { readonly kind: "move"; readonly travellers: Traveller[]; readonly directory: number }
  | { readonly kind: "patch"; readonly traveller: Traveller; readonly name?: number; readonly visibility?: Visibility };

/** One file on its way. */
export interface Traveller {
  readonly mover: Mover;
  directory: number;
  name: number;
  place: number;
  /** The place that is kept for it by the move that is being put together, or none. */
  arrival: number;
  /** The place that is kept for it to be renamed to before that move, or none. */
  via: number;
  tightened: boolean;
  loosened: boolean;
  parked: boolean;
  aside: boolean;
  /** Whether a move into its new directory is still to come. */
  travels: boolean;
  /** Whether nothing that is free now could take it in its new directory. */
  blocked: boolean;
  stamp: number;
  /** The indexes of the requests that renamed and tightened it last, or none. */
  renamedAt: number;
  tightenedAt: number;
}

/**
 * Whether a file can be given its new name before it moves. What becomes public gets it last; what waits in a temporary
 * directory got it there, if it could.
 */
export function renamesBefore({ loosened, parked, travels }: Traveller): boolean {
  return loosened && !(parked && travels);
}

/** Holds every place that is never given up. */
export const FIXED = { place: NONE, arrival: NONE } as Traveller;

/**
 * Who holds which place while a plan is put together, and the requests so far, in an order in which each finds its
 * targets free.
 */
export class Board {
  readonly travellers: Traveller[];
  /** Requests that come before all others: they hide files, which takes no place. */
  readonly first: Step[] = [];
  /** The others; one that was made in vain leaves a gap. */
  readonly steps: (Step | undefined)[] = [];
  private readonly holders: (Traveller | undefined)[];
  private readonly used: boolean[];

  constructor(readonly model: Model) {
    this.holders = new Array<Traveller | undefined>(model.placeCount).fill(undefined);
    this.used = new Array<boolean>(model.placeCount).fill(false);
    this.travellers = model.movers.map((mover) => this.enter(mover));
    for (const place of model.fixed) this.put(FIXED, place);
  }

  private enter(mover: Mover): Traveller {
    const traveller: Traveller = {
      mover,
      directory: mover.fromDirectory,
      name: mover.oldName,
      place: mover.from,
      arrival: NONE,
      via: NONE,
      tightened: !mover.tightens,
      loosened: !mover.loosens,
      parked: false,
      aside: false,
      travels: mover.moves,
      blocked: false,
      stamp: 0,
      renamedAt: NONE,
      tightenedAt: NONE,
    };
    this.put(traveller, mover.from);
    return traveller;
  }

  holder(place: number): Traveller | undefined {
    return this.holders[place];
  }

  isFree(place: number, traveller: Traveller): boolean {
    const holder = this.holders[place];
    return holder === undefined || holder === traveller;
  }

  /** Whether anyone ever held the place. */
  wasUsed(place: number): boolean {
    return this.used[place] === true;
  }

  put(traveller: Traveller, place: number): void {
    this.holders[place] = traveller;
    this.used[place] = true;
  }

  leave(traveller: Traveller, place: number): void {
    if (this.holders[place] === traveller) this.holders[place] = undefined;
  }

  /** Where a file would be if it had its new name now. */
  placeRenamed(traveller: Traveller): number {
    const { mover, directory } = traveller;
    if (directory === mover.toDirectory) return mover.to;
    if (directory === mover.fromDirectory && mover.renamed !== NONE) return mover.renamed;
    return this.model.place(directory, mover.newName);
  }

  /** Where a file would be in its new directory with the name that it has now. */
  placeMoved(traveller: Traveller): number {
    const { mover, name } = traveller;
    if (name === mover.newName) return mover.to;
    if (name === mover.oldName && mover.moved !== NONE) return mover.moved;
    return this.model.place(mover.toDirectory, name);
  }

  /** A PATCH; gives the place that it freed, or none. */
  patch(traveller: Traveller, name: number | undefined, visibility: Visibility | undefined): number {
    this.steps.push({
      kind: "patch",
      traveller,
      ...(name !== undefined && { name }),
      ...(visibility !== undefined && { visibility }),
    });
    if (visibility === "PRIVATE") {
      traveller.tightened = true;
      traveller.tightenedAt = this.steps.length - 1;
    }
    if (name !== undefined) traveller.renamedAt = this.steps.length - 1;
    if (visibility === "PUBLIC") traveller.loosened = true;
    if (name === undefined) return NONE;
    traveller.name = name;
    return this.shift(traveller, this.model.place(traveller.directory, name));
  }

  /** Hides a file by a request of its own. */
  hide(traveller: Traveller): void {
    traveller.tightened = true;
    this.first.push({ kind: "patch", traveller, visibility: "PRIVATE" });
  }

  /** Gives a file its new name where it is, and with it the visibility that this request may bring. */
  rename(traveller: Traveller): number {
    const last = !traveller.travels;
    const visibility = !traveller.tightened ? "PRIVATE" : last && !traveller.loosened ? "PUBLIC" : undefined;
    return this.patch(traveller, traveller.mover.newName, visibility);
  }

  /** Gives a file a temporary name where it is: one request more than it would need. */
  renameAside(traveller: Traveller): number {
    traveller.aside = true;
    return this.patch(
      traveller,
      this.model.temporaryName(traveller.mover),
      traveller.tightened ? undefined : "PRIVATE",
    );
  }

  /** A move of files into one directory; gives the places that it freed. */
  move(travellers: Traveller[], directory: number): number[] {
    this.steps.push({ kind: "move", travellers, directory });
    return travellers.map((traveller) => {
      traveller.directory = directory;
      traveller.arrival = NONE;
      traveller.via = NONE;
      if (directory === traveller.mover.toDirectory) traveller.travels = false;
      return this.shift(traveller, this.model.place(directory, traveller.name));
    });
  }

  /** Puts a file elsewhere without a request: whoever calls this writes the request down. */
  shift(traveller: Traveller, place: number): number {
    const left = traveller.place;
    if (left === place) return NONE;
    this.leave(traveller, left);
    this.put(traveller, place);
    traveller.place = place;
    return left;
  }
}
