import type { components } from "../../../provider/contract/api";
import { baseName, joinPath } from "../paths";
import type { FileRow } from "../store/rows";
import { newFileId } from "../store/store";
import { answerBulk, type BulkOutcome } from "./bulk-answer";
import type { Call, Operation, Surroundings } from "./call";
import { requireBucket, requireFile } from "./lookup";
import { requireDirectory, settlePlace } from "./places";

/** POST /files/move: every file or, when one can't be moved, none. */
export const moveFiles: Operation = (around, call) => {
  const { store } = around;
  const wanted = call.body as components["schemas"]["FilesMove"];
  requireBucket(store, wanted.bucket);
  const directory = requireDirectory(wanted.target_path, "target_path", call.dialect["move.root"]);
  const outcomes = store.transaction(() => {
    const sources = wanted.file_ids.map((id) => requireFile(store, id, call.dialect, wanted.bucket));
    return sources.map((source, index): BulkOutcome => {
      const result = call.partial?.index === index ? undefined : moveOne(around, call, source, directory);
      return { source, result };
    });
  });
  return answerBulk(call.dialect["move.answer"], outcomes, around, call);
};

function moveOne({ store, clock }: Surroundings, { dialect }: Call, source: FileRow, directory: string): FileRow {
  const file = store.file(source.id) ?? source;
  const target = joinPath(directory, baseName(file.path));
  const place = settlePlace(store, file.bucket, target, dialect["move.conflict"], file);
  if (place === undefined || place.path === file.path) return file;
  for (const other of place.displaced) store.remove(other);
  const moved = { ...file, path: place.path, updatedAt: clock.now() };
  if (dialect["move.id"] === "kept") return store.update(file, moved);
  store.remove(file);
  return store.insert({ ...moved, id: newFileId() });
}
