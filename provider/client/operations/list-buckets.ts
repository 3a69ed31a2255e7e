import { readBucket } from "../decode/bucket";
import { readList } from "../decode/list";
import { atOf, send, type Call, type Host } from "../http/send";
import type { BucketInfo } from "../types";

/** `GET /buckets` */
export async function listBuckets(host: Host): Promise<BucketInfo[]> {
  const call: Call = { operation: "GET /buckets", method: "GET", path: "/buckets", repeat: "freely", needsBody: true };
  const answer = await send(host, call);
  const at = atOf(call, answer);
  return readList(answer.body, at, answer.headers).rows.map((row) => readBucket(row, at));
}
