import type { Rows } from "./database";
import type { BucketRow, BucketUsage } from "./rows";

/** The buckets, without their files. */
export class Buckets {
  constructor(private readonly rows: Rows) {}

  /** By name. */
  all(): BucketRow[] {
    return this.rows.all("SELECT * FROM buckets ORDER BY name");
  }

  get(name: string): BucketRow | undefined {
    return this.rows.get("SELECT * FROM buckets WHERE name = ?", name);
  }

  /** Adds a bucket; of one that is there already only the plan changes. */
  put(row: BucketRow): void {
    this.rows.run(
      "INSERT INTO buckets VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET plan = excluded.plan",
      row.name,
      row.plan,
      row.createdAt,
      row.bandwidth,
    );
  }

  /** Takes a bucket away whose files are gone. */
  remove(name: string): void {
    this.rows.run("DELETE FROM buckets WHERE name = ?", name);
  }

  addBandwidth(name: string, bytes: number): void {
    this.rows.run("UPDATE buckets SET bandwidth = bandwidth + ? WHERE name = ?", bytes, name);
  }

  /** How much its files are. */
  usage(name: string): BucketUsage {
    const sql = "SELECT count(*) AS fileCount, coalesce(sum(size), 0) AS storageBytes FROM files WHERE bucket = ?";
    return this.rows.get<BucketUsage>(sql, name) ?? { fileCount: 0, storageBytes: 0 };
  }
}
