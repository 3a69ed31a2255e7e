import { mediasaurError, type FileInfo } from "../../client";
import { displayName } from "../../reconcile/run/claims";
import { parkingDirectory } from "../../model/temporary-paths";
import type { Session } from "../../reconcile/run/session";
import { settle } from "../../reconcile/writes/settle";

/** A place that a file is to take. */
export interface Wanted {
  readonly bucket: string;
  readonly path: string;
  /** Full path of a file that is there for sure: proof that the service can be asked. */
  readonly control?: string | undefined;
}

/**
 * Makes sure that a place is free, or held by the file that is to have it.
 *
 * A holder that this run moves anyway is parked: its own update, which knows it by its id, brings it home, in this run or
 * after an interruption in the next. Any other holder is refused, after the rest of the run had its chance to tell that it
 * moves it. Nobody waits for anybody's update to end, so that swaps and cycles of any length can't block each other.
 *
 * @returns whether it was free at the first look, or room had to be made
 */
export async function makeRoom(session: Session, wanted: Wanted, forFile: string): Promise<"free" | "made"> {
  for (let look = 0; ; look += 1) {
    const holder = await holderOf(session, wanted);
    if (holder === undefined || holder.id === session.currentId(forFile)) return look === 0 ? "free" : "made";
    const known = (): boolean =>
      session.claims.isLeaving(holder.id) || session.claims.ownerOfFile(holder.id) !== undefined;
    await session.progress.until(known);
    if (!session.claims.isLeaving(holder.id)) {
      // It may have left meanwhile, by other hands.
      if ((await holderOf(session, wanted))?.id === holder.id) throw held(session, wanted, holder);
      continue;
    }
    await park(session, wanted, holder);
  }
}

async function holderOf(session: Session, { bucket, path, control }: Wanted): Promise<FileInfo | undefined> {
  const listed = await session.client.findFile({ bucket, path, ...(control === undefined ? {} : { control }) });
  if (listed === undefined) return undefined;
  // A listing may still show a file where it was a moment ago: the file itself knows better.
  const file = await session.client.getFile(listed.id);
  return file?.path === path ? file : undefined;
}

/** Moves a file out of the way, unless its own update was faster. */
async function park(session: Session, { bucket, path }: Wanted, holder: FileInfo): Promise<void> {
  await session.locks.hold(holder.id, async () => {
    const file = await session.client.getFile(holder.id);
    if (file?.path !== path) return;
    const directory = parkingDirectory(holder.id);
    await session.moves.move(bucket, holder.id, directory);
    const parked = await settle(session, file, {
      bucket,
      path: `${directory}/${file.name}`,
      before: path,
      orElsewhere: true,
    });
    session.renamed(holder.id, parked.id);
    session.index(bucket).put(parked);
  });
}

function held(session: Session, { bucket, path }: Wanted, holder: FileInfo): Error {
  const owner = session.claims.ownerOfFile(holder.id);
  const advice =
    owner === undefined
      ? `Move or delete that file, or choose another path. Is it the one that an interrupted run put there? Then declare ` +
        `it without "source". Is it this declaration's own, under the name that it had? Then give it "aliases". Is another ManagedFile to move it away? Then run with a higher --parallel, or declare both in one FileLayout.`
      : `It belongs to "${displayName(owner)}", which stays there.`;
  const message = `"${path}" in bucket "${bucket}" is held by file ${holder.id}, and nothing is ever overwritten. ${advice}`;
  return mediasaurError({ code: "path_taken", message });
}
