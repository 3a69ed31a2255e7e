import type { FileInfo } from "../client";
import type { FileReference, ManagedFileInputs } from "../model/managed-file";
import type { Session } from "./run/session";

/** How files of a bucket are found. */
export interface Finder {
  at(path: string): Promise<FileInfo | undefined>;
  byId(id: string): Promise<FileInfo | undefined>;
  /** What earlier runs left in the folder for files on their way. */
  left(): Promise<Iterable<FileInfo>>;
}

/** Which file a declaration takes over: the one its source names, or the one that is already at its path. */
export function adoptedFile(inputs: ManagedFileInputs): FileReference {
  const { source } = inputs;
  return source !== undefined && "adopt" in source ? source.adopt : { path: inputs.path };
}

/** Looks a file of a bucket up, from what was listed where that is enough. */
export async function resolve(
  session: Session,
  bucket: string,
  reference: FileReference,
): Promise<FileInfo | undefined> {
  const index = session.index(bucket);
  if ("path" in reference) return index.byPath(reference.path, "confirmed");
  return index.byId(reference.id, () => true);
}

/** Finds files of a bucket from what was listed where that is enough. */
export function finderOf(session: Session, bucket: string): Finder {
  return {
    at: (path) => resolve(session, bucket, { path }),
    byId: (id) => resolve(session, bucket, { id }),
    left: () => session.left(bucket),
  };
}

/** Says in one line why a file can't be adopted, or `undefined` where it can. */
export function adoptionProblem(
  bucket: string,
  reference: FileReference,
  file: FileInfo | undefined,
): string | undefined {
  if (file === undefined) return missing(bucket, reference);
  if (isIn(bucket, file)) return undefined;
  return `file ${file.id} is in bucket "${String(file.bucket)}": a file can be adopted only within its own bucket, "${bucket}" here`;
}

/** Says in one line why a file can't be copied, or `undefined` where it can. */
export function originalProblem(
  bucket: string,
  reference: FileReference,
  file: FileInfo | undefined,
): string | undefined {
  if (file === undefined) return missing(bucket, reference);
  if (isIn(bucket, file)) return undefined;
  return `file ${file.id} is in bucket "${String(file.bucket)}", not in "${bucket}": name its bucket beside the id`;
}

function missing(bucket: string, reference: FileReference): string {
  return "path" in reference
    ? `there is no file at "${reference.path}" in bucket "${bucket}"`
    : `there is no file with the id "${reference.id}"`;
}

function isIn(bucket: string, file: FileInfo): boolean {
  return file.bucket === undefined || file.bucket === bucket;
}
