import type { Dialect } from "../dialect/dialects";
import type { BucketRow, BucketUsage } from "../store/rows";
import { withCase } from "./casing";
import { renderTime } from "./file";

/** A bucket with its usage and pricing plan. */
export function renderBucket(bucket: BucketRow, usage: BucketUsage, dialect: Dialect): Record<string, unknown> {
  const numbers = {
    file_count: usage.fileCount,
    storage_bytes: usage.storageBytes,
    bandwidth_bytes: bucket.bandwidth,
  };
  return withCase(
    {
      name: bucket.name,
      plan: renderPlan(bucket.plan, dialect),
      ...(dialect["bucket.usage"] === "nested" ? { usage: withCase(numbers, dialect) } : {}),
      ...(dialect["bucket.usage"] === "flat" ? numbers : {}),
      created_at: renderTime(bucket.createdAt, dialect),
    },
    dialect,
  );
}

/** The list of buckets in the envelope of the dialect. */
export function wrapBuckets(buckets: readonly unknown[], dialect: Dialect): unknown {
  return dialect["bucket.envelope"] === "bare" ? buckets : { [dialect["bucket.envelope"]]: buckets };
}

function renderPlan(plan: string, dialect: Dialect): unknown {
  if (dialect["bucket.plan"] === "null") return null;
  return dialect["bucket.plan"] === "object" ? { id: `plan_${plan}`, name: plan } : plan;
}
