import type { Dialect } from "../dialects";
import { missing } from "../failure";
import type { BucketRow, FileRow } from "../store/rows";
import type { Store } from "../store/store";

/** The bucket of that name, or a failure. */
export function requireBucket(store: Store, name: string): BucketRow {
  const bucket = store.bucket(name);
  if (bucket === undefined) throw missing(`Bucket "${name}"`);
  return bucket;
}

/** The file with that id, in the form of the dialect. */
export function findFile(store: Store, id: string, dialect: Dialect): FileRow | undefined {
  if (dialect["object.id"] !== "numeric_id") return store.file(id);
  return /^[0-9]{1,15}$/.test(id) ? store.fileBySeq(Number(id)) : undefined;
}

/** The file with that id, of that bucket where one is given, or a failure. */
export function requireFile(store: Store, id: string, dialect: Dialect, bucket?: string): FileRow {
  const file = findFile(store, id, dialect);
  if (file === undefined || (bucket !== undefined && file.bucket !== bucket)) throw missing(`File "${id}"`);
  return file;
}
