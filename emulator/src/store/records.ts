import type { Rows } from "./database";
import type { FileRow } from "./rows";

/** What is remembered beside the files: deleted ones, used tokens, which version is behind which. */
export class Records {
  constructor(private readonly rows: Rows) {}

  markDeleted(id: string): void {
    this.rows.run("INSERT OR IGNORE INTO deleted_files VALUES (?)", id);
  }

  /** No longer knows of a deletion, as the id is given again. */
  forget(id: string): void {
    this.rows.run("DELETE FROM deleted_files WHERE id = ?", id);
    this.rows.run("DELETE FROM tombstones WHERE id = ?", id);
  }

  wasDeleted(id: string): boolean {
    return this.rows.get("SELECT id FROM deleted_files WHERE id = ?", id) !== undefined;
  }

  /** Keeps what a deleted file was. */
  bury(file: FileRow, at: number): void {
    this.rows.run("INSERT OR REPLACE INTO tombstones VALUES (?, ?, ?, ?)", file.id, file.seq, at, JSON.stringify(file));
  }

  /** What a deleted file was, and when it went, where that is kept. */
  tombstone(key: { readonly id: string } | { readonly seq: number }): { file: FileRow; at: number } | undefined {
    const [column, value] = "id" in key ? ["id", key.id] : ["seq", key.seq];
    const row = this.rows.get<{ at: number; row: string }>(`SELECT * FROM tombstones WHERE ${column} = ?`, value);
    return row && { file: JSON.parse(row.row) as FileRow, at: row.at };
  }

  isTokenUsed(jti: string): boolean {
    return this.rows.get("SELECT jti FROM used_tokens WHERE jti = ?", jti) !== undefined;
  }

  useToken(jti: string): void {
    this.rows.run("INSERT INTO used_tokens VALUES (?)", jti);
  }

  /** Which files are older versions, each with a newer one. */
  versions(): readonly Version[] {
    return this.rows.all<Version>("SELECT * FROM old_versions");
  }

  /** Hides files for as long as a newer one is at the same place. */
  hide(versions: readonly Version[]): void {
    for (const { seq, newer } of versions)
      this.rows.run("INSERT OR IGNORE INTO old_versions VALUES (?, ?)", seq, newer);
  }
}

/** A file that is an older version of another, both by `seq`. */
export interface Version {
  readonly seq: number;
  readonly newer: number;
}
