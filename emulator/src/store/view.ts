import { fileColumns, type FileRow } from "./rows";

/** The files as somebody sees them who has not heard of the latest changes. */
export interface StaleView {
  /** By `seq`: each file that is seen otherwise than it is, as it is seen; undefined for one that is not seen at all. */
  readonly files: ReadonlyMap<number, FileRow | undefined>;
}

/** What a list selects from: the files, or a view of them. An older version that a newer one hides is in neither. */
export function visibleFiles(view: StaleView | undefined): {
  readonly from: string;
  readonly values: readonly string[];
} {
  if (view === undefined || view.files.size === 0)
    return { from: `(SELECT * FROM files WHERE ${NOT_HIDDEN})`, values: [] };
  const seen = [...view.files.values()].filter((file) => file !== undefined);
  const columns = ["seq", ...fileColumns];
  const fields = columns.map((column) => `json_extract(value, '$.${column}') AS ${column}`).join(", ");
  return {
    from: `(SELECT ${columns.join(", ")} FROM files WHERE seq NOT IN (SELECT value FROM json_each(?)) AND ${NOT_HIDDEN}
      UNION ALL SELECT ${fields} FROM json_each(?))`,
    values: [JSON.stringify([...view.files.keys()]), JSON.stringify(seen)],
  };
}

/** Holds for files that no newer version at the same place hides. Once that one has gone, they are seen again. */
export const NOT_HIDDEN = `seq NOT IN (SELECT older.seq FROM old_versions v JOIN files older ON older.seq = v.seq
  JOIN files newer ON newer.seq = v.newer AND newer.bucket = older.bucket AND newer.path = older.path)`;
