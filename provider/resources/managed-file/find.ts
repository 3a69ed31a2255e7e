import { mediasaurError, type FileInfo } from "../../client";
import type { ManagedFileInputs, ManagedFileState } from "../../model/managed-file";
import type { Session } from "../../reconcile/run/session";
import { readFile } from "../lookups";
import { inputsOf, stateOf } from "./state";

/**
 * Finds a file that no state has, for an import.
 *
 * @param id - `BUCKET/PATH`, or the file's id
 * @returns the file as a program would declare it where it is; errors where there is none
 */
export async function findManagedFile(
  session: Session,
  id: string,
): Promise<{ id: string; state: ManagedFileState; inputs: ManagedFileInputs }> {
  const slash = id.indexOf("/");
  const { bucket, file } =
    slash < 0 ? await byId(session, id) : await byPath(session, id.slice(0, slash), id.slice(slash + 1));
  const inputs: ManagedFileInputs = { bucket, path: file.path };
  const state = stateOf(file, inputs, "adopted", file.visibility !== undefined);
  return { id: file.id, state, inputs: inputsOf(state) };
}

async function byPath(session: Session, bucket: string, path: string): Promise<{ bucket: string; file: FileInfo }> {
  const row = path === "" ? undefined : await session.client.findFile({ bucket, path });
  const file = row && (await session.client.getFile(row.id, { bucket }));
  if (file !== undefined) return { bucket, file };
  const there = (await session.bucket(bucket)) !== undefined;
  const missing = there
    ? `there is no file at "${path}" in bucket "${bucket}"`
    : `bucket "${bucket}" is missing, or not visible to this API key`;
  throw mediasaurError({
    code: "not_found",
    message: `${missing}. A file is imported by BUCKET/PATH, such as media/site/hero.jpg, or by its id.`,
  });
}

async function byId(session: Session, id: string): Promise<{ bucket: string; file: FileInfo }> {
  const file = await session.client.getFile(id);
  if (file === undefined) {
    const message = `there is no file with the id "${id}". A file is imported by BUCKET/PATH, such as media/site/hero.jpg, or by its id.`;
    throw mediasaurError({ code: "not_found", message });
  }
  // A file need not say which bucket it is in: then the listings do.
  return { bucket: file.bucket ?? (await readFile(session.client, { id })).bucket, file };
}
