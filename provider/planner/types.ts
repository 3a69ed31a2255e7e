import type { Visibility } from "../model/managed-file";

/** A file as it is now. */
export interface LayoutFile {
  readonly id: string;
  /** The full path in the bucket. */
  readonly path: string;
  readonly visibility: Visibility;
}

/** Where a file is to be, and who may see it there; without `visibility` that stays as it is. */
export interface LayoutGoal {
  readonly path: string;
  readonly visibility?: Visibility;
}

/** What a layout is planned from. */
export interface LayoutProblem {
  /** Every file that the layout manages, as it is now. One without a goal stays where it is. */
  readonly files: readonly LayoutFile[];
  /** Where each file is to be, by file id. */
  readonly goals: ReadonlyMap<string, LayoutGoal>;
  /** The full paths of the bucket's other files: they are never touched, and their places never taken. */
  readonly strangers?: Iterable<string>;
  /** Ids out of `files` to delete, after everything else. One that is in the way is moved aside first. */
  readonly deletes?: readonly string[];
  /**
   * The most ids that one move may carry.
   *
   * @default 100
   */
  readonly bulkSize?: number;
  /** Whether goals may lie in the temporary folder, as those of files that only pass there do. */
  readonly passing?: boolean;
}

/** A move of files into a directory (`""` is the root), each with the name that it has. May be applied in part. */
export interface MoveRequest {
  readonly kind: "move";
  readonly ids: readonly string[];
  readonly directory: string;
}

/** A change of one file's name, visibility, or both. */
export interface PatchRequest {
  readonly kind: "patch";
  readonly id: string;
  readonly name?: string;
  readonly visibility?: Visibility;
}

/** The end of one file. */
export interface DeleteRequest {
  readonly kind: "delete";
  readonly id: string;
}

/** One request of a plan. */
export type LayoutRequest = MoveRequest | PatchRequest | DeleteRequest;

/** The requests that bring a layout about. */
export interface LayoutPlan {
  /**
   * The requests by level. Those of one level are safe at the same time and in any order, also where a move is applied
   * one file at a time; a level starts when every request before it has succeeded.
   */
  readonly levels: readonly (readonly LayoutRequest[])[];
  /** How many requests there are in all. */
  readonly requests: number;
  /** How many no plan can do without: see {@link lowerBound}. */
  readonly lowerBound: number;
  /** The ids of files that wait in a temporary directory on their way. */
  readonly parked: readonly string[];
  /** The ids of files that have a temporary name on their way. */
  readonly renamedAside: readonly string[];
}

/** Why a layout can't be brought about. */
export type LayoutFaultKind =
  | "unknown-file"
  | "duplicate-file"
  | "goal-of-deleted-file"
  | "invalid-path"
  | "duplicate-path"
  | "case-collision"
  | "path-held";

/** One thing that is wrong with a layout, and the file whose goal it is. */
export interface LayoutFault {
  readonly kind: LayoutFaultKind;
  readonly id: string;
  readonly path?: string;
  /** The other file concerned, where it is one of the layout's. */
  readonly otherId?: string;
  readonly reason: string;
}

/** A plan, or everything that is wrong with what it was asked of. */
export type LayoutPlanning =
  { readonly ok: true; readonly plan: LayoutPlan } | { readonly ok: false; readonly faults: readonly LayoutFault[] };
