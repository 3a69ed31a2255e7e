import type { FileInfo } from "../../client";
import type { ManagedFileInputs, ManagedFileState } from "../../plan/managed-file";
import { joinPath } from "../../plan/paths";
import { parkingDirectory } from "../../plan/staging";
import type { Session } from "../run/session";

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
    if (file === undefined || !isLike(file, state)) continue;
    // At the declared path there may as well be a stranger's.
    if (place === path && (file.createdAt === undefined || file.createdAt !== state.createdAt)) continue;
    const owner = session.claims.ownerOfFile(file.id);
    if (owner === undefined || owner === state.__declaration) return file;
  }
  return undefined;
}

function isLike(file: FileInfo, { size, contentType }: ManagedFileState): boolean {
  return file.size !== undefined && file.size === size && file.contentType === contentType;
}
