import type { FileInfo } from "../../client";
import type { ManagedFileInputs, ManagedFileState } from "../../model/managed-file";
import { joinPath } from "../../model/paths";
import { parkingDirectory } from "../../model/temporary-paths";
import type { Session } from "../../reconcile/run/session";

/**
 * The file of a resource whose id the service does not know any more, in a store that gives a file another id when it is
 * moved, after a run that was cut off before the new id was written down. It is looked for only where a run of ours
 * leaves it, and has to be of the size and the type that it was.
 */
export async function lostFile(
  session: Session,
  state: ManagedFileState,
  { path }: Pick<ManagedFileInputs, "path">,
): Promise<FileInfo | undefined> {
  const { bucket } = state;
  const parked = joinPath(parkingDirectory(state.fileId), state.name);
  for (const place of path === state.path ? [parked] : [parked, path]) {
    const listed = await session.index(bucket).byPath(place, "listed");
    const file = listed === undefined ? undefined : await session.client.getFile(listed.id);
    // At the declared path there may as well be a stranger's.
    if (file === undefined || !isLike(file, state) || (place === path && !isTwin(file, state))) continue;
    const owner = session.claims.ownerOfFile(file.id);
    if (owner === undefined || owner === state.__declaration) return file;
  }
  return undefined;
}

function isLike(file: FileInfo, { size, contentType }: ManagedFileState): boolean {
  return agree(file.size, size) && agree(file.contentType, contentType);
}

/** Where the size is known, and whatever else is known of both is the same. */
function isTwin(file: FileInfo, { createdAt }: ManagedFileState): boolean {
  return file.size !== undefined && agree(file.createdAt, createdAt);
}

function agree(one: unknown, other: unknown): boolean {
  return one === undefined || other === undefined || one === other;
}
