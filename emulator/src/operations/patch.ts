import type { components } from "../../../provider/contract/api";
import type { Answer } from "../answer";
import type { Dialect } from "../dialect/dialects";
import { ApiFailure } from "../failure";
import { baseName, directoryOf, joinPath, splitExtension } from "../paths";
import { wrapObject } from "../render/envelope";
import { renderError } from "../render/error";
import { renderFile } from "../render/file";
import type { FileChange, FileRow, Visibility } from "../store/rows";
import type { Operation, Surroundings } from "./call";
import { requireFile } from "./lookup";
import { hideOlder, placeIn, requireDirectory, requireName, requirePath, settlePlace } from "./places";

type FileUpdate = components["schemas"]["FileUpdate"];

/** PATCH /files/{file_id} */
export const patchFile: Operation = (around, { dialect, params, body }) => {
  const { store, urls } = around;
  const wanted = body as FileUpdate;
  const file = requireFile(store, params["file_id"] ?? "", dialect);
  if (dialect["patch.multi"] === "partial_then_error" && Object.keys(wanted).length > 1) {
    changeFile(around, file, firstOf(wanted), dialect);
    return renderError(new ApiFailure(500, "internal_error", "Only a part of the update was applied"), dialect);
  }
  const rendered = renderFile(changeFile(around, file, wanted, dialect), dialect, urls);
  return answers[dialect["patch.answer"]](wrapObject(rendered, dialect), partOf(rendered, wanted));
};

function changeFile({ store, clock }: Surroundings, file: FileRow, wanted: FileUpdate, dialect: Dialect): FileRow {
  const target = targetPath(file, wanted, dialect);
  return store.transaction(() => {
    // A case-only rename leaves the file where it is, so that it is asked of the path only where one is to change.
    const place =
      target === file.path ? undefined : settlePlace(store, file.bucket, target, dialect, "move.conflict", file);
    for (const other of place?.displaced ?? []) store.remove(other);
    const change: FileChange = {
      path: place?.path ?? file.path,
      ...labelChange(wanted, dialect),
      ...visibilityChange(file, wanted),
    };
    const changed = store.update(file, { ...change, updatedAt: clock.now() });
    if (place !== undefined) hideOlder(store, place, changed);
    return changed;
  });
}

/** What is applied of an update before it breaks off: where the file is, or else who may see it. */
function firstOf({ name, path, visibility }: FileUpdate): FileUpdate {
  if (name !== undefined) return { name };
  return path === undefined ? { ...(visibility === undefined ? {} : { visibility }) } : { path };
}

function targetPath(file: FileRow, wanted: FileUpdate, dialect: Dialect): string {
  let path = file.path;
  if (wanted.path !== undefined) {
    if (dialect["patch.path"] === "rejected_400") throw new ApiFailure(400, "bad_request", "path can't be updated");
    path =
      dialect["patch.path"] === "directory"
        ? placeIn(requireDirectory(wanted.path, "path", dialect), file)
        : requirePath(wanted.path, "path", dialect);
  }
  if (wanted.name === undefined) return path;
  const name = requireName(wanted.name, dialect);
  switch (dialect["patch.name"]) {
    case "renames_path":
      return joinPath(directoryOf(path), name);
    case "label_only":
      return path;
    case "without_extension":
      return joinPath(directoryOf(path), `${name}${splitExtension(baseName(path))[1]}`);
  }
}

function labelChange(wanted: FileUpdate, dialect: Dialect): FileChange {
  return wanted.name !== undefined && dialect["patch.name"] === "label_only" ? { label: wanted.name } : {};
}

/** A change of visibility, which the address may depend on. */
export function visibilityChange(file: FileRow, wanted: { readonly visibility?: Visibility }): FileChange {
  if (wanted.visibility === undefined || wanted.visibility === file.visibility) return {};
  return { visibility: wanted.visibility, urlVersion: file.urlVersion + 1 };
}

function partOf(rendered: Readonly<Record<string, unknown>>, wanted: FileUpdate): unknown {
  const asked = new Set(["id", "file_id", "uuid", ...Object.keys(wanted)]);
  return Object.fromEntries(Object.entries(rendered).filter(([key]) => asked.has(key.toLowerCase())));
}

const answers: Readonly<Record<Dialect["patch.answer"], (object: unknown, part: unknown) => Answer>> = {
  object: (object) => ({ status: 200, body: object }),
  partial_object: (_, part) => ({ status: 200, body: part }),
  success: () => ({ status: 200, body: { success: true } }),
  "204": () => ({ status: 204 }),
};
