import { mediasaurError } from "../../client";
import { displayName } from "../run/claims";
import type { Session } from "../run/session";
import { awaitGone } from "../await-consistency";

/** A file that is to go. */
export interface Doomed {
  readonly id: string;
  /** Where it is, as far as that is known. */
  readonly path?: string | undefined;
  readonly bucket: string;
}

/** Deletes a file, and waits until it is gone. One that is gone already is a success. */
export async function remove(session: Session, doomed: Doomed): Promise<void> {
  await session.client.deleteFile(doomed.id);
  await awaitGone(session, doomed.id, described(doomed));
  session.index(doomed.bucket).drop(doomed.id);
}

/**
 * Deletes a file with its resource, as the engine asks for it. It stays where another declaration has it by now. It is an error
 * where the program still needs it:
 *
 * - the engine was told to delete before it replaces (`deleteBeforeReplace`), so that the file would be gone, for good, before what
 *   replaces it is safe;
 * - another declaration names the file's place and has not been reached, as when a resource was renamed without an alias.
 *
 * @param identity - see `identityOf`
 * @param isOwn - whether a declaration is that of the resource, as its state calls it
 * @returns whether it was deleted
 */
export async function removeWith(
  session: Session,
  doomed: Doomed,
  identity: string,
  life: string | undefined,
  isOwn: (owner: string) => boolean,
): Promise<boolean> {
  const { claims, client } = session;
  const { id, bucket, path } = doomed;
  if (claims.outlives(id, life, isOwn)) return false;
  const replacing = claims.stillNeededBy(identity);
  if (replacing !== undefined) {
    const name = displayName(replacing);
    const reason = `"${name}" would lose it before what replaces it is made. Take "deleteBeforeReplace" out of the options of "${name}"`;
    throw mediasaurError({ code: "invalid_declaration", message: `${described(doomed)} is not deleted: ${reason}.` });
  }
  const successor = path === undefined ? undefined : claims.ownerOfPath(bucket, path);
  if (successor !== undefined && !isOwn(successor) && (await client.getFile(id))?.path === path) {
    const name = displayName(successor);
    const advice = `Is "${name}" the same resource under another name? Then give it "aliases" with the old name`;
    const message = `${described(doomed)} is not deleted: "${name}" declares its place, and has not come to have it. ${advice}.`;
    throw mediasaurError({ code: "path_taken", message });
  }
  await remove(session, doomed);
  return true;
}

function described({ id, path, bucket }: Doomed): string {
  return path === undefined ? `file ${id} in bucket "${bucket}"` : `file ${id} ("${path}" in bucket "${bucket}")`;
}
