import { mediasaurError } from "../../client";
import { makesAnother } from "../../model/diff";
import type { ManagedFileInputs, ManagedFileState } from "../../model/managed-file";
import { identityOf, living, newLife, reachedIn } from "../../reconcile/life";
import { remove, removeWith } from "../../reconcile/writes/removal";
import type { Session } from "../../reconcile/run/session";
import type { Effects } from "../../reconcile/run/effects";
import { adopt } from "./adopt";
import { heldWarning } from "./check";
import { tellDeletion } from "./effects";
import { lostFile } from "./lost";
import { make, makingSource, originOf, type MakingSource } from "./make";
import { finish, goneError, keep, withLeftover, type Created } from "./outcome";
import { place } from "./place";
import { recognise } from "./recognise";
import { replaceContent } from "./replace";
import { makeRoom } from "./room";
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
    session.claims.isMadeAnew(__declaration);
    session.claims.claimFile(fileId, __declaration, __life);
  }
  return { id: (await creating).id, state };
}

async function createMade(session: Session, inputs: ManagedFileInputs, source: MakingSource): Promise<Created> {
  const { bucket, path } = inputs;
  const declared = inputs.visibility !== undefined;
  const there = (await recognise(session, inputs, source, "new"))?.file;
  if (there !== undefined) {
    // Whose it was can't be known for sure: so it stays in the bucket when its declaration goes.
    session.warnings.later(
      `recognised ${there.id}`,
      () =>
        `"${path}" in bucket "${bucket}" was there already, as file ${there.id}, as an interrupted run would have left it: it is ` +
        `taken over, and stays when its declaration goes, unless deletionPolicy says DELETE.`,
    );
    const placed = await place(session, there, inputs);
    if (placed === undefined) throw goneError(there, bucket);
    const state = stateOf(placed.file, inputs, "adopted", declared);
    return { id: there.id, state: finish(there.id, placed, state) };
  }
  // Before anything is made: what can't come to its place is not begun.
  await makeRoom(session, { bucket, path }, "");
  const file = await make(session, inputs, source, inputs.visibility);
  const placed = await place(session, file, inputs).catch((error: unknown) => {
    throw withLeftover(error, file.directory);
  });
  if (placed === undefined) throw goneError(file, bucket);
  const state = stateOf(placed.file, inputs, originOf(source), declared);
  return { id: file.id, state: finish(file.id, placed, state) };
}

/** Brings a file from where it is now, whatever state says, to where it is declared; or another content to its place. */
export function updateManagedFile(
  session: Session,
  id: string,
  state: ManagedFileState,
  inputs: ManagedFileInputs,
): Promise<ManagedFileState> {
  return reachedIn(
    state.__life ?? newLife(),
    session.ticker.file(() => update(session, id, state, inputs)),
  );
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
    const lost = await lostFile(session, state, inputs);
    // What is at the declared path is taken for the file by its size alone: then it is not to go with its declaration.
    if (lost?.path === inputs.path) origin = "adopted";
    placed = lost === undefined ? undefined : await place(session, lost, goal);
  }
  if (placed === undefined) throw goneError({ id: state.fileId, path: state.path }, state.bucket);
  return finish(id, placed, keep({ ...state, origin }, placed.file, inputs));
}

/** Reads a file as it is, for refresh; `undefined` where it is gone. Many reads of one bucket become pages of one listing. */
export async function readManagedFile(
  session: Session,
  state: ManagedFileState,
): Promise<{ state: ManagedFileState; inputs: ManagedFileInputs } | undefined> {
  // A listing may be behind, so that a row which tells of a change is not believed before the file itself is asked.
  const read = await session.index(state.bucket).byId(state.fileId, (row) => isUnchanged(row, state));
  const file = read ?? (await lostFile(session, state, state));
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
