import type { components } from "../../../provider/contract/api";
import type { FileRow } from "../store/rows";
import { newFileId } from "../store/store";
import { runBulk } from "./bulk-answer";
import type { Call, Operation, Surroundings } from "./call";
import { requireBucket, requireFile } from "./lookup";
import { hideOlder, placeIn, requireDirectory, settlePlace } from "./places";

/** POST /files/move: every file or, when one can't be moved, none; unless the dialect's answer tells of each. */
export const moveFiles: Operation = (around, call) => {
  const { store } = around;
  const wanted = call.body as components["schemas"]["FilesMove"];
  requireBucket(store, wanted.bucket, call.dialect);
  const directory = requireDirectory(wanted.target_path, "target_path", call.dialect);
  const items = wanted.file_ids.map((id) => ({
    id,
    find: () => requireFile(store, id, call.dialect, wanted.bucket),
    run: (source: FileRow) => moveOne(around, call, source, directory),
  }));
  return runBulk(around, call, "move.answer", items);
};

function moveOne({ store, clock }: Surroundings, { dialect }: Call, source: FileRow, directory: string): FileRow {
  const file = store.file(source.id) ?? source;
  const target = placeIn(directory, file);
  const place = settlePlace(store, file.bucket, target, dialect, "move.conflict", file);
  if (place === undefined || place.path === file.path) return file;
  for (const other of place.displaced) store.remove(other);
  const change = { ...file, path: place.path, updatedAt: clock.now() };
  if (dialect["move.id"] === "new") store.remove(file);
  const moved =
    dialect["move.id"] === "new" ? store.insert({ ...change, id: newFileId() }) : store.update(file, change);
  hideOlder(store, place, moved);
  return moved;
}
