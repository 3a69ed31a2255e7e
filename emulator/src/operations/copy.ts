import type { components } from "../../../provider/contract/api";
import type { Dialect } from "../dialects";
import { invalid, missing } from "../failure";
import { baseName, joinPath } from "../paths";
import type { FileRow } from "../store/rows";
import { newFileId } from "../store/store";
import { answerBulk, type BulkOutcome } from "./bulk-answer";
import type { Call, Operation, Surroundings } from "./call";
import { requireBucket, requireFile } from "./lookup";
import { requireDirectory, requirePath, settlePlace } from "./places";

type FilesCopy = components["schemas"]["FilesCopy"];

/** POST /files/copy: every file or, when one can't be copied, none. */
export const copyFiles: Operation = (around, call) => {
  const { store } = around;
  const wanted = call.body as FilesCopy;
  requireBucket(store, wanted.source_bucket);
  requireBucket(store, wanted.target_bucket);
  const outcomes = store.transaction(() => {
    const sources = findSources(around, call, wanted);
    return sources.map((source, index): BulkOutcome => {
      const target = targetOf(source, wanted.target_path, sources.length, call.dialect);
      const result = call.partial?.index === index ? undefined : copyOne(around, call, source, wanted, target);
      return { source, result };
    });
  });
  return answerBulk(call.dialect["copy.answer"], outcomes, around, call);
};

function findSources({ store }: Surroundings, { dialect }: Call, wanted: FilesCopy): readonly FileRow[] {
  const { source_bucket: bucket, source_path: path, file_ids: ids } = wanted;
  if ((path === undefined) === (ids === undefined)) {
    const msg = "Exactly one of source_path and file_ids is required";
    throw invalid([{ loc: ["body"], msg, type: "value_error" }]);
  }
  if (ids !== undefined) return ids.map((id) => requireFile(store, id, dialect, bucket));
  const file = store.at(bucket, requirePath(path ?? "", "source_path"))[0];
  if (file === undefined) throw missing(`File "${path ?? ""}"`);
  return [file];
}

function targetOf(source: FileRow, given: string, count: number, dialect: Dialect): string {
  if (count === 1 && given !== "" && given !== "/" && isFullPath[dialect["copy.target"]](given)) {
    return requirePath(given, "target_path");
  }
  return joinPath(requireDirectory(given, "target_path", dialect["move.root"]), baseName(source.path));
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
  const place = settlePlace(store, bucket, target, dialect["copy.conflict"]);
  if (place === undefined) return source;
  for (const other of place.displaced) if (other.seq !== source.seq) store.remove(other);
  if (place.displaced.some((other) => other.seq === source.seq)) return source;
  const now = clock.now();
  return store.insert({
    ...source,
    id: newFileId(),
    bucket,
    path: place.path,
    visibility: dialect["copy.visibility"] === "inherit" ? source.visibility : dialect["upload.default_visibility"],
    urlVersion: 0,
    createdAt: now,
    updatedAt: now,
  });
}
