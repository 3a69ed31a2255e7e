import type { components } from "../../../provider/contract/api";
import type { Dialect } from "../dialect/dialects";
import { invalid, missing } from "../failure";
import { baseName } from "../paths";
import type { FileRow } from "../store/rows";
import { newFileId } from "../store/store";
import { runBulk } from "./bulk-answer";
import type { Call, Operation, Surroundings } from "./call";
import { requireBucket, requireFile } from "./lookup";
import { filesAt, hideOlder, placeIn, requireDirectory, requirePath, settlePlace } from "./places";
import { spelled } from "./spelling";

type FilesCopy = components["schemas"]["FilesCopy"];

/** POST /files/copy: every file or, when one can't be copied, none; unless the dialect's answer tells of each. */
export const copyFiles: Operation = (around, call) => {
  const { store } = around;
  const { dialect } = call;
  const wanted = call.body as FilesCopy;
  requireBucket(store, wanted.source_bucket, dialect);
  requireBucket(store, wanted.target_bucket, dialect);
  const sources = findersOf(around, call, wanted);
  const items = sources.map(({ id, find }) => ({
    id,
    find,
    run: (source: FileRow) =>
      copyOne(around, call, source, wanted, targetOf(source, wanted.target_path, sources.length, dialect)),
  }));
  return runBulk(around, call, "copy.answer", items);
};

function findersOf(
  { store }: Surroundings,
  { dialect }: Call,
  wanted: FilesCopy,
): readonly { readonly id: string; readonly find: () => FileRow }[] {
  const { source_bucket: bucket, source_path: path, file_ids: ids } = wanted;
  if ((path === undefined) === (ids === undefined)) {
    const msg = "Exactly one of source_path and file_ids is required";
    throw invalid([{ loc: ["body"], msg, type: "value_error" }]);
  }
  if (ids !== undefined) return ids.map((id) => ({ id, find: () => requireFile(store, id, dialect, bucket) }));
  const find = (): FileRow => {
    const file = filesAt(store, bucket, spelled(path ?? "", dialect), dialect)[0];
    if (file === undefined) throw missing(`File "${path ?? ""}"`);
    return file;
  };
  return [{ id: path ?? "", find }];
}

function targetOf(source: FileRow, given: string, count: number, dialect: Dialect): string {
  if (count === 1 && given !== "" && given !== "/" && isFullPath[dialect["copy.target"]](given)) {
    return requirePath(given, "target_path", dialect);
  }
  return placeIn(requireDirectory(given, "target_path", dialect), source);
}

const isFullPath: Readonly<Record<Dialect["copy.target"], (target: string) => boolean>> = {
  directory: () => false,
  full: () => true,
  by_trailing_slash: (target) => !target.endsWith("/"),
  by_extension: (target) => baseName(target).includes("."),
};

function copyOne(
  { store, clock }: Surroundings,
  { dialect }: Call,
  source: FileRow,
  { target_bucket: bucket }: FilesCopy,
  target: string,
): FileRow {
  const place = settlePlace(store, bucket, target, dialect, "copy.conflict");
  if (place === undefined) return source;
  for (const other of place.displaced) if (other.seq !== source.seq) store.remove(other);
  if (place.displaced.some((other) => other.seq === source.seq)) return source;
  const now = clock.now();
  const copy = store.insert({
    ...source,
    id: newFileId(),
    bucket,
    path: place.path,
    visibility: dialect["copy.visibility"] === "inherit" ? source.visibility : dialect["upload.default_visibility"],
    urlVersion: 0,
    createdAt: now,
    updatedAt: now,
  });
  hideOlder(store, place, copy);
  return copy;
}
