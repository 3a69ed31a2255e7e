import type { FileInfo } from "../../client";
import type { FileReference, ManagedFileInputs } from "../../plan/managed-file";
import type { Session } from "../session";

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

/** Says in one line why a file can't be adopted, or `undefined` where it can. */
export function adoptionProblem(
  bucket: string,
  reference: FileReference,
  file: FileInfo | undefined,
): string | undefined {
  if (file === undefined) {
    return "path" in reference
      ? `there is no file at "${reference.path}" in bucket "${bucket}"`
      : `there is no file with the id "${reference.id}"`;
  }
  if (file.bucket !== undefined && file.bucket !== bucket) {
    return `file ${file.id} is in bucket "${file.bucket}": a file can be adopted only within its own bucket, "${bucket}" here`;
  }
  return undefined;
}
