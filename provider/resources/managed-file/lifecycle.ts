import { isMediasaurError, mediasaurError, type FileInfo } from "../../client";
import { makesAnother } from "../../model/diff";
import type { ManagedFileInputs, ManagedFileState, Origin } from "../../model/managed-file";
import { PartialFailure } from "../../reconcile/partial-failure";
import { identityOf, living, newLife, reachedIn } from "../../reconcile/life";
import { remove, removeWith } from "../../reconcile/writes/removal";
import type { Session } from "../../reconcile/run/session";
import type { Effects } from "../../reconcile/run/effects";
import { adopt } from "./adopt";
import { heldWarning } from "./check";
import { lostFile } from "../../reconcile/lost-file";
import { finderOf } from "../../reconcile/references";
import { make, makingNote, makingSource, originOf, type MakingSource } from "./make";
import { tellDeletion } from "./effects";
import { finish, goneError, keep, withLeftover, type Created } from "./outcome";
import { place } from "./place";
import { recognise } from "./recognise";
import { replaceContent } from "./replace";
import { makeRoom } from "../../reconcile/make-room";
import { deletesFile, inputsOf, isUnchanged, stateOf } from "./state";

/** Takes a file over, or makes one, and brings it to where it is declared. A file that is there already costs no write. */
export async function createManagedFile(session: Session, inputs: ManagedFileInputs): Promise<Created> {
  session.warnings.cancel(heldWarning(inputs));
  const source = makingSource(inputs);
  const creating = session.ticker.file(() =>
    source === undefined ? adopt(session, inputs) : createMade(session, inputs, source),
  );
  const state = await reachedIn(
    newLife(),
    creating.then(({ state }) => state),
  );
  const { fileId, __declaration, __life } = state;
  if (__declaration !== undefined) {
    session.claims.isDone(__declaration);
    session.claims.claimFile(fileId, __declaration, __life);
  }
  return { id: (await creating).id, state };
}

async function createMade(session: Session, inputs: ManagedFileInputs, source: MakingSource): Promise<Created> {
  const { bucket, path } = inputs;
  const there = await recognise(session, inputs, source, false);
  if (there !== undefined) {
    // State has nothing of it: so it stays in the bucket when its declaration goes.
    const { id } = there.file;
    session.warnings.later(
      `recognised ${id}`,
      () =>
        `"${path}" in bucket "${bucket}" was there already, as file ${id}, as an interrupted run would have left it: it is taken ` +
        `over, and stays when its declaration goes, unless deletionPolicy says DELETE.`,
    );
    return settled(session, inputs, there.file, "adopted");
  }
  // Before anything is made: what can't come to its place is not begun.
  await makeRoom(session, { bucket, path }, "");
  const file = await make(session, inputs, source, inputs.visibility);
  session.arrivals.note(bucket, path, makingNote(source), file.id);
  try {
    return await settled(session, inputs, file, originOf(source));
  } catch (error) {
    if (await takenBack(session, file, error)) throw error instanceof PartialFailure ? error.cause : error;
    throw withLeftover(error, file.directory);
  }
}

async function settled(session: Session, inputs: ManagedFileInputs, file: FileInfo, origin: Origin): Promise<Created> {
  const placed = await place(session, file, inputs);
  if (placed === undefined) throw goneError(file, inputs.bucket);
  const state = stateOf(placed.file, inputs, origin, inputs.visibility !== undefined);
  return { id: file.id, state: finish(file.id, placed, state) };
}

/** Takes away what was made for a place that it can't come to; gives whether it is gone. */
async function takenBack(session: Session, made: FileInfo, error: unknown): Promise<boolean> {
  const reason = error instanceof PartialFailure ? error.cause : error;
  if (!isMediasaurError(reason) || reason.code !== "path_taken") return false;
  try {
    await session.client.deleteFile(session.currentId(made.id));
    return true;
  } catch {
    return false;
  }
}

/** Brings a file from where it is now, whatever state says, to where it is declared; or another content to its place. */
export async function updateManagedFile(
  session: Session,
  id: string,
  state: ManagedFileState,
  inputs: ManagedFileInputs,
): Promise<ManagedFileState> {
  const reached = await reachedIn(
    state.__life ?? newLife(),
    session.ticker.file(() => update(session, id, state, inputs)),
  );
  session.claims.isDone(inputs.__declaration ?? "");
  return reached;
}

async function update(
  session: Session,
  id: string,
  state: ManagedFileState,
  inputs: ManagedFileInputs,
): Promise<ManagedFileState> {
  session.warnings.cancel(heldWarning(inputs));
  await removeReplaced(() => session, state);
  const source = makingSource(inputs);
  if (source !== undefined && makesAnother(state, source)) return replaceContent(session, id, state, inputs, source);
  const visibility = inputs.visibility;
  const goal = { bucket: inputs.bucket, path: inputs.path, visibility };
  let placed = await place(session, { id: state.fileId, path: state.path }, goal);
  let { origin } = state;
  if (placed === undefined) {
    const lost = await lostFileOf(session, state, inputs.path);
    // What is at the declared path is not surely the file: then it is not to go with its declaration.
    if (lost?.certain === false) origin = "adopted";
    placed = lost === undefined ? undefined : await place(session, lost.file, goal);
  }
  if (placed === undefined) throw goneError({ id: state.fileId, path: state.path }, state.bucket);
  // A source that names the file which state has anyway is known from now on.
  const recorded = placed.failure === undefined ? (inputs.source ?? state.source) : state.source;
  return finish(
    id,
    placed,
    keep({ ...state, origin, ...(recorded === undefined ? {} : { source: recorded }) }, placed.file, inputs),
  );
}

function lostFileOf(session: Session, state: ManagedFileState, goal: string): ReturnType<typeof lostFile> {
  const { bucket, fileId: id, __declaration } = state;
  return lostFile(finderOf(session, bucket), { ...state, id }, goal, (file) => {
    const owner = session.claims.ownerOfFile(file.id);
    return owner === undefined || owner === __declaration;
  });
}

/** Reads a file as it is, for refresh; `undefined` where it is gone. Many reads of one bucket become pages of one listing. */
export async function readManagedFile(
  session: Session,
  state: ManagedFileState,
): Promise<{ state: ManagedFileState; inputs: ManagedFileInputs } | undefined> {
  // A listing may be behind, so that a row which tells of a change is not believed before the file itself is asked.
  const read = await session.index(state.bucket).byId(state.fileId, (row) => isUnchanged(row, state));
  const file = read ?? (await lostFileOf(session, state, state.path))?.file;
  if (file === undefined) return undefined;
  if (file.bucket !== undefined && file.bucket !== state.bucket) {
    const message = `file ${file.id} is in bucket "${file.bucket}" by now, and not in "${state.bucket}" any more.`;
    throw mediasaurError({ code: "wrong_bucket", message });
  }
  const found = living(stateOf(file, state, state.origin, state.__visibilityDeclared === true), state.__life);
  const { __replaced } = state;
  return { state: __replaced === undefined ? found : { ...found, __replaced }, inputs: inputsOf(found) };
}

/**
 * Deletes the file, where the deletion policy says so and no other declaration of this run holds it, or its place, by now. A file
 * that is gone already is a success.
 */
export async function deleteManagedFile(
  openSession: () => Session,
  state: ManagedFileState,
  effects?: Effects,
): Promise<void> {
  await removeReplaced(openSession, state);
  if (!deletesFile(state)) {
    if (effects !== undefined) await tellDeletion(effects, state, false);
    return;
  }
  const session = openSession();
  const { bucket, fileId: id, path, __declaration = "" } = state;
  const isGone = await removeWith(
    session,
    { bucket, id, path },
    identityOf(state, id),
    state.__life,
    (owner) => owner === __declaration,
  );
  if (isGone) await tellDeletion(session.effects, state, true);
}

/** Deletes what this file has replaced, where that was not done, unless another declaration has taken it over. */
async function removeReplaced(openSession: () => Session, state: ManagedFileState): Promise<void> {
  const { bucket, __replaced: id, __declaration, __life } = state;
  if (id === undefined) return;
  const session = openSession();
  if (!session.claims.outlives(id, __life, (owner) => owner === __declaration)) await remove(session, { bucket, id });
}
