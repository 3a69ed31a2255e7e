import { mediasaurError, type FileInfo } from "../../client";
import type { Visibility } from "../../model/managed-file";
import { joinPath } from "../../model/paths";
import type { Step } from "../../planner/placement";
import { nameToSend } from "./renames";
import type { Session } from "../run/session";

/** A file as it has to be after a request that changes it. */
export function afterStep(file: FileInfo, step: Step): FileInfo {
  const directory = step.kind === "move" ? step.directory : file.directory;
  const name = step.kind === "patch" && step.name !== undefined ? step.name : file.name;
  const visibility = step.kind === "patch" ? (step.visibility ?? file.visibility) : file.visibility;
  const seen = visibility === undefined ? {} : { visibility };
  return { ...file, directory, name, path: joinPath(directory, name), ...seen };
}

/** Gives a file another name, another visibility, or both, by what this run has learned of how the store renames. */
export async function sendPatch(
  session: Session,
  file: Pick<FileInfo, "id" | "name">,
  { name, visibility }: { readonly name?: string | undefined; readonly visibility?: Visibility | undefined },
): Promise<void> {
  await session.client.updateFile(file.id, {
    ...(name === undefined ? {} : { name: nameToSend(session, file.name, name) }),
    ...(visibility === undefined ? {} : { visibility }),
  });
}

/**
 * Refuses to hold a file to a visibility where the service does not say who may see it.
 *
 * @param remedy - what the user can take out of the program
 */
export function refuseUntold(file: FileInfo, wanted: Visibility | undefined, remedy: string): void {
  if (wanted === undefined || file.visibility !== undefined) return;
  const message =
    `the service does not say who may see file ${file.id} ("${file.path}"), so that it can't be held to ${wanted}. ` +
    `Take ${remedy}.`;
  throw mediasaurError({ code: "unsupported_store", message });
}
