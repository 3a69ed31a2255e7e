import { isMediasaurError, mediasaurError, type FileInfo } from "../../client";
import { PAUSES } from "../../reconcile/run/patience";
import { readAgain } from "../../reconcile/writes/read-again";
import type { Session } from "../../reconcile/run/session";
import { withLeftover } from "./outcome";

/** How to bring a file into being, in a folder that is nobody else's. */
export interface Making {
  readonly bucket: string;
  /** The folder. Its name follows from what is made, so that what an interrupted run left is found again. */
  readonly directory: string;
  /** What an error calls it. */
  readonly described: string;
  /** Bytes that the file has to have; `undefined` where that is not known. */
  readonly size: number | undefined;
  /** Sends the one request that makes it. */
  readonly send: () => Promise<unknown>;
}

/** Two looks, after a request of which nobody knows whether it took effect. */
const SECOND_LOOK = [500];
const TRIES = 4;

/**
 * Makes a file in a folder of its own, and gives it when it is there, whole. Whatever the answer to the request looks
 * like, the file is the one that is in the folder: nothing else ever is. A request whose outcome is unknown is sent again only when
 * two looks found nothing. What an earlier run left is used if it is whole, and deleted if it is not.
 */
export async function makeInStaging(session: Session, making: Making): Promise<FileInfo> {
  const left = await whole(session, making, []);
  if (left !== undefined) return left;
  try {
    return await makeAnew(session, making);
  } catch (error) {
    const refused = isMediasaurError(error) && error.outcome === "refused" && error.operation.startsWith("POST");
    throw refused ? error : withLeftover(error, making.directory);
  }
}

async function makeAnew(session: Session, making: Making): Promise<FileInfo> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await making.send();
      break;
    } catch (error) {
      if (!isMediasaurError(error) || error.outcome === "refused") throw error;
      const made = await whole(session, making, SECOND_LOOK);
      if (made !== undefined) return made;
      if (attempt === TRIES) throw error;
    }
  }
  const made = await whole(session, making, PAUSES);
  if (made !== undefined) return made;
  const message = `the service accepted ${making.described}, but no whole file appeared in bucket "${making.bucket}".`;
  throw mediasaurError({ code: "not_verified", message, outcome: "unknown" });
}

/** The whole file of the folder, if there is one by the last look; what is not whole, or is there twice, is deleted. */
async function whole(session: Session, making: Making, pauses: readonly number[]): Promise<FileInfo | undefined> {
  for (let look = 0; ; look += 1) {
    const last = look >= pauses.length;
    const files = await filesIn(session, making);
    const [first, ...others] = files.filter((file) => isWhole(file, making));
    const broken = files.filter((file) => !file.busy && !isWhole(file, making));
    if (first !== undefined || last) {
      for (const file of [...others, ...broken]) await session.client.deleteFile(file.id);
      return first;
    }
    await session.sleep(pauses[look] ?? 0);
  }
}

function isWhole(file: FileInfo, { size }: Making): boolean {
  return !file.busy && (size === undefined || file.size === undefined || file.size === size);
}

/** What is in the folder, or, in a store that takes a target directory for the file's whole path, in its place. */
async function filesIn(session: Session, { bucket, directory }: Making): Promise<FileInfo[]> {
  const listed = await session.client.listFiles({ bucket, path: directory });
  const rows = listed.filter(({ path }) => path === directory || path.startsWith(`${directory}/`));
  const files = await Promise.all(rows.map(({ id }) => readAgain(session, id)));
  return files.filter((file) => file !== undefined);
}
