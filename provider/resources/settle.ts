import { mediasaurError, type FileInfo } from "../client";
import type { Visibility } from "../plan/managed-file";
import type { Session } from "./session";

/** What a file has to be read back as. */
export interface Expected {
  readonly bucket: string;
  readonly path: string;
  readonly visibility?: Visibility | undefined;
}

/** Waits between looks, in milliseconds: about 30 s in all, as a store may show its own writes late. */
const PAUSES = [50, 100, 200, 400, 800, 1500, 3000, 4000, 5000, 5000, 5000, 5000];

/**
 * Reads a file again until it is as it has to be after a write of ours. What the write's own answer said is no proof.
 *
 * Where the id is gone, the file may have been given another one by the move: then it is the file that now holds the
 * place, as that place was free before.
 *
 * @returns the file as it is
 */
export async function settle(session: Session, file: FileInfo, expected: Expected): Promise<FileInfo> {
  for (let look = 0; ; look += 1) {
    const seen =
      (await session.client.getFile(file.id)) ??
      (await session.client.findFile({ bucket: expected.bucket, path: expected.path }));
    if (seen !== undefined && differences(seen, expected).length === 0 && !seen.busy) return seen;
    const pause = PAUSES[look];
    if (pause === undefined) throw notVerified(file, seen, expected);
    await session.sleep(pause);
  }
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
    if ((await session.client.getFile(fileId)) === undefined) return;
    const pause = PAUSES[look];
    if (pause === undefined) {
      const message = `the service accepted the deletion of ${described}, but the file is still there. Run the same command again.`;
      throw mediasaurError({ code: "not_verified", message, outcome: "unknown" });
    }
    await session.sleep(pause);
  }
}
