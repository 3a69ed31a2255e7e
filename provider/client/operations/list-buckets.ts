import { readBucket } from "../reader/bucket";
import { readList } from "../reader/list";
import { atOf, send, type Call, type Host } from "../send";
import type { BucketInfo } from "../types";

/** `GET /buckets` */
export async function listBuckets(host: Host): Promise<BucketInfo[]> {
  const call: Call = { operation: "GET /buckets", method: "GET", path: "/buckets", safe: true, needsBody: true };
  const answer = await send(host, call);
  const at = atOf(call, answer);
  return readList(answer.body, at, answer.headers).rows.map((row) => readBucket(row, at));
}
