import type { Answer } from "../answer";
import type { Dialect } from "../dialects";
import { wrapObject } from "../render/envelope";
import { renderFile } from "../render/file";
import type { Operation } from "./call";
import { findFile, requireFile } from "./lookup";

/** DELETE /files/{file_id} */
export const deleteFile: Operation = ({ store, urls }, { dialect, params }) => {
  const id = params["file_id"] ?? "";
  if (dialect["delete.repeat"] === "200" && findFile(store, id, dialect) === undefined && store.wasDeleted(id)) {
    return { status: 200, body: { success: true } };
  }
  const file = requireFile(store, id, dialect);
  store.remove(file);
  return answers[dialect["delete.answer"]](() => wrapObject(renderFile(file, dialect, urls), dialect));
};

const answers: Readonly<Record<Dialect["delete.answer"], (object: () => unknown) => Answer>> = {
  "204": () => ({ status: 204 }),
  "200_success": () => ({ status: 200, body: { success: true } }),
  "200_object": (object) => ({ status: 200, body: object() }),
  "202": () => ({ status: 202, body: { status: "accepted" } }),
};
