import { mediasaurError, type FileInfo } from "../../client";
import type { Visibility } from "../../model/managed-file";
import { mendName, type ExpectedPlace } from "./naming";
import { PAUSES } from "../run/patience";
import { readAgain } from "./read-again";
import type { Session } from "../run/session";

/** What a file has to be read back as. */
export interface Expected extends ExpectedPlace {
  /** That it is enough if the file is not where it was `before`: another update of the run may have taken it on already. */
  readonly orElsewhere?: boolean;
  readonly visibility?: Visibility | undefined;
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
  let mended = false;
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
    const last = pause === undefined;
    if (seen !== undefined && (await mendName(session, seen, expected, { last, mended }))) mended = true;
    if (last) throw notVerified(file, seen, expected);
    await session.sleep(pause);
  }
}

function differences(seen: FileInfo, expected: Expected): string[] {
  const differences: string[] = [];
  const isAway = expected.orElsewhere === true && seen.path !== expected.before;
  if (seen.path !== expected.path && !isAway) differences.push(`its path is "${seen.path}" and not "${expected.path}"`);
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
