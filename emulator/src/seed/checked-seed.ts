import type { Visibility } from "../store/rows";

/** A file of a seed that has been checked. */
export interface CheckedSeedFile {
  readonly path: string;
  readonly visibility: Visibility;
  readonly content: Buffer | { readonly size: number } | { readonly source: string };
  readonly id: string | undefined;
  readonly metadata: unknown;
}

/** A bucket of a seed that has been checked. */
export interface CheckedSeedBucket {
  readonly name: string;
  readonly plan: string;
  readonly files: readonly CheckedSeedFile[];
}

/** The plan of a bucket that names none. */
export const DEFAULT_PLAN = "developer";
