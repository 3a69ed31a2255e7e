import { edit } from "../edit";
import { ApiFailure } from "../failure";
import type { Call } from "../operations/call";
import { findFile } from "../operations/lookup";
import { baseName, directoryOf, joinPath } from "../paths";
import type { FileRow } from "../store/rows";
import { UsageError } from "../usage-error";
import type { FaultScene } from "./kind";

/** Has somebody else write just before a request does. */
export function foreignWrite(scene: FaultScene): Call {
  const { args, around, call } = scene;
  const named = fileOf(scene);
  const way = inTheWay(scene, named);
  const { do: what = "create", to, content, visibility, id } = args;
  const bucket = args["bucket"] ?? way.bucket;
  const path = args["path"] ?? (what === "create" || named === undefined ? way.path : named.path);
  const victim =
    id === undefined && args["path"] === undefined && named !== undefined ? { id: named.id } : { id, bucket, path };
  try {
    if (what === "create") edit(around, { op: "put", bucket, path, content, visibility, id });
    else if (what === "delete") edit(around, { op: "delete", ...victim });
    else edit(around, { op: "move", ...victim, to: to ?? (typeof path === "string" ? `${path}.moved` : undefined) });
  } catch (error) {
    // What is not there can't be moved or deleted, and some requests name no place; they go on.
    if (!(error instanceof ApiFailure) && !(error instanceof UsageError)) throw error;
  }
  return call;
}

interface Named {
  readonly bucket?: string;
  readonly path?: string;
  readonly name?: string;
  readonly source_path?: string;
  readonly source_bucket?: string;
  readonly target_bucket?: string;
  readonly target_path?: string;
  readonly file_ids?: readonly string[];
}

function fileOf({ call, around }: FaultScene): FileRow | undefined {
  const { file_ids: ids, source_path: path, source_bucket: bucket } = (call.body ?? {}) as Named;
  const id = call.params["file_id"] ?? ids?.[0];
  if (id !== undefined) return findFile(around.store, id, call.dialect);
  return path === undefined ? undefined : around.store.at(bucket ?? "", path)[0];
}

/** Where the request wants to put something, or where the file is that it names. */
function inTheWay(
  { operation, call }: FaultScene,
  file: FileRow | undefined,
): { readonly bucket: string | undefined; readonly path: string | undefined } {
  const body = { ...call.query, ...((call.body ?? {}) as Named), ...call.upload?.fields };
  if (operation === "moveFiles" || operation === "copyFiles") {
    const directory = (body.target_path ?? "").replace(/^\/$|\/$/g, "");
    return { bucket: body.target_bucket ?? body.bucket, path: joinPath(directory, baseName(file?.path ?? "")) };
  }
  if (operation === "patchFile" && file !== undefined) {
    const path = body.path ?? file.path;
    return { bucket: file.bucket, path: body.name === undefined ? path : joinPath(directoryOf(path), body.name) };
  }
  if (file !== undefined) return { bucket: file.bucket, path: file.path };
  return { bucket: body.bucket ?? call.claims?.bucket, path: body.path ?? call.claims?.path };
}
