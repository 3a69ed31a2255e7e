import { randomBytes } from "node:crypto";
import { isMediasaurError, type BucketInfo, type FilePage, type MediasaurClient } from "../../../provider/client";
import type { Config } from "../../../provider/client/config";
import { found, type Finding } from "./check";
import { probeList } from "./probe";

/** Further than any bucket reaches. */
const BEYOND_THE_END = 1_000_000_000;

/** The bucket to look into where none is named: one with files, if that can be seen. */
export function chooseBucket(buckets: readonly BucketInfo[]): string | undefined {
  return (buckets.find(({ fileCount = 0 }) => fileCount > 0) ?? buckets[0])?.name;
}

/** Whether the bucket can be read, and what its answer says. */
export async function bucketDetails(client: MediasaurClient, name: string): Promise<Finding> {
  const bucket = await client.getBucket(name);
  if (bucket === undefined) return found("failed", `bucket "${name}" is missing, or not visible to this key`);
  const { fileCount, usedBytes, plan } = bucket;
  const said = { fileCount, usedBytes, plan };
  const absent = Object.entries(said).filter(([, value]) => value === undefined);
  const known = Object.entries(said).filter(([, value]) => value !== undefined);
  const text = known.map(([field, value]) => `${field} ${String(value)}`).join(", ");
  if (absent.length === 0) return found("ok", text);
  const missing = `${absent.map(([field]) => field).join(", ")} not found in the answer: undefined in programs`;
  return found("ok", text === "" ? missing : `${text}; ${missing}`);
}

/** Whether the listing can be read, and what its rows say. */
export function listing(page: FilePage): Finding {
  const { files, total, end } = page;
  const count = `${files.length} file${files.length === 1 ? "" : "s"} in the first page`;
  if (files.length === 0) return found("ok", "no files: what files look like can't be checked");
  const silent = files.filter(({ visibility }) => visibility === undefined).length;
  const counted = total === undefined ? (end ? "" : ", no total given") : `, total ${total}`;
  if (silent === 0) return found("ok", `${count}${counted}; rows have id, path and visibility`);
  return found("warning", `${count}${counted}; ${silent} without visibility: each such file is read by itself, slower`);
}

/** Whether `limit` and `offset` mean what the documentation says. */
export async function paging(config: Config, bucket: string): Promise<Finding> {
  const ask = (offset: number): ReturnType<typeof probeList> =>
    probeList(config.baseUrl, config.apiKey, { bucket, limit: 1, offset });
  const [first, second, beyond] = [await ask(0), await ask(1), await ask(BEYOND_THE_END)];
  if (typeof first === "string" || typeof second === "string") {
    return found("skipped", `a page of one row was not given (${[first, second].filter(isText).join(", ")})`);
  }
  if (!isText(beyond) && beyond.rows.length > 0) {
    return found("failed", "offset is ignored: rows come from beyond the end, so that no long listing can be read");
  }
  const limit =
    first.rows.length > 1 ? `; limit is not obeyed (${first.rows.length} rows for 1), which does no harm` : "";
  if (JSON.stringify(first.rows[0]) === JSON.stringify(second.rows[0])) {
    return found("warning", `offset works, but the order changes from request to request${limit}`);
  }
  return found("ok", `offset works${limit}`);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** How a bucket that is not there is answered. */
export async function missingBucket(client: MediasaurClient, bucket: string): Promise<Finding> {
  const name = `${bucket}-no-such-${randomBytes(4).toString("hex")}`;
  try {
    const there = await client.getBucket(name);
    return there === undefined
      ? found("ok", "404: told apart from a bucket that is there")
      : found("failed", `bucket "${name}", which nobody made, is answered as if it were there`);
  } catch (error) {
    if (!isMediasaurError(error) || (error.code !== "forbidden" && error.code !== "invalid_request")) throw error;
    return found("warning", `HTTP ${error.status ?? "?"} and no 404: a wrong name fails with "${error.detail}"`);
  }
}
