import type { Visibility } from "../visibility";

/** One file as a policy judges it. */
export interface FileFacts {
  readonly bucket: string | undefined;
  /** Full path in the bucket. */
  readonly path: string;
  /** The key of a FileLayout's `files`; `undefined` for a ManagedFile, and for a file that no program declares. */
  readonly key?: string;
  /** `undefined`: it can't be told yet. */
  readonly visibility: Visibility | undefined;
  /** Where the visibility comes from: a declaration, a rule of the FileLayout, or the file itself. */
  readonly from: "declared" | "ruled" | "found";
  /** Whether the file is deleted with its declaration; `undefined`: it can't be told yet. */
  readonly deleted: boolean | undefined;
  /** Whether that is declared, or the default of a file that the program made. */
  readonly deletedBy: "declared" | "default";
}

/** The file as a person calls it. */
export function nameOf({ bucket, path }: Pick<FileFacts, "bucket" | "path">): string {
  return bucket === undefined ? JSON.stringify(path) : `${JSON.stringify(path)} in bucket ${JSON.stringify(bucket)}`;
}

/** The visibility that a value names. */
export function visibilityOf(value: unknown): Visibility | undefined {
  return value === "PUBLIC" || value === "PRIVATE" ? value : undefined;
}
