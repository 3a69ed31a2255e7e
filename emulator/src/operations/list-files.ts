import { argumentOf, valueOf } from "../dialect/arguments";
import type { Dialect } from "../dialect/dialects";
import { invalidField } from "../failure";
import { seededRandom } from "../random";
import { wrapRows } from "../render/envelope";
import { folderRows, renderRow } from "../render/list-row";
import type { Condition, FileRow } from "../store/rows";
import type { StaleView } from "../store/view";
import type { Operation, Surroundings } from "./call";
import { listFilter } from "./list-filter";
import { requireBucket } from "./lookup";
import { seenFiles, statusOf } from "./seen";

/** The query of a list request, once Ajv has filled in what is left out. */
export interface ListQuery {
  readonly bucket: string;
  readonly path?: string;
  readonly limit: number;
  readonly offset: number;
}

/** GET /files */
export const listFiles: Operation = (around, call) => {
  const { store, urls } = around;
  const { dialect } = call;
  const { bucket, path = "", limit: asked, offset } = call.query as unknown as ListQuery;
  requireBucket(store, bucket, dialect);
  const limit = pageSize(asked, dialect);
  const where = listFilter(path, dialect);
  const view = seenFiles(around, call);
  const files = page(around, bucket, where, dialect, limit, offset, view);
  const rows = files.map((file) => renderRow(file, path, dialect, urls, statusOf(around, file, dialect)));
  const folders =
    dialect["list.rows"] === "with_folder_rows" && offset === 0
      ? folderRows(around.store.list(bucket, foldersBelow(path, where, dialect), "path", -1, 0, view), path, dialect)
      : [];
  const position = { total: store.count(bucket, where, view), offset, limit, received: files.length };
  return { status: 200, body: wrapRows([...folders, ...rows], dialect, position) };
};

/** How many files a page of a list has at most. */
export function pageSize(asked: number, dialect: Dialect): number {
  const largest = dialect["list.max_limit"];
  if (largest === "reject_over" && asked > 100) throw invalidField("query", "limit", "limit must be at most 100");
  return largest === "none" || largest === "reject_over" ? asked : Math.min(asked, Number(largest));
}

/** A store that lists one level has its folders from the levels below. */
function foldersBelow(path: string, where: Condition, dialect: Dialect): Condition {
  return dialect["list.filter"] === "dir_one_level"
    ? listFilter(path, { ...dialect, "list.filter": "dir_recursive" })
    : where;
}

function page(
  { store, clock }: Surroundings,
  bucket: string,
  where: Condition,
  dialect: Dialect,
  limit: number,
  offset: number,
  view: StaleView | undefined,
): readonly FileRow[] {
  const order = valueOf(dialect, "list.order");
  if (order !== "random_per_request") {
    return store.list(bucket, where, order === "path_asc" ? "path" : "seq", limit, offset, view);
  }
  const random = seededRandom(Number(argumentOf(dialect, "list.order") ?? 0) + clock.nextShuffle());
  return store
    .list(bucket, where, "seq", -1, 0, view)
    .map((file) => ({ file, at: random() }))
    .sort((one, other) => one.at - other.at)
    .slice(offset, offset + limit)
    .map(({ file }) => file);
}
