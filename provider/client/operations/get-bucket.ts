import { isMediasaurError, MediasaurError } from "../errors";
import { readBucket } from "../decode/bucket";
import { atOf, jsonOf, send, type Call, type Host } from "../http/send";
import type { BucketInfo } from "../types";
import { isAbsent } from "./absent";
import { segment } from "./segment";

/** `GET /buckets/{bucket_name}`; `undefined`: there is none, or the key may not see it. */
export async function getBucket(host: Host, name: string): Promise<BucketInfo | undefined> {
  const operation = "GET /buckets/{bucket_name}";
  const call: Call = {
    operation,
    method: "GET",
    path: `/buckets/${segment(operation, "the name of a bucket", name)}`,
    repeat: "freely",
    needsBody: true,
  };
  try {
    const answer = await send(host, call);
    return readBucket(jsonOf(answer), atOf(call, answer), name);
  } catch (error) {
    if (await isAbsent(host, error)) return undefined;
    if (isMediasaurError(error) && error.code === "forbidden") {
      const { code, operation, requestId } = error;
      const message = `bucket ${JSON.stringify(name)} is not visible to this API key. The service says: ${error.detail}`;
      throw new MediasaurError({
        code,
        operation,
        status: 403,
        message,
        ...(requestId === undefined ? {} : { requestId }),
      });
    }
    throw error;
  }
}
