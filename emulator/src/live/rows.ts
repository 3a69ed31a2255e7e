import type { JournalEntry } from "../journal/journal";
import type { FileRow } from "../store/rows";

/** A file in little room, as the page lists it: id, bucket, path, bytes, whether it is public, its label, when it changed. */
export type BriefFile = readonly [
  id: string,
  bucket: string,
  path: string,
  size: number,
  isPublic: 0 | 1,
  label: string | null,
  updatedAt: number,
];

/** A file as the page lists it. */
export function briefFile({ id, bucket, path, size, visibility, label, updatedAt }: FileRow): BriefFile {
  return [id, bucket, path, size, visibility === "PUBLIC" ? 1 : 0, label, updatedAt];
}

/** A request without bodies and the changes of single files. */
export type BriefEntry = Omit<JournalEntry, "body" | "answer" | "changes" | "query" | "dialect">;

/** A request as the page lists it. */
export function briefEntry({
  body: _body,
  answer: _answer,
  changes: _changes,
  query: _query,
  dialect: _dialect,
  ...brief
}: JournalEntry): BriefEntry {
  return brief;
}
