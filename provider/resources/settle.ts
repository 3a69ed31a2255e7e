import { mediasaurError, type FileInfo } from "../client";
import type { Visibility } from "../plan/managed-file";
import { splitPath } from "../plan/paths";
import { PAUSES } from "./patience";
import { readAgain } from "./read-again";
import { nameToSend } from "./renames";
import type { Session } from "./session";
import { hasOneMore, isRespelled } from "./spelling";

/** What a file has to be read back as. */
export interface Expected {
  readonly bucket: string;
  readonly path: string;
  readonly visibility?: Visibility | undefined;
  /** Where the file was before the write: as long as it is seen there, the store may only be late. */
  readonly before?: string | undefined;
  /** What is declared, where this is a stop on the way to it. */
  readonly declared?: string;
}

/**
 * Reads a file again until it is as it has to be after a write of ours. What the write's own answer said is no proof.
 *
 * Where the id is gone, the file may have been given another one by the move: then it is the file that now holds the
 * place, as that place was free before. Where the store made another name of the one that it was given, there is nothing
 * to wait for: that is put right if it can be, and told.
 *
 * @returns the file as it is
 */
export async function settle(session: Session, file: FileInfo, expected: Expected): Promise<FileInfo> {
  return (await settleCounted(session, file, expected)).file;
}

/** Like `settle`; tells as well how many looks it took. */
export async function settleCounted(
  session: Session,
  file: FileInfo,
  expected: Expected,
): Promise<{ file: FileInfo; looks: number }> {
  let { id } = file;
  let shortened = false;
  for (let look = 0; ; look += 1) {
    let seen = await readAgain(session, id);
    if (seen === undefined) {
      const holder = await session.client.findFile({ bucket: expected.bucket, path: expected.path });
      if (holder !== undefined && holder.id !== id) {
        id = holder.id;
        // The file itself is believed, and not its row.
        seen = await readAgain(session, id);
      }
    }
    if (seen !== undefined && differences(seen, expected).length === 0 && !seen.busy) {
      return { file: seen, looks: look + 1 };
    }
    const pause = PAUSES[look];
    if (seen !== undefined) await refuseLabel(session, seen, expected);
    if (seen !== undefined && (pause === undefined || seen.path !== expected.before)) refuseSpelling(seen, expected);
    if (pause === undefined) throw notVerified(file, seen, expected);
    if (seen !== undefined && !shortened && isExtended(seen, expected)) {
      shortened = true;
      session.keepsExtensions = true;
      const { name } = splitPath(expected.path);
      await session.client.updateFile(seen.id, { name: nameToSend(session, seen.name, name) });
    }
    await session.sleep(pause);
  }
}

function isExtended(seen: FileInfo, { path, before }: Expected): boolean {
  return seen.path !== before && hasOneMore(path, seen.path);
}

/** Refuses a store in which a rename changes what a file is called, and not its path; what it is called is put back. */
async function refuseLabel(session: Session, seen: FileInfo, expected: Expected): Promise<void> {
  const { bucket, path, declared } = expected;
  const { name } = splitPath(path);
  if (seen.label !== name || seen.name === name) return;
  await session.client.updateFile(seen.id, { name: seen.name });
  const message =
    `this store does not rename files: their names are labels, and file ${seen.id} is still at "${seen.path}" in bucket ` +
    `"${bucket}", and not at "${declared ?? path}". Declare a path that ends in "${seen.name}"; other directories, visibility and uploads work.`;
  throw mediasaurError({ code: "unsupported_store", message, outcome: "unknown" });
}

function refuseSpelling(seen: FileInfo, { bucket, path }: Expected): void {
  if (!isRespelled(path, seen.path)) return;
  const form =
    path.normalize("NFC") === seen.path.normalize("NFC") ? " (the same letters in another Unicode form)" : "";
  const message =
    `this store spells names in its own way: what was to be at "${path}" in bucket "${bucket}" is at "${seen.path}" there${form}, ` +
    `as file ${seen.id}. Declare the path as the store spells it.`;
  throw mediasaurError({ code: "unsupported_store", message, outcome: "unknown" });
}

function differences(seen: FileInfo, expected: Expected): string[] {
  const differences: string[] = [];
  if (seen.path !== expected.path) differences.push(`its path is "${seen.path}" and not "${expected.path}"`);
  if (expected.visibility !== undefined && seen.visibility !== expected.visibility) {
    differences.push(`its visibility is ${seen.visibility ?? "not told"} and not ${expected.visibility}`);
  }
  return differences;
}

function notVerified(file: FileInfo, seen: FileInfo | undefined, expected: Expected): Error {
  const found =
    seen === undefined
      ? "it is not to be found any more"
      : seen.busy && differences(seen, expected).length === 0
        ? "the service is still processing it"
        : differences(seen, expected).join(", and ");
  const message =
    `the service accepted the change of file ${file.id} ("${file.path}" in bucket "${expected.bucket}"), but read again ${found}. ` +
    `Run "pulumi refresh" to record what is there, and "pulumi up" to try again.`;
  return mediasaurError({ code: "not_verified", message, outcome: "unknown" });
}

/** Reads a file again until it is gone. */
export async function settleGone(session: Session, fileId: string, described: string): Promise<void> {
  for (let look = 0; ; look += 1) {
    if ((await readAgain(session, fileId)) === undefined) return;
    const pause = PAUSES[look];
    if (pause === undefined) {
      const message = `the service accepted the deletion of ${described}, but the file is still there. Run the same command again.`;
      throw mediasaurError({ code: "not_verified", message, outcome: "unknown" });
    }
    await session.sleep(pause);
  }
}
