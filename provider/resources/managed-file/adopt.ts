import { mediasaurError, type FileInfo } from "../../client";
import type { ManagedFileInputs } from "../../model/managed-file";
import { passageName } from "../../model/temporary-paths";
import { isWhole } from "../../reconcile/file-view";
import { adoptedFrom, adoptionNote, FindAdopted, type Adopted } from "../../reconcile/find-adopted";
import { finderOf } from "../../reconcile/references";
import { declaredTwice } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import { finish, goneError, type Created } from "./outcome";
import { place } from "./place";
import { stateOf } from "./state";

/** The file that a new declaration takes over, where it is now. */
export function findAdopted(session: Session, inputs: ManagedFileInputs): Promise<Adopted> {
  const { bucket, __declaration: declaration = "" } = inputs;
  const adopter = {
    bucket,
    declared: { file: inputs },
    declarationOf: () => declaration,
    isOwn: (other: string) => other === declaration,
    isNew: () => true,
    inState: new Set<string>(),
  };
  return new FindAdopted(session, finderOf(session, bucket), adopter).find("file", inputs);
}

/** Takes over the file that a declaration names, and brings it to its place. */
export async function adopt(session: Session, inputs: ManagedFileInputs): Promise<Created> {
  const { bucket, path, visibility, __declaration: declaration } = inputs;
  const found = await findAdopted(session, inputs);
  if (!("file" in found)) {
    const advice = "If another resource of the program makes that file, name it in dependsOn.";
    const problem = "problem" in found ? found.problem : found.pending;
    throw mediasaurError({ code: "not_found", message: `${problem}. ${advice}` });
  }
  const { file } = found;
  const owner = declaration === undefined ? undefined : session.claims.claimFile(file.id, declaration);
  if (owner !== undefined) {
    const what = `file ${file.id} ("${file.path}" in bucket "${bucket}")`;
    const message = `${declaredTwice(what, owner, declaration)}. Keep one of them.`;
    throw mediasaurError({ code: "declared_twice", message });
  }
  const from = adoptedFrom(inputs);
  if (from !== undefined) session.arrivals.note(bucket, path, adoptionNote(from), file.id);
  const aside = from === undefined ? undefined : passageName(bucket, from, path);
  const placed = isPlaced(file, inputs) ? { file } : await place(session, file, { bucket, path, visibility }, aside);
  if (placed === undefined) throw goneError(file, bucket);
  // In a store that gives a file another id when it is moved.
  if (from !== undefined) session.arrivals.note(bucket, path, adoptionNote(from), placed.file.id);
  const state = stateOf(placed.file, inputs, "adopted", visibility !== undefined);
  return { id: file.id, state: finish(file.id, placed, state) };
}

/** Whether there is nothing to do for a file, and everything that state keeps of it is known. */
function isPlaced(file: FileInfo, { path, visibility }: ManagedFileInputs): boolean {
  return isWhole(file) && file.path === path && (visibility === undefined || file.visibility === visibility);
}
