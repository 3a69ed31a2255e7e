import { mediasaurError, type FileInfo } from "../../client";
import type { ManagedFileInputs, ManagedFileState } from "../../plan/managed-file";
import { PartialFailure } from "../partial-failure";
import type { Session } from "../session";
import { settleGone } from "../settle";
import { heldWarning } from "./check";
import { place, type Placed } from "./place";
import { adoptedFile, adoptionProblem, resolve } from "./source";
import { deletesFile, inputsOf, stateOf } from "./state";

/** Takes a file over and brings it to where it is declared; a file that is there already costs no write. */
export async function createManagedFile(
  session: Session,
  inputs: ManagedFileInputs,
): Promise<{ id: string; state: ManagedFileState }> {
  session.warnings.cancel(heldWarning(inputs));
  const file = await adopt(session, inputs);
  const placed = isPlaced(file, inputs) ? { file } : await placeLive(session, file, inputs);
  const state = stateOf(placed.file, inputs, "adopted", inputs.visibility !== undefined);
  throwFailure(file.id, placed, state);
  return { id: file.id, state };
}

async function adopt(session: Session, inputs: ManagedFileInputs): Promise<FileInfo> {
  const reference = adoptedFile(inputs);
  const file = await resolve(session, inputs.bucket, reference);
  const problem = adoptionProblem(inputs.bucket, reference, file);
  if (file === undefined || problem !== undefined) {
    const advice = "If another resource of the program makes that file, name it in dependsOn.";
    throw mediasaurError({ code: "not_found", message: `${problem ?? "there is no such file"}. ${advice}` });
  }
  if (inputs.__declaration !== undefined) session.claims.claimFile(file.id, inputs.__declaration);
  return file;
}

/** Whether there is nothing to do for a file, and everything that state keeps of it is known. */
function isPlaced(file: FileInfo, inputs: ManagedFileInputs): boolean {
  return (
    isWhole(file) &&
    file.path === inputs.path &&
    (inputs.visibility === undefined || file.visibility === inputs.visibility)
  );
}

/** Whether a row of a listing tells as much as the file itself does. */
function isWhole(file: FileInfo): boolean {
  return (
    !file.busy &&
    file.size !== undefined &&
    file.visibility !== undefined &&
    (file.visibility === "PRIVATE" || file.url !== undefined)
  );
}

/** Plans from the file as it is now: a listing may be behind. */
async function placeLive(session: Session, known: FileInfo, inputs: ManagedFileInputs): Promise<Placed> {
  const file = await session.client.getFile(known.id);
  if (file === undefined) throw goneError(known.id, known.path, inputs.bucket);
  return place(session, file, inputs);
}

function goneError(fileId: string, path: string, bucket: string): Error {
  const message =
    `file ${fileId} ("${path}" in bucket "${bucket}") is gone: something else deleted it. ` +
    `Run "pulumi refresh" to drop it from state; the next "pulumi up" then takes over the file that the declaration names.`;
  return mediasaurError({ code: "not_found", message });
}

function throwFailure(id: string, placed: Placed, state: ManagedFileState): void {
  if (placed.failure === undefined) return;
  const { error, wrote } = placed.failure;
  if (!wrote) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  throw new PartialFailure(id, state, `${reason} The file is now at "${state.path}"; "pulumi up" goes on from there.`);
}

/** Brings a file from where it is now, whatever state says, to where it is declared. */
export async function updateManagedFile(
  session: Session,
  id: string,
  state: ManagedFileState,
  inputs: ManagedFileInputs,
): Promise<ManagedFileState> {
  session.warnings.cancel(heldWarning(inputs));
  const file = await session.client.getFile(state.fileId);
  if (file === undefined) throw goneError(state.fileId, state.path, state.bucket);
  if (file.bucket !== undefined && file.bucket !== inputs.bucket) {
    const message = `file ${file.id} is in bucket "${file.bucket}", not in "${inputs.bucket}". Run "pulumi refresh".`;
    throw mediasaurError({ code: "wrong_bucket", message });
  }
  const placed = await place(session, file, inputs);
  const reached = stateOf(placed.file, inputs, state.origin, inputs.visibility !== undefined);
  throwFailure(id, placed, reached);
  return reached;
}

/** Reads a file as it is, for refresh; `undefined` where it is gone. Many reads of one bucket become pages of one listing. */
export async function readManagedFile(
  session: Session,
  state: ManagedFileState,
): Promise<{ state: ManagedFileState; inputs: ManagedFileInputs } | undefined> {
  // A listing may be behind, so that a row which tells of a change is not believed before the file itself is asked.
  const unchanged = (row: FileInfo): boolean =>
    isWhole(row) && row.path === state.path && row.visibility === state.visibility && row.size === state.size;
  const file = await session.index(state.bucket).byId(state.fileId, unchanged);
  if (file === undefined) return undefined;
  const found = stateOf(file, state, state.origin, state.__visibilityDeclared === true);
  return { state: found, inputs: inputsOf(found) };
}

/**
 * Deletes the file, where the deletion policy says so and no other declaration of this run holds it by now. A file
 * that is gone already is a success.
 */
export async function deleteManagedFile(openSession: () => Session, state: ManagedFileState): Promise<void> {
  if (!deletesFile(state)) return;
  const session = openSession();
  const owner = session.claims.ownerOfFile(state.fileId);
  if (owner !== undefined && owner !== state.__declaration) return;
  await session.client.deleteFile(state.fileId);
  await settleGone(session, state.fileId, `file ${state.fileId} ("${state.path}" in bucket "${state.bucket}")`);
  session.index(state.bucket).drop(state.fileId);
}
