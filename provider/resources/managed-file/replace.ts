import { isMediasaurError, type FileInfo } from "../../client";
import type { ManagedFileInputs, ManagedFileState } from "../../model/managed-file";
import { joinPath } from "../../model/paths";
import { replacedDirectory } from "../../model/temporary-paths";
import { remove } from "../../reconcile/writes/removal";
import type { Session } from "../../reconcile/run/session";
import { awaitFile } from "../../reconcile/await-consistency";
import { make, makingNote, originOf, type MakingSource } from "./make";
import { finish, goneError, keep, withLeftover } from "./outcome";
import { place } from "./place";
import { recognise, type Recognised } from "./recognise";
import { makeRoom } from "../../reconcile/make-room";
import { stateOf } from "./state";

/**
 * Puts a new file in the place of the one that state has. At every moment one of the two is whole, and the old one goes
 * only when the new one is at its place and was read again:
 *
 * 1. the new file is made in a folder of its own;
 * 2. the old one steps aside, into a folder that says whose place it had;
 * 3. the new one takes the place;
 * 4. the old one is deleted.
 *
 * Cut off anywhere, the next run finds by these folders what was reached. No use is made of what a store does at an
 * occupied path, as that is not documented.
 */
export async function replaceContent(
  session: Session,
  id: string,
  state: ManagedFileState,
  inputs: ManagedFileInputs,
  source: MakingSource,
): Promise<ManagedFileState> {
  const { bucket, path } = inputs;
  const aside = replacedDirectory(bucket, path, state.fileId);
  let old = (await session.client.getFile(state.fileId)) ?? (await fileIn(session, bucket, aside));
  const arrived = await arrivedBefore(session, inputs, source, old, aside);
  // What may be a stranger's is not to go with its declaration.
  const origin = arrived?.proven === false ? "adopted" : originOf(source);
  let file = arrived?.file;
  if (file === undefined) {
    // Before anything is made: what can't come to its place is not begun.
    if (old?.path !== path) await makeRoom(session, { bucket, path, control: old?.path }, old?.id ?? "");
    // Where nothing is declared the place keeps the visibility that it had.
    const made = await make(session, inputs, source, inputs.visibility ?? old?.visibility);
    session.arrivals.note(bucket, path, makingNote(source), made.id);
    if (old?.path === path) old = await stepAside(session, bucket, old, aside);
    const placed = await place(session, made, inputs).catch(async (error: unknown) => {
      await stepBack(session, inputs, old, aside);
      throw withLeftover(error, made.directory);
    });
    if (placed === undefined) throw goneError(made, bucket);
    if (placed.failure !== undefined) {
      const now = await stepBack(session, inputs, old, aside);
      return finish(id, placed, keep(state, now ?? placed.file, inputs));
    }
    file = placed.file;
  }
  const reached = stateOf(file, inputs, origin, inputs.visibility !== undefined);
  return old === undefined ? reached : discard(session, id, reached, old);
}

/** The new file, where an earlier run was cut off between its arrival and the end. */
async function arrivedBefore(
  session: Session,
  inputs: ManagedFileInputs,
  source: MakingSource,
  old: FileInfo | undefined,
  aside: string,
): Promise<Recognised | undefined> {
  if (old?.path === inputs.path) return undefined;
  return recognise(session, inputs, source, old?.directory === aside);
}

/** The file that an earlier run had moved aside, in a store that gave it another id with that. */
async function fileIn(session: Session, bucket: string, aside: string): Promise<FileInfo | undefined> {
  const [file] = await session.client.listFiles({ bucket, path: `${aside}/` });
  return file === undefined ? undefined : session.client.getFile(file.id);
}

async function stepAside(session: Session, bucket: string, old: FileInfo, aside: string): Promise<FileInfo> {
  return session.locks.hold(old.id, async () => {
    await session.moves.move(bucket, old.id, aside);
    return awaitFile(session, old, { bucket, path: joinPath(aside, old.name) });
  });
}

/** After a failure: the old file goes back to its place, if it can. Gives it as it is; the next run tries again either way. */
async function stepBack(
  session: Session,
  { bucket, path }: ManagedFileInputs,
  old: FileInfo | undefined,
  aside: string,
): Promise<FileInfo | undefined> {
  if (old === undefined) return undefined;
  try {
    const now = await session.client.getFile(old.id);
    if (now?.directory !== aside || (await session.client.findFile({ bucket, path })) !== undefined) return now ?? old;
    return (await place(session, now, { bucket, path }))?.file ?? now;
  } catch {
    return old;
  }
}

/** Deletes the file that was replaced; where that fails, state remembers that it is still to go. */
async function discard(
  session: Session,
  id: string,
  reached: ManagedFileState,
  old: FileInfo,
): Promise<ManagedFileState> {
  try {
    await remove(session, { bucket: reached.bucket, id: old.id, path: old.path });
    return reached;
  } catch (error) {
    if (!isMediasaurError(error)) throw error;
    return finish(id, { file: old, failure: error }, { ...reached, __replaced: old.id });
  }
}
