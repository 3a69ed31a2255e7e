import type { FileInfo } from "../../client";
import type { Step } from "../../planner/placement";
import { afterStep, sendPatch } from "../../reconcile/writes/change";
import { PAUSES } from "../../reconcile/run/patience";
import { readAgain, refusesOne } from "../../reconcile/writes/read-again";
import type { Session } from "../../reconcile/run/session";
import { settleCounted, type Expected } from "../../reconcile/writes/settle";

/** Runs one request; gives the file as it has to be after it. `moved`: a move of ours came before. */
export async function runStep(
  session: Session,
  bucket: string,
  file: FileInfo,
  step: Step,
  moved: boolean,
): Promise<FileInfo> {
  try {
    await send(session, bucket, file, step);
    return afterStep(file, step);
  } catch (error) {
    if (!refusesOne(error)) throw error;
    // The service gave it another id at the step before: then that one is at the place where this has to be.
    const found = await another(session, bucket, file, moved ? PAUSES : []);
    if (found === undefined) throw error;
    const renewed = { ...file, id: found.id };
    await send(session, bucket, renewed, step);
    return afterStep(renewed, step);
  }
}

/** The file that is where another has to be that the service does not know any more; a listing may be behind. */
async function another(
  session: Session,
  bucket: string,
  { id, path }: FileInfo,
  waits: readonly number[],
): Promise<FileInfo | undefined> {
  for (let look = 0; ; look += 1) {
    const found = await session.client.findFile({ bucket, path });
    if (found !== undefined && found.id !== id) return found;
    const pause = waits[look];
    if (pause === undefined) return undefined;
    await session.sleep(pause);
  }
}

async function send(session: Session, bucket: string, file: FileInfo, step: Step): Promise<void> {
  if (step.kind === "move") {
    await session.moves.move(bucket, file.id, step.directory);
  } else {
    await sendPatch(session, file, step);
  }
}

/** After a failure: the file as it is now, or where even that can't be read, as it has to be by what was sent. */
export async function lastSeen(session: Session, bucket: string, file: FileInfo): Promise<FileInfo> {
  try {
    const seen = (await readAgain(session, file.id)) ?? (await session.client.findFile({ bucket, path: file.path }));
    if (seen === undefined) return file;
    session.index(bucket).put(seen);
    return seen;
  } catch {
    return file;
  }
}

/**
 * A step that others build upon: what names a store takes, whether it renames at all, and whether it is done with a request
 * when it answers, is found out before the next. Where a kind of step took at once it is relied on from then on.
 */
export async function seenToTake(
  session: Session,
  file: FileInfo,
  step: Step,
  read: FileInfo,
  goal: Expected,
): Promise<FileInfo> {
  const kind = step.kind === "move" ? "move" : step.name === undefined ? undefined : "rename";
  if (kind === undefined || session.profile.prompt.has(kind)) return file;
  const expected = { bucket: goal.bucket, path: file.path, before: read.path, declared: goal.path };
  const { file: seen, looks } = await settleCounted(session, file, expected);
  if (looks === 1 && seen.id === file.id) session.profile.prompt.add(kind);
  session.renamed(file.id, seen.id);
  return seen;
}
