import { directoryOf } from "../paths";
import type { ChangedFile, JournalEntry } from "../journal/journal";
import type { FileRow } from "../store/rows";
import type { Snapshot } from "../store/store";

/** A moment that one can compare with, and go back to: a snapshot. */
export interface Mark {
  readonly name: string;
  readonly at_ms: number;
  readonly files: number;
  /** The last request before it. */
  readonly seq: number;
}

/** What can have become of a file since a mark. */
export type Deed =
  "uploaded" | "copied" | "added" | "deleted" | "moved" | "renamed" | "published" | "hidden" | "replaced";

/** What has become of a file since a mark: null before one that is new, null after one that is gone. */
export interface Difference {
  readonly id: string;
  readonly bucket: string;
  readonly deeds: readonly Deed[];
  readonly before: ChangedFile | null;
  readonly after: ChangedFile | null;
}

/** The snapshots that were taken, in order. */
export class Marks {
  readonly #marks = new Map<string, { readonly mark: Mark; readonly snapshot: Snapshot }>();

  /** Remembers a snapshot; one of the same name is forgotten. */
  add(name: string, snapshot: Snapshot, seq: number): Mark {
    const mark = { name, at_ms: Date.now(), files: snapshot.files.length, seq };
    this.#marks.delete(name);
    this.#marks.set(name, { mark, snapshot });
    return mark;
  }

  list(): readonly Mark[] {
    return [...this.#marks.values()].map(({ mark }) => mark);
  }

  /** A mark, with the files that could be seen then. */
  get(name: string): { readonly mark: Mark; readonly files: readonly FileRow[] } | undefined {
    const found = this.#marks.get(name);
    if (found === undefined) return undefined;
    const { files, versions } = found.snapshot;
    const older = new Set(versions.map(({ seq }) => seq));
    return { mark: found.mark, files: files.filter(({ seq }) => !older.has(seq)) };
  }
}

/** What differs between the files of a mark and those that are there now; `requests` tell how new ones came into being. */
export function differences(
  then: readonly FileRow[],
  now: readonly FileRow[],
  requests: readonly JournalEntry[],
): readonly Difference[] {
  const origins = new Map<string, Deed>();
  for (const { operation, changes } of requests) {
    const deed = operation === "copyFiles" ? "copied" : operation === "upload" ? "uploaded" : "added";
    for (const { id, before } of changes) if (before === null) origins.set(id, deed);
  }
  const unseen = new Map(then.map((file) => [file.id, file]));
  const found: Difference[] = [];
  for (const file of now) {
    const before = unseen.get(file.id);
    unseen.delete(file.id);
    const deeds = before === undefined ? [origins.get(file.id) ?? "added"] : deedsBetween(before, file);
    if (deeds.length > 0) found.push(difference(deeds, before, file));
  }
  for (const file of unseen.values()) found.push(difference(["deleted"], file, undefined));
  const pathOf = ({ after, before }: Difference): string => (after ?? before)?.path ?? "";
  const key = (one: Difference): string => `${one.bucket}\0${pathOf(one)}`;
  return found.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function deedsBetween(before: FileRow, after: FileRow): readonly Deed[] {
  const deeds: Deed[] = [];
  const hasMoved = directoryOf(before.path) !== directoryOf(after.path) || before.bucket !== after.bucket;
  if (hasMoved) deeds.push("moved");
  const nameOf = ({ path, label }: FileRow): string => label ?? path.slice(path.lastIndexOf("/") + 1);
  if (nameOf(before) !== nameOf(after)) deeds.push("renamed");
  if (before.visibility !== after.visibility) deeds.push(after.visibility === "PUBLIC" ? "published" : "hidden");
  if (before.blob !== after.blob) deeds.push("replaced");
  return deeds;
}

function difference(deeds: readonly Deed[], before: FileRow | undefined, after: FileRow | undefined): Difference {
  const file = after ?? before;
  return { id: file?.id ?? "", bucket: file?.bucket ?? "", deeds, before: brief(before), after: brief(after) };
}

function brief(file: FileRow | undefined): ChangedFile | null {
  return file === undefined ? null : { path: file.path, visibility: file.visibility, size: file.size };
}
