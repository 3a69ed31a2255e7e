import { isMediasaurError, MediasaurError } from "../errors";
import { DONE } from "../http/call";
import { lookFirst, send, type Call, type Host } from "../http/send";
import type { FileChange, FileInfo } from "../types";
import { isAbsent } from "./absent";
import { filePath, getFile } from "./get-file";

const OPERATION = "PATCH /files/{file_id}";
const LOOK_AFTER_MS = 30_000;

/** `PATCH /files/{file_id}` with only the fields that are given, and never `path`, whose meaning is not documented. */
export async function updateFile(host: Host, id: string, change: FileChange): Promise<void> {
  const { name, visibility } = change;
  if (!host.profile.oneProperty || name === undefined || visibility === undefined) return patchFile(host, id, change);
  // What is to be hidden is hidden first, and what is to be shown is shown last.
  const [first, last] = visibility === "PRIVATE" ? [{ visibility }, { name }] : [{ name }, { visibility }];
  await patchFile(host, id, first);
  await patchFile(host, id, last);
}

/** What is left of a change of two properties where a failure applied one of them. */
function restOf(file: FileInfo | undefined, { name, visibility }: FileChange): FileChange | undefined {
  if (file === undefined || name === undefined || visibility === undefined) return undefined;
  const isNamed = file.name === name || file.label === name || file.name.startsWith(`${name}.`);
  const isSeen = file.visibility === visibility;
  if (isNamed === isSeen) return undefined;
  return isNamed ? { visibility } : { name };
}

/** Whether a file is as a change was to make it. */
function isDone(file: FileInfo | undefined, id: string, { name, visibility }: FileChange): boolean {
  if (!file)
    throw new MediasaurError({
      code: "not_found",
      operation: OPERATION,
      message: `file ${id} is gone.`,
      outcome: "unknown",
    });
  return (name === undefined || file.name === name) && (visibility === undefined || file.visibility === visibility);
}

async function patchFile(host: Host, id: string, change: FileChange): Promise<void> {
  const json: Record<string, string> = {};
  if (change.name !== undefined) json["name"] = change.name;
  if (change.visibility !== undefined) json["visibility"] = change.visibility;
  if (Object.keys(json).length === 0) return;
  const call: Call = {
    operation: OPERATION,
    method: "PATCH",
    path: filePath(OPERATION, id),
    json,
    repeat: "freely",
    needsBody: false,
    // The values are absolute, but after a while someone else's later change would be undone by sending them again.
    look: async ({ unknown, elapsedMs, host: by }) => {
      const isLate = elapsedMs > LOOK_AFTER_MS;
      const isTwofold = Object.keys(json).length > 1;
      if (!unknown || !(isLate || isTwofold)) return undefined;
      const file = await getFile(by, id);
      const rest = restOf(file, change);
      if (rest !== undefined) {
        host.profile.oneProperty = true;
        await patchFile(by, id, rest);
        return { done: DONE };
      }
      return isLate && isDone(file, id, change) ? { done: DONE } : undefined;
    },
  };
  try {
    await send(host, call);
  } catch (error) {
    const taken = isMediasaurError(error) && error.outcome === "unknown" && error.code === "path_taken";
    const look = async (): Promise<boolean> => isDone(await getFile(host, id), id, change);
    if (taken && (await lookFirst(look(), true))) return;
    // Asks, where need be, whether a 404 can be believed at all.
    await isAbsent(host, error);
    throw error;
  }
}
