import { folderOf, type PageFile } from "./model";
import { leavesBelow, type Folder, type TreeRow } from "./tree";

/** What is selected. */
export interface Selection {
  readonly files: readonly PageFile[];
  /** The one folder or bucket, where that is what is selected. */
  readonly folder: Folder<PageFile> | undefined;
  /** Whether it is one single file, and not a folder with one file in it. */
  readonly isFile: boolean;
}

/** A text that is being asked for. */
export type Asking = "rename" | "move" | undefined;

/** What the keys of rows stand for. */
export function selectionOf(
  roots: readonly Folder<PageFile>[],
  selected: ReadonlySet<string>,
  files: ReadonlyMap<string, PageFile>,
): Selection {
  const found = new Map<string, PageFile>();
  let folder: Folder<PageFile> | undefined;
  const take = (one: Folder<PageFile>): void => {
    if (selected.has(one.key)) {
      folder = one;
      for (const leaf of leavesBelow(one)) found.set(leaf.id, leaf);
    }
    for (const next of one.folders.values()) take(next);
  };
  if ([...selected].some((key) => key.startsWith("d:"))) for (const root of roots) take(root);
  for (const key of selected) {
    const file = key.startsWith("f:") ? files.get(key.slice(2)) : undefined;
    if (file !== undefined) found.set(file.id, file);
  }
  const isOne = selected.size === 1;
  return {
    files: [...found.values()],
    folder: isOne ? folder : undefined,
    isFile: isOne && folder === undefined && found.size === 1,
  };
}

/** A folder of a bucket; no bucket where there is none. */
export interface Place {
  readonly bucket: string | undefined;
  readonly folder: string;
}

/** Where a row is: the folder, or that of the file. */
export function placeOfRow({ folder, leaf }: TreeRow<PageFile>): Place {
  if (folder !== undefined) return { bucket: folder.bucket, folder: folder.prefix.replace(/\/$/, "") };
  return { bucket: leaf?.bucket, folder: folderOf(leaf?.path ?? "") };
}

/** Where uploads go: to the folder that is selected, or that of the file; else to the first bucket. */
export function placeOf(
  { files, folder }: Selection,
  active: string | undefined,
  rows: readonly TreeRow<PageFile>[],
  buckets: readonly string[],
): Place {
  if (folder !== undefined) return { bucket: folder.bucket, folder: folder.prefix.replace(/\/$/, "") };
  const row = files.length > 0 ? rows.find(({ key }) => key === active) : undefined;
  return row === undefined ? { bucket: buckets[0], folder: "" } : placeOfRow(row);
}
