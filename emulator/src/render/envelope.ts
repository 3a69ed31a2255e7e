import type { Dialect } from "../dialect/dialects";

/** One object in the envelope of the dialect; where that is named after what is in it, by that name. */
export function wrapObject(
  object: Readonly<Record<string, unknown>>,
  dialect: Dialect,
  what: "file" | "bucket" = "file",
): unknown {
  switch (dialect["object.envelope"]) {
    case "bare":
      return object;
    case "data":
      return { data: object };
    case "file":
      return { [what]: object };
    case "success_data":
      return { success: true, data: object };
  }
}

/** Where a page is among all that match. */
export interface PagePosition {
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
  /** Files on this page, without folders. */
  readonly received: number;
}

/** The rows of a list in the envelope of the dialect; without a position, as the outcome of a bulk operation. */
export function wrapRows(rows: readonly unknown[], dialect: Dialect, position?: PagePosition): unknown {
  const counted = position === undefined ? {} : totals[dialect["list.total"]](position);
  const next = position === undefined ? 0 : position.offset + position.received;
  const more = position !== undefined && next < position.total;
  switch (dialect["list.envelope"]) {
    case "files_total":
      return { files: rows, ...counted };
    case "data_total":
      return { data: rows, ...counted };
    case "bare":
      return rows;
    case "items_has_more":
      return { items: rows, has_more: more };
    case "results_next":
      return { results: rows, next: more ? next : null, ...counted };
    case "data_nested_files":
      return { data: { files: rows, ...counted } };
  }
}

const totals: Readonly<Record<Dialect["list.total"], (position: PagePosition) => Record<string, unknown>>> = {
  true: ({ total }) => ({ total }),
  false: () => ({}),
  page_count: ({ received }) => ({ count: received }),
  string: ({ total }) => ({ total: String(total) }),
};
