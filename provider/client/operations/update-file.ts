import { isMediasaurError, MediasaurError } from "../errors";
import { lookFirst, send, type Call, type Host } from "../send";
import type { Answer } from "../transport";
import type { FileChange } from "../types";
import { isAbsent } from "./absent";
import { filePath, getFile } from "./get-file";

const OPERATION = "PATCH /files/{file_id}";
const LOOK_AFTER_MS = 30_000;
const DONE: Answer = { status: 200, headers: {}, body: { kind: "empty" } };

/** `PATCH /files/{file_id}` with only the fields that are given, and never `path`, whose meaning is not documented. */
export async function updateFile(host: Host, id: string, change: FileChange): Promise<void> {
  const { name, visibility } = change;
  if (!host.session.oneProperty || name === undefined || visibility === undefined) return patchFile(host, id, change);
  // What is to be hidden is hidden first, and what is to be shown is shown last.
  const [first, last] = visibility === "PRIVATE" ? [{ visibility }, { name }] : [{ name }, { visibility }];
  await patchFile(host, id, first);
  await patchFile(host, id, last);
}

/** What is left of a change of two properties where a failure applied one of them. */
async function restOf(host: Host, id: string, change: FileChange): Promise<FileChange | undefined> {
  const { name, visibility } = change;
  if (name === undefined || visibility === undefined) return undefined;
  const file = await getFile(host, id);
  const isNamed = file?.name === name || file?.label === name || file?.name.startsWith(`${name}.`) === true;
  const isSeen = file?.visibility === visibility;
  if (file === undefined || isNamed === isSeen) return undefined;
  return isNamed ? { visibility } : { name };
}

async function patchFile(host: Host, id: string, change: FileChange): Promise<void> {
  const json: Record<string, string> = {};
  if (change.name !== undefined) json["name"] = change.name;
  if (change.visibility !== undefined) json["visibility"] = change.visibility;
  if (Object.keys(json).length === 0) return;
  const isDone = async (by: Host): Promise<boolean> => {
    const file = await getFile(by, id);
    if (!file)
      throw new MediasaurError({
        code: "not_found",
        operation: OPERATION,
        message: `file ${id} is gone.`,
        outcome: "unknown",
      });
    return (
      (change.name === undefined || file.name === change.name) &&
      (change.visibility === undefined || file.visibility === change.visibility)
    );
  };
  const call: Call = {
    operation: OPERATION,
    method: "PATCH",
    path: filePath(OPERATION, id),
    json,
    safe: true,
    needsBody: false,
    // The values are absolute, but after a while someone else's later change would be undone by sending them again.
    beforeRepeat: async ({ unknown, elapsedMs, host: by }) => {
      const rest = unknown ? await restOf(by, id, change) : undefined;
      if (rest !== undefined) {
        host.session.oneProperty = true;
        await patchFile(by, id, rest);
        return DONE;
      }
      return unknown && elapsedMs > LOOK_AFTER_MS && (await isDone(by)) ? DONE : undefined;
    },
  };
  try {
    await send(host, call);
  } catch (error) {
    const taken = isMediasaurError(error) && error.outcome === "unknown" && error.code === "path_taken";
    if (taken && (await lookFirst(isDone(host), true))) return;
    // Asks, where need be, whether a 404 can be believed at all.
    await isAbsent(host, error);
    throw error;
  }
}
