import { mediasaurError, type FileInfo } from "../../client";
import type { ManagedFileInputs } from "../../model/managed-file";
import { joinPath, splitPath } from "../../model/paths";
import { placesBetween } from "../../planner/placement";
import { passageName } from "../../model/temporary-paths";
import { declaredTwice } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import { finish, goneError, type Created } from "./outcome";
import { place } from "./place";
import { adoptedFile, adoptionProblem, resolve } from "./source";
import { isWhole, stateOf } from "./state";

/** Takes over the file that a declaration names, and brings it to its place. */
export async function adopt(session: Session, inputs: ManagedFileInputs): Promise<Created> {
  const reference = adoptedFile(inputs);
  const file = (await resolve(session, inputs.bucket, reference)) ?? (await arrivedBefore(session, inputs));
  const problem = adoptionProblem(inputs.bucket, reference, file);
  if (file === undefined || problem !== undefined) {
    const advice = "If another resource of the program makes that file, name it in dependsOn.";
    throw mediasaurError({ code: "not_found", message: `${problem ?? "there is no such file"}. ${advice}` });
  }
  const { __declaration: declaration } = inputs;
  const owner = declaration === undefined ? undefined : session.claims.claimFile(file.id, declaration);
  if (owner !== undefined) {
    const what = `file ${file.id} ("${file.path}" in bucket "${inputs.bucket}")`;
    const message = `${declaredTwice(what, owner, declaration)}. Keep one of them.`;
    throw mediasaurError({ code: "declared_twice", message });
  }
  const placed = isPlaced(file, inputs) ? { file } : await place(session, file, inputs, passage(inputs));
  if (placed === undefined) throw goneError(file, inputs.bucket);
  const state = stateOf(placed.file, inputs, "adopted", inputs.visibility !== undefined);
  return { id: file.id, state: finish(file.id, placed, state) };
}

/** Whether there is nothing to do for a file, and everything that state keeps of it is known. */
function isPlaced(file: FileInfo, { path, visibility }: ManagedFileInputs): boolean {
  return isWhole(file) && file.path === path && (visibility === undefined || file.visibility === visibility);
}

/**
 * The name under which a file passes that is adopted by its path, and changes directory and name. State does not have its
 * id before it has arrived: if the run is cut off, it is found again by this name, and no other file has it.
 */
function passage({ bucket, path, source }: ManagedFileInputs): string | undefined {
  const from = source !== undefined && "adopt" in source && "path" in source.adopt ? source.adopt.path : undefined;
  if (from === undefined || placesBetween(splitPath(from), splitPath(path)) === undefined) return undefined;
  return passageName(bucket, from, path);
}

/**
 * The file of an adoption by path that an earlier run had begun: nothing is at its old path any more, and it is on its
 * way, or at its new path already.
 */
export async function arrivedBefore(session: Session, inputs: ManagedFileInputs): Promise<FileInfo | undefined> {
  const { bucket, path, source, __declaration: declaration } = inputs;
  if (source === undefined || !("adopt" in source) || !("path" in source.adopt)) return undefined;
  const name = passage(inputs);
  const directories = [splitPath(source.adopt.path).directory, splitPath(path).directory];
  const onTheWay = name === undefined ? [] : directories.map((directory) => joinPath(directory, name));
  for (const place of [...onTheWay, path]) {
    const file = await session.index(bucket).byPath(place, "confirmed");
    const owner = file === undefined ? undefined : session.claims.ownerOfFile(file.id);
    if (file !== undefined && (owner === undefined || owner === declaration)) return file;
  }
  return undefined;
}
