import { mediasaurError, type FileInfo } from "../../client";
import { splitPath } from "../../model/paths";
import { nameToSend } from "./renames";
import type { Session } from "../run/session";
import { hasOneMore, isRespelled } from "./spelling";

/** Where a file has to be after a write of ours. */
export interface ExpectedPlace {
  readonly bucket: string;
  readonly path: string;
  /** Where the file was before the write: as long as it is seen there, the store may only be late. */
  readonly before?: string | undefined;
  /** Whether the file was seen there already, so that whoever still sees it elsewhere is only late. */
  readonly arrived?: boolean;
  /** What is declared, where this is a stop on the way to it. */
  readonly declared?: string | undefined;
}

/**
 * Finds out what a store made of the name that a file was given, where it is not that name: then there is nothing to wait for.
 * A store that leaves the extension out of renames is sent the name once more, without it; any other is refused.
 *
 * @param last - whether no later look follows, so that a file which is still where it was will not be seen elsewhere
 * @param mended - whether this file's name was sent once more already
 * @returns whether it was now
 */
export async function mendName(
  session: Session,
  seen: FileInfo,
  expected: ExpectedPlace,
  { last, mended }: { last: boolean; mended: boolean },
): Promise<boolean> {
  if (expected.arrived === true) return false;
  await refuseLabel(session, seen, expected);
  if (last || seen.path !== expected.before) refuseSpelling(seen, expected);
  const isExtended = seen.path !== expected.before && hasOneMore(expected.path, seen.path);
  if (last || mended || !isExtended) return false;
  session.profile.keepsExtensions = true;
  const { name } = splitPath(expected.path);
  await session.client.updateFile(seen.id, { name: nameToSend(session, seen.name, name) });
  return true;
}

/** Refuses a store in which a rename changes what a file is called, and not its path; what it is called is put back. */
async function refuseLabel(session: Session, seen: FileInfo, expected: ExpectedPlace): Promise<void> {
  const { bucket, path, declared } = expected;
  const { name } = splitPath(path);
  if (seen.label !== name || seen.name === name) return;
  await session.client.updateFile(seen.id, { name: seen.name });
  const message =
    `this store does not rename files: their names are labels, and file ${seen.id} is still at "${seen.path}" in bucket ` +
    `"${bucket}", and not at "${declared ?? path}". Declare a path that ends in "${seen.name}"; other directories, visibility and uploads work.`;
  throw mediasaurError({ code: "unsupported_store", message, outcome: "unknown" });
}

function refuseSpelling(seen: FileInfo, { bucket, path }: ExpectedPlace): void {
  if (!isRespelled(path, seen.path)) return;
  const form =
    path.normalize("NFC") === seen.path.normalize("NFC") ? " (the same letters in another Unicode form)" : "";
  const message =
    `this store spells names in its own way: what was to be at "${path}" in bucket "${bucket}" is at "${seen.path}" there${form}, ` +
    `as file ${seen.id}. Declare the path as the store spells it.`;
  throw mediasaurError({ code: "unsupported_store", message, outcome: "unknown" });
}
