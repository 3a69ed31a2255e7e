import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ContentStore } from "./content-store";
import { Rows } from "./database";
import type { BucketRow, BucketUsage, Condition, FileChange, FileRow, NewFile } from "./rows";

/** A copy of every row, to go back to. */
export interface Snapshot {
  readonly buckets: readonly BucketRow[];
  readonly files: readonly FileRow[];
  /** Content that stays, whatever happens to the files. */
  readonly blobs: ReadonlySet<string>;
}

/** Buckets and files: rows in libsql, bytes beside them. Every method that writes has written when it returns. */
export class Store {
  readonly content: ContentStore;
  readonly #rows: Rows;
  readonly #released = new Set<string>();
  readonly #snapshots = new Map<string, Snapshot>();

  /** The folder that holds what is stored; temporary where no data folder was given. */
  readonly folder: string;

  constructor(private readonly dataDir: string | undefined) {
    if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
    this.#rows = new Rows(dataDir);
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

  buckets(): BucketRow[] {
    return this.#rows.all("SELECT * FROM buckets ORDER BY name");
  }

  bucket(name: string): BucketRow | undefined {
    return this.#rows.get("SELECT * FROM buckets WHERE name = ?", name);
  }

  putBucket(row: BucketRow): void {
    this.#rows.run(
      "INSERT INTO buckets VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET plan = excluded.plan",
      row.name,
      row.plan,
      row.createdAt,
      row.bandwidth,
    );
  }

  dropBucket(name: string): void {
    this.transaction(() => {
      for (const file of this.list(name, everything, "seq", -1, 0)) this.remove(file);
      this.#rows.run("DELETE FROM buckets WHERE name = ?", name);
    });
  }

  addBandwidth(bucket: string, bytes: number): void {
    this.#rows.run("UPDATE buckets SET bandwidth = bandwidth + ? WHERE name = ?", bytes, bucket);
  }

  usage(bucket: string): BucketUsage {
    const sql = "SELECT count(*) AS fileCount, coalesce(sum(size), 0) AS storageBytes FROM files WHERE bucket = ?";
    return this.#rows.get<BucketUsage>(sql, bucket) ?? { fileCount: 0, storageBytes: 0 };
  }

  file(id: string): FileRow | undefined {
    return this.#rows.get("SELECT * FROM files WHERE id = ?", id);
  }

  fileBySeq(seq: number): FileRow | undefined {
    return this.#rows.get("SELECT * FROM files WHERE seq = ?", seq);
  }

  /** The files at a path: one, unless the dialect lets several share it. */
  at(bucket: string, path: string): FileRow[] {
    return this.#rows.all("SELECT * FROM files WHERE bucket = ? AND path = ? ORDER BY seq", bucket, path);
  }

  /** A page of a bucket's files; a limit of -1 for all. */
  list(bucket: string, where: Condition, order: "seq" | "path", limit: number, offset: number): FileRow[] {
    const by = order === "path" ? "path, seq" : "seq";
    const sql = `SELECT * FROM files WHERE bucket = ? AND ${where.sql} ORDER BY ${by} LIMIT ? OFFSET ?`;
    return this.#rows.all(sql, bucket, ...where.values, limit, offset);
  }

  count(bucket: string, where: Condition): number {
    const sql = `SELECT count(*) AS n FROM files WHERE bucket = ? AND ${where.sql}`;
    return this.#rows.get<{ n: number }>(sql, bucket, ...where.values)?.n ?? 0;
  }

  insert(file: NewFile): FileRow {
    const { lastInsertRowid } = this.#rows.run(
      `INSERT INTO files (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
      ...columns.map((column) => file[column]),
    );
    return { ...file, seq: Number(lastInsertRowid) };
  }

  update(file: FileRow, change: FileChange): FileRow {
    const next = { ...file, ...change };
    this.#rows.run(
      `UPDATE files SET ${columns.map((column) => `${column} = ?`).join(", ")} WHERE seq = ?`,
      ...columns.map((column) => next[column]),
      file.seq,
    );
    if (next.blob !== file.blob) this.#release(file.blob);
    return next;
  }

  remove(file: FileRow): void {
    this.transaction(() => {
      this.#rows.run("DELETE FROM files WHERE seq = ?", file.seq);
      this.#rows.run("INSERT OR IGNORE INTO deleted_files VALUES (?)", file.id);
      this.#release(file.blob);
    });
  }

  /** Gives up content that was stored for a file that is not to be. */
  abandon(blob: string): void {
    this.#release(blob);
    this.#collect();
  }

  wasDeleted(id: string): boolean {
    return this.#rows.get("SELECT id FROM deleted_files WHERE id = ?", id) !== undefined;
  }

  isTokenUsed(jti: string): boolean {
    return this.#rows.get("SELECT jti FROM used_tokens WHERE jti = ?", jti) !== undefined;
  }

  useToken(jti: string): void {
    this.#rows.run("INSERT INTO used_tokens VALUES (?)", jti);
  }

  /** Empties everything, in the transaction that is under way. */
  clear(): void {
    for (const { blob } of this.#rows.all<{ blob: string }>("SELECT DISTINCT blob FROM files")) this.#release(blob);
    for (const table of ["files", "buckets", "used_tokens", "deleted_files", "sqlite_sequence"]) {
      this.#rows.run(`DELETE FROM ${table}`);
    }
  }

  snapshot(name: string): Snapshot {
    const files = this.#rows.all<FileRow>("SELECT * FROM files ORDER BY seq");
    const snapshot = { buckets: this.buckets(), files, blobs: new Set(files.map(({ blob }) => blob)) };
    this.#snapshots.set(name, snapshot);
    return snapshot;
  }

  /** Back to a snapshot; false when there is none of that name. */
  restore(name: string): boolean {
    const snapshot = this.#snapshots.get(name);
    if (snapshot === undefined) return false;
    this.transaction(() => {
      this.clear();
      for (const bucket of snapshot.buckets) this.putBucket(bucket);
      for (const file of snapshot.files) {
        const { seq } = this.insert(file);
        this.#rows.run("UPDATE files SET seq = ? WHERE seq = ?", -file.seq, seq);
      }
      this.#rows.run("UPDATE files SET seq = -seq WHERE seq < 0");
    });
    return true;
  }

  close(): void {
    this.#rows.close();
    if (this.dataDir === undefined) rmSync(this.folder, { recursive: true, force: true });
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

const columns = [
  "id",
  "bucket",
  "path",
  "label",
  "size",
  "visibility",
  "blob",
  "sha256",
  "metadata",
  "urlVersion",
  "createdAt",
  "updatedAt",
] as const satisfies readonly (keyof NewFile)[];
