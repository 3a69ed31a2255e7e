import { mediasaurError } from "../client";
import { redactValues } from "../client/redaction/redact-values";
import type { Session } from "../reconcile/run/session";

/** A bucket as it is. */
export interface BucketState {
  readonly name: string;
  readonly fileCount?: number;
  readonly usedBytes?: number;
  readonly plan?: string;
  /** The API's answer as it came, without what is not to be kept in state. */
  readonly details: unknown;
}

/** Reads a bucket; one that is missing, or not visible to the key, is an error. */
export async function readBucket(session: Session, name: string): Promise<BucketState> {
  const bucket = await session.bucket(name);
  if (bucket === undefined) {
    const message = `bucket "${name}" is missing, or not visible to this API key. Check the name, and which buckets the key may see.`;
    throw mediasaurError({ code: "not_found", message });
  }
  return { ...bucket, details: redactValues(bucket.details) };
}
