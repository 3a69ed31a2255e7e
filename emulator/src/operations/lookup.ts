import type { Dialect } from "../dialect/dialects";
import { missing } from "../failure";
import type { BucketRow, FileRow } from "../store/rows";
import type { Store } from "../store/store";
import { isInScope, outOfScope } from "./scope";

/** The bucket of that name, or a failure. */
export function requireBucket(store: Store, name: string, dialect: Dialect): BucketRow {
  const bucket = store.buckets.get(name);
  if (bucket === undefined) throw missing(`Bucket "${name}"`);
  if (!isInScope(store, name, dialect)) throw outOfScope(`Bucket "${name}"`, dialect);
  return bucket;
}

/** The file with that id, in the form of the dialect. */
export function findFile(store: Store, id: string, dialect: Dialect): FileRow | undefined {
  if (dialect["object.id"] !== "numeric_id") return store.file(id);
  return isNumber(id) ? store.fileBySeq(Number(id)) : undefined;
}

/** The file with that id, of that bucket where one is given, or a failure. */
export function requireFile(store: Store, id: string, dialect: Dialect, bucket?: string): FileRow {
  const file = findFile(store, id, dialect);
  if (file === undefined || (bucket !== undefined && file.bucket !== bucket)) throw missing(`File "${id}"`);
  if (!isInScope(store, file.bucket, dialect)) throw outOfScope(`File "${id}"`, dialect);
  return file;
}

/** Whether a file is the one that an id means. */
export function isMeantBy(id: string, dialect: Dialect): (file: FileRow) => boolean {
  return dialect["object.id"] === "numeric_id" ? ({ seq }) => String(seq) === id : (file) => file.id === id;
}

/** What a file was that has been deleted, and when, where that is kept. */
export function findTombstone(store: Store, id: string, dialect: Dialect): { file: FileRow; at: number } | undefined {
  if (dialect["object.id"] !== "numeric_id") return store.records.tombstone({ id });
  return isNumber(id) ? store.records.tombstone({ seq: Number(id) }) : undefined;
}

function isNumber(id: string): boolean {
  return /^-?[0-9]{1,15}$/.test(id);
}
