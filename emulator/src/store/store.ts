import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Buckets } from "./buckets";
import { ContentStore } from "./content-store";
import { claimDataFolder } from "./data-folder";
import { Rows } from "./database";
import { Records, type Version } from "./records";
import { fileColumns, type BucketRow, type Condition, type FileChange, type FileRow, type NewFile } from "./rows";
import { NOT_HIDDEN, visibleFiles, type StaleView } from "./view";

/** A copy of every row, to go back to. */
export interface Snapshot {
  readonly buckets: readonly BucketRow[];
  readonly files: readonly FileRow[];
  readonly versions: readonly Version[];
  /** Content that stays, whatever happens to the files. */
  readonly blobs: ReadonlySet<string>;
}

/** Buckets and files: rows in libsql, bytes beside them. Every method that writes has written when it returns. */
export class Store {
  readonly buckets: Buckets;
  readonly content: ContentStore;
  readonly records: Records;
  readonly #rows: Rows;
  readonly #released = new Set<string>();
  readonly #snapshots = new Map<string, Snapshot>();

  /** Told of every change of a file, before its transaction has ended. */
  onChange: ((before: FileRow | undefined, after: FileRow | undefined) => void) | undefined;

  /** The folder that holds what is stored; temporary where no data folder was given. */
  readonly folder: string;

  constructor(private readonly dataDir: string | undefined) {
    if (dataDir !== undefined) claimDataFolder(dataDir);
    this.#rows = new Rows(dataDir);
    this.buckets = new Buckets(this.#rows);
    this.records = new Records(this.#rows);
    this.folder = dataDir ?? mkdtempSync(join(tmpdir(), "mediasaur-emulator-"));
    this.content = new ContentStore(this.#rows, this.folder, dataDir !== undefined);
    this.content.sweep((blob) => this.#isUsed(blob));
  }

  /** Secret that tokens and signed URLs are made with. */
  get secret(): string {
    return this.#rows.get<{ value: string }>("SELECT value FROM meta WHERE key = 'secret'")?.value ?? "";
  }

  /** All of `work` or, when it throws, nothing of it. */
  transaction<Result>(work: () => Result): Result {
    const result = this.#rows.transaction(work);
    this.#collect();
    return result;
  }

  dropBucket(name: string): void {
    this.transaction(() => {
      for (const file of this.list(name, everything, "seq", -1, 0)) this.remove(file);
      this.buckets.remove(name);
    });
  }

  file(id: string): FileRow | undefined {
    return this.#rows.get("SELECT * FROM files WHERE id = ?", id);
  }

  fileBySeq(seq: number): FileRow | undefined {
    return this.#rows.get("SELECT * FROM files WHERE seq = ?", seq);
  }

  /** The files at a path, in whatever case if asked so: one, unless the dialect lets several share it. */
  at(bucket: string, path: string, anyCase = false): FileRow[] {
    const collation = anyCase ? " COLLATE NOCASE" : "";
    const sql = `SELECT * FROM files WHERE bucket = ? AND path = ?${collation} AND ${NOT_HIDDEN} ORDER BY seq`;
    return this.#rows.all(sql, bucket, path);
  }

  /** A page of a bucket's files, as they are or as a view has them; a limit of -1 for all. */
  list(
    bucket: string,
    where: Condition,
    order: "seq" | "path",
    limit: number,
    offset: number,
    view?: StaleView,
  ): FileRow[] {
    const by = order === "path" ? "path, seq" : "seq";
    const { from, values } = visibleFiles(view);
    const sql = `SELECT * FROM ${from} WHERE bucket = ? AND ${where.sql} ORDER BY ${by} LIMIT ? OFFSET ?`;
    return this.#rows.all(sql, ...values, bucket, ...where.values, limit, offset);
  }

  count(bucket: string, where: Condition, view?: StaleView): number {
    const { from, values } = visibleFiles(view);
    const sql = `SELECT count(*) AS n FROM ${from} WHERE bucket = ? AND ${where.sql}`;
    return this.#rows.get<{ n: number }>(sql, ...values, bucket, ...where.values)?.n ?? 0;
  }

  insert(file: NewFile): FileRow {
    const { lastInsertRowid } = this.#insert(fileColumns, file as FileRow);
    const stored = { ...file, seq: Number(lastInsertRowid) };
    this.onChange?.(undefined, stored);
    return stored;
  }

  update(file: FileRow, change: FileChange): FileRow {
    const next = { ...file, ...change };
    this.#rows.run(
      `UPDATE files SET ${fileColumns.map((column) => `${column} = ?`).join(", ")} WHERE seq = ?`,
      ...fileColumns.map((column) => next[column]),
      file.seq,
    );
    if (next.blob !== file.blob) this.#release(file.blob);
    this.onChange?.(file, next);
    return next;
  }

  remove(file: FileRow): void {
    this.transaction(() => {
      this.#rows.run("DELETE FROM files WHERE seq = ?", file.seq);
      this.records.markDeleted(file.id);
      this.#release(file.blob);
      this.onChange?.(file, undefined);
    });
  }

  /** Makes a file the first in order of creation. */
  putFirst(file: FileRow): void {
    this.#rows.run("UPDATE files SET seq = (SELECT min(seq) - 1 FROM files) WHERE seq = ?", file.seq);
  }

  /** Files that newer versions hide. */
  hiddenVersions(bucket: string): FileRow[] {
    return this.#rows.all(`SELECT * FROM files WHERE bucket = ? AND NOT (${NOT_HIDDEN}) ORDER BY seq`, bucket);
  }

  /** Gives up content that was stored for a file that is not to be. */
  abandon(blob: string): void {
    this.#release(blob);
    this.#collect();
  }

  /** Empties everything, in the transaction that is under way. */
  clear(): void {
    for (const { blob } of this.#rows.all<{ blob: string }>("SELECT DISTINCT blob FROM files")) this.#release(blob);
    for (const table of [
      "files",
      "buckets",
      "used_tokens",
      "deleted_files",
      "tombstones",
      "old_versions",
      "sqlite_sequence",
    ]) {
      this.#rows.run(`DELETE FROM ${table}`);
    }
  }

  snapshot(name: string): Snapshot {
    const files = this.#rows.all<FileRow>("SELECT * FROM files ORDER BY seq");
    const versions = this.records.versions();
    const snapshot = { buckets: this.buckets.all(), files, versions, blobs: new Set(files.map(({ blob }) => blob)) };
    this.#snapshots.set(name, snapshot);
    return snapshot;
  }

  /** Back to a snapshot; false when there is none of that name. */
  restore(name: string): boolean {
    const snapshot = this.#snapshots.get(name);
    if (snapshot === undefined) return false;
    this.transaction(() => {
      this.clear();
      for (const bucket of snapshot.buckets) this.buckets.put(bucket);
      for (const file of snapshot.files) this.#insert(["seq", ...fileColumns], file);
      this.records.hide(snapshot.versions);
    });
    return true;
  }

  close(): void {
    this.#rows.close();
    if (this.dataDir === undefined) rmSync(this.folder, { recursive: true, force: true });
  }

  #insert(columns: readonly (keyof FileRow)[], file: FileRow): ReturnType<Rows["run"]> {
    const places = columns.map(() => "?").join(", ");
    const values = columns.map((column) => file[column]);
    return this.#rows.run(`INSERT INTO files (${columns.join(", ")}) VALUES (${places})`, ...values);
  }

  #release(blob: string): void {
    this.#released.add(blob);
  }

  /** Bytes go only once no row has them, that is after the commit: a crash in between leaves an orphan, never a hole. */
  #collect(): void {
    if (this.#released.size === 0 || this.#rows.inTransaction) return;
    this.#rows.transaction(() => {
      for (const blob of this.#released) if (!this.#isUsed(blob)) this.content.discard(blob);
    });
    this.#released.clear();
  }

  #isUsed(blob: string): boolean {
    if (this.#rows.get("SELECT 1 AS used FROM files WHERE blob = ? LIMIT 1", blob) !== undefined) return true;
    return [...this.#snapshots.values()].some(({ blobs }) => blobs.has(blob));
  }
}

/** The condition that every file meets. */
export const everything: Condition = { sql: "1", values: [] };

/** A new file id. */
export function newFileId(): string {
  return `f_${randomBytes(10).toString("hex")}`;
}
