import type { BucketInfo, MediasaurClient } from "../../client";
import { redactValues } from "../../client/redaction/redact-values";
import type { GetBucketArgs } from "./arguments";
import type { BucketResult } from "./results";
import { requireText } from "./argument-checks";

/** Reads a bucket, or says that it is missing. */
export async function readBucket(client: MediasaurClient, { name }: GetBucketArgs): Promise<BucketResult> {
  return resultOf(await requireBucket(client, requireText("name", name)));
}

/** Reads every bucket that the key may see, by name. */
export async function readBuckets(client: MediasaurClient): Promise<BucketResult[]> {
  const buckets = (await client.listBuckets()).map(resultOf);
  return buckets.sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

/** The bucket itself, or an error that says that it is missing. */
export async function requireBucket(client: MediasaurClient, name: string): Promise<BucketInfo> {
  const bucket = await client.getBucket(name);
  if (bucket !== undefined) return bucket;
  throw new Error(
    `bucket ${JSON.stringify(name)} is missing, or not visible to this API key. ` +
      `Check the name, and which buckets the key may see.`,
  );
}

function resultOf({ name, fileCount, usedBytes, plan, details }: BucketInfo): BucketResult {
  return { name, fileCount, usedBytes, plan, details: redactValues(details) as Record<string, unknown> };
}
