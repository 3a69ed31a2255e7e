import type { Answer } from "../answer";
import { lagOf, valueOf } from "../dialect/arguments";
import type { Dialect } from "../dialect/dialects";
import { missing } from "../failure";
import { wrapObject } from "../render/envelope";
import { renderFile, renderTime } from "../render/file";
import type { FileRow } from "../store/rows";
import type { Operation, Surroundings } from "./call";
import { findFile, findTombstone, requireFile } from "./lookup";

/** DELETE /files/{file_id} */
export const deleteFile: Operation = (around, { dialect, params }) => {
  const { store, urls } = around;
  const id = params["file_id"] ?? "";
  const found = findFile(store, id, dialect) ?? findTombstone(store, id, dialect)?.file;
  if (store.records.wasDeleted(found?.id ?? id)) {
    if (dialect["delete.repeat"] === "200") return { status: 200, body: { success: true } };
    throw missing(`File "${id}"`);
  }
  const file = requireFile(store, id, dialect);
  const gone = deletions[valueOf(dialect, "delete.kind")](around, file, dialect);
  return answers[dialect["delete.answer"]](() => wrapObject(renderFile(file, dialect, urls, gone), dialect));
};

type Deletion = (around: Surroundings, file: FileRow, dialect: Dialect) => Record<string, unknown>;

/** The ways to delete; each answers what the file then says of itself. */
const deletions: Readonly<Record<"hard" | "soft_gone_marker" | "lag", Deletion>> = {
  hard: ({ store }, file) => {
    store.remove(file);
    return {};
  },
  soft_gone_marker: ({ store, clock }, file, dialect) => {
    const now = clock.now();
    store.transaction(() => {
      store.records.bury(file, now);
      store.remove(file);
    });
    return { deleted_at: renderTime(now, dialect) };
  },
  lag: ({ store, later, history }, file, dialect) => {
    store.records.markDeleted(file.id);
    later.add(lagOf(dialect, "delete.kind", "lag") ?? { reads: 0 }, () => {
      const left = store.file(file.id);
      if (left === undefined) return;
      history.record(() => {
        store.remove(left);
      });
    });
    return {};
  },
};

const answers: Readonly<Record<Dialect["delete.answer"], (object: () => unknown) => Answer>> = {
  "204": () => ({ status: 204 }),
  "200_success": () => ({ status: 200, body: { success: true } }),
  "200_object": (object) => ({ status: 200, body: object() }),
  "202": () => ({ status: 202, body: { status: "accepted" } }),
};
