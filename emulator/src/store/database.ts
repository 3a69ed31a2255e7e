import { randomBytes } from "node:crypto";
import { join } from "node:path";
import Database from "libsql";
import { UsageError } from "../usage-error";

/** An open database, and statements of it that are prepared once. */
export class Rows {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  #depth = 0;

  constructor(dataDir: string | undefined) {
    this.#database = new Database(dataDir === undefined ? ":memory:" : join(dataDir, "rows.db"));
    try {
      // An exclusive lock, as a second emulator on the same folder would sweep the first one's unfinished uploads.
      this.#database.exec("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
      this.#database.exec(schema);
      this.run("INSERT OR IGNORE INTO meta VALUES ('secret', ?)", randomBytes(32).toString("hex"));
    } catch (error) {
      this.#database.close();
      if ((error as { code?: string }).code === "SQLITE_BUSY") {
        throw new UsageError(`data folder "${dataDir ?? ""}" is in use by another emulator`);
      }
      throw error;
    }
  }

  /** Runs a statement; answers how many rows it changed and the last row's number. */
  run(sql: string, ...values: unknown[]): { readonly changes: number; readonly lastInsertRowid: number | bigint } {
    return this.#prepare(sql).run(...values);
  }

  /** The first row, if there is one. */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the statement says what its rows are
  get<Row>(sql: string, ...values: unknown[]): Row | undefined {
    return this.#prepare(sql).get(...values) as Row | undefined;
  }

  /** Every row. */
  all<Row>(sql: string, ...values: unknown[]): Row[] {
    return this.#prepare(sql).all(...values) as Row[];
  }

  /** Runs `work` as one whole; within another transaction, as a part of that one. */
  transaction<Result>(work: () => Result): Result {
    if (this.#depth > 0) return work();
    this.#database.exec("BEGIN IMMEDIATE");
    this.#depth++;
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec("ROLLBACK");
      throw error;
    } finally {
      this.#depth--;
    }
  }

  /** Whether a transaction is under way. */
  get inTransaction(): boolean {
    return this.#depth > 0;
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

const schema = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS buckets (
    name TEXT PRIMARY KEY, plan TEXT NOT NULL, createdAt INTEGER NOT NULL, bandwidth INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE IF NOT EXISTS files (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, bucket TEXT NOT NULL, path TEXT NOT NULL, label TEXT,
    size INTEGER NOT NULL, visibility TEXT NOT NULL, blob TEXT NOT NULL, sha256 TEXT, metadata TEXT NOT NULL,
    urlVersion INTEGER NOT NULL, createdAt INTEGER NOT NULL, updatedAt INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS files_place ON files (bucket, path);
  CREATE INDEX IF NOT EXISTS files_order ON files (bucket, seq);
  CREATE INDEX IF NOT EXISTS files_blob ON files (blob);
  CREATE TABLE IF NOT EXISTS contents (blob TEXT PRIMARY KEY, bytes BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS used_tokens (jti TEXT PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS deleted_files (id TEXT PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS tombstones (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, row TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS old_versions (seq INTEGER NOT NULL, newer INTEGER NOT NULL, PRIMARY KEY (seq, newer));
`;
