/** Who may read a file. */
export type Visibility = "PUBLIC" | "PRIVATE";

/** A file as the store keeps it. Times are milliseconds since the epoch. */
export interface FileRow {
  /** Order of creation. */
  readonly seq: number;
  readonly id: string;
  readonly bucket: string;
  readonly path: string;
  /** A shown name that is not the path's last segment. */
  readonly label: string | null;
  readonly size: number;
  readonly visibility: Visibility;
  /** Names the content: see `ContentStore`. */
  readonly blob: string;
  readonly sha256: string | null;
  /** JSON. */
  readonly metadata: string;
  /** How often the visibility has changed. */
  readonly urlVersion: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The columns of a file, but for `seq`, which the database gives. */
export const fileColumns = [
  "id",
  "bucket",
  "path",
  "label",
  "size",
  "visibility",
  "blob",
  "sha256",
  "metadata",
  "urlVersion",
  "createdAt",
  "updatedAt",
] as const satisfies readonly (keyof FileRow)[];

/** A file to be stored. */
export type NewFile = Omit<FileRow, "seq">;

/** What may change of a stored file. */
export type FileChange = Partial<Omit<FileRow, "seq">>;

/** A bucket as the store keeps it. */
export interface BucketRow {
  readonly name: string;
  readonly plan: string;
  readonly createdAt: number;
  readonly bandwidth: number;
}

/** How much a bucket holds. */
export interface BucketUsage {
  readonly fileCount: number;
  readonly storageBytes: number;
}

/** A condition on files, as SQL over the columns of {@link FileRow}. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}
