import { invalidField } from "../failure";
import { seededRandom } from "../faults/rules";
import { wrapObject, wrapRows } from "../render/envelope";
import { renderBucket, wrapBuckets } from "../render/bucket";
import { renderFile } from "../render/file";
import { folderRows, renderRow } from "../render/list-row";
import type { Condition, FileRow } from "../store/rows";
import type { Operation, Surroundings } from "./call";
import { listFilter } from "./list-filter";
import { requireBucket, requireFile } from "./lookup";

/** The query of a list request, once Ajv has filled in what is left out. */
interface ListQuery {
  readonly bucket: string;
  readonly path?: string;
  readonly limit: number;
  readonly offset: number;
}

/** GET /buckets */
export const listBuckets: Operation = ({ store }, { dialect }) => {
  const buckets = store.buckets().map((bucket) => renderBucket(bucket, store.usage(bucket.name), dialect));
  return { status: 200, body: wrapBuckets(buckets, dialect) };
};

/** GET /buckets/{bucket_name} */
export const getBucket: Operation = ({ store }, { dialect, params }) => {
  const bucket = requireBucket(store, params["bucket_name"] ?? "");
  return { status: 200, body: wrapObject(renderBucket(bucket, store.usage(bucket.name), dialect), dialect) };
};

/** GET /files/{file_id} */
export const getFile: Operation = ({ store, urls }, { dialect, params }) => {
  const file = requireFile(store, params["file_id"] ?? "", dialect);
  return { status: 200, body: wrapObject(renderFile(file, dialect, urls), dialect) };
};

/** GET /files */
export const listFiles: Operation = (around, { dialect, query }) => {
  const { bucket, path, limit: asked, offset } = query as unknown as ListQuery;
  requireBucket(around.store, bucket);
  const largest = dialect["list.max_limit"];
  if (largest === "reject_over" && asked > 100) throw invalidField("query", "limit", "limit must be at most 100");
  const limit = largest === "none" || largest === "reject_over" ? asked : Math.min(asked, Number(largest));
  const where = listFilter(path, dialect);
  const files = page(around, bucket, where, dialect["list.order"], limit, offset);
  const rows = files.map((file) => renderRow(file, path ?? "", dialect, around.urls));
  const folders =
    dialect["list.rows"] === "with_folder_rows" && offset === 0
      ? folderRows(around.store.list(bucket, where, "path", -1, 0), path ?? "", dialect)
      : [];
  const position = { total: around.store.count(bucket, where), offset, limit, received: files.length };
  return { status: 200, body: wrapRows([...folders, ...rows], dialect, position) };
};

function page(
  { store, clock }: Surroundings,
  bucket: string,
  where: Condition,
  order: "created_asc" | "path_asc" | "random_per_request",
  limit: number,
  offset: number,
): readonly FileRow[] {
  if (order !== "random_per_request") {
    return store.list(bucket, where, order === "path_asc" ? "path" : "seq", limit, offset);
  }
  const random = seededRandom(clock.nextShuffle());
  return store
    .list(bucket, where, "seq", -1, 0)
    .map((file) => ({ file, at: random() }))
    .sort((one, other) => one.at - other.at)
    .slice(offset, offset + limit)
    .map(({ file }) => file);
}
