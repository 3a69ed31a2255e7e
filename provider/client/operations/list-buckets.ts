import { readBucket } from "../decode/bucket";
import { readList } from "../decode/list";
import { atOf, send, type Call, type Host } from "../http/send";
import type { BucketInfo } from "../types";

/** `GET /buckets` */
export async function listBuckets(host: Host): Promise<BucketInfo[]> {
  const call: Call = { operation: "GET /buckets", method: "GET", path: "/buckets", repeat: "freely", needsBody: true };
  const answer = await send(host, call);
  const at = atOf(call, answer);
  const { rows } = readList(answer.body, at, answer.headers);
  const buckets: BucketInfo[] = [];
  let problem: unknown;
  for (const row of rows) {
    try {
      buckets.push(readBucket(row, at));
    } catch (error) {
      problem ??= error;
    }
  }
  // One odd row is nobody's business; where no row can be read, this is not the API that is known.
  if (buckets.length === 0 && problem !== undefined) throw problem as Error;
  return buckets;
}
