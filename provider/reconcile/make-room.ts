import { mediasaurError, type FileInfo } from "../client";
import { count } from "../model/file-layout";
import { parkedFromDirectory, parkingDirectory } from "../model/temporary-paths";
import type { LayoutFault } from "../planner";
import { awaitFile } from "./await-consistency";
import { displayName } from "./run/claims";
import type { Session } from "./run/session";

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
 * @param seen - what holds the place by a look of this moment; left out where nobody has looked
 */
export async function makeRoom(
  session: Session,
  wanted: Wanted,
  forFile: string,
  seen?: { holder: FileInfo | undefined },
): Promise<void> {
  for (let listed = seen; ; listed = undefined) {
    const holder = await holderOf(session, wanted, listed);
    if (holder === undefined || holder.id === session.currentId(forFile)) return;
    const known = (): boolean =>
      session.claims.isLeaving(holder.id) || session.claims.ownerOfFile(holder.id) !== undefined;
    // How long to wait decides only when to give up, which is to refuse: see docs/decisions.
    await session.progress.until(known);
    if (session.claims.isLeaving(holder.id)) await park(session, wanted, holder);
    // It may have left meanwhile, by other hands.
    else if ((await holderOf(session, wanted))?.id === holder.id) throw held(session, wanted, holder);
  }
}

async function holderOf(
  session: Session,
  { bucket, path, control }: Wanted,
  seen?: { holder: FileInfo | undefined },
): Promise<FileInfo | undefined> {
  const query = { bucket, path, ...(control === undefined ? {} : { control }) };
  const listed = seen === undefined ? await session.client.findFile(query) : seen.holder;
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
    const from = session.claims.wasInState(holder.id) ? undefined : session.claims.adoptedFrom(holder.id);
    const directory = from === path ? parkedFromDirectory(bucket, path) : parkingDirectory(holder.id);
    await session.moves.move(bucket, holder.id, directory);
    const parked = await awaitFile(session, file, {
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
      ? `Move or delete that file, declare it, or choose another path. Is it the one that an interrupted run put there? Then declare ` +
        `it without "source". Is it this declaration's own, under the name that it had? Then give it "aliases". Is another ManagedFile to move it away? Then run with a higher --parallel, or declare both in one FileLayout.`
      : `It belongs to "${displayName(owner)}", which stays there.`;
  const message = `"${path}" in bucket "${bucket}" is held by file ${holder.id}, and nothing is ever overwritten. ${advice}`;
  return mediasaurError({ code: "path_taken", message });
}

/** The error of files that can't be brought about as things are; nothing was written for it. */
export function blocked(bucket: string, faults: readonly LayoutFault[]): Error {
  const [fault] = faults;
  const more = faults.length > 1 ? ` (and ${count(faults.length - 1, "more fault")} like this)` : "";
  const reason =
    fault?.kind === "path-held" && fault.otherId === undefined
      ? `"${fault.path ?? ""}" is held by another file, which no declaration moves away, and nothing is ever overwritten`
      : (fault?.reason ?? "the files can't be brought where they are declared");
  const message = `in bucket "${bucket}" ${reason}${more}. Choose another path.`;
  return mediasaurError({ code: "path_taken", message });
}
