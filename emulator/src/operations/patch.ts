import type { components } from "../../../provider/contract/api";
import type { Answer } from "../answer";
import type { Dialect } from "../dialects";
import { ApiFailure, invalidField } from "../failure";
import { baseName, directoryOf, isValidName, joinPath } from "../paths";
import { wrapObject } from "../render/envelope";
import { renderFile } from "../render/file";
import type { FileChange, FileRow, Visibility } from "../store/rows";
import type { Operation } from "./call";
import { requireFile } from "./lookup";
import { requireDirectory, requirePath, settlePlace } from "./places";

type FileUpdate = components["schemas"]["FileUpdate"];

/** PATCH /files/{file_id} */
export const patchFile: Operation = (around, { dialect, params, body }) => {
  const { store, clock, urls } = around;
  const wanted = body as FileUpdate;
  const file = requireFile(store, params["file_id"] ?? "", dialect);
  const target = targetPath(file, wanted, dialect);
  const changed = store.transaction(() => {
    const place = settlePlace(store, file.bucket, target, dialect["move.conflict"], file);
    for (const other of place?.displaced ?? []) store.remove(other);
    const change: FileChange = {
      path: place?.path ?? file.path,
      ...labelChange(wanted, dialect),
      ...visibilityChange(file, wanted),
    };
    return store.update(file, { ...change, updatedAt: clock.now() });
  });
  const rendered = renderFile(changed, dialect, urls);
  return answers[dialect["patch.answer"]](wrapObject(rendered, dialect), partOf(rendered, wanted));
};

function targetPath(file: FileRow, wanted: FileUpdate, dialect: Dialect): string {
  let path = file.path;
  if (wanted.path !== undefined) {
    if (dialect["patch.path"] === "rejected_400") throw new ApiFailure(400, "bad_request", "path can't be updated");
    path =
      dialect["patch.path"] === "directory"
        ? joinPath(requireDirectory(wanted.path, "path", dialect["move.root"]), baseName(file.path))
        : requirePath(wanted.path, "path");
  }
  if (wanted.name === undefined) return path;
  if (!isValidName(wanted.name)) throw invalidField("body", "name", `"${wanted.name}" is not a valid name`);
  return dialect["patch.name"] === "label_only" ? path : joinPath(directoryOf(path), wanted.name);
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
