import * as pulumi from "@pulumi/pulumi";
import type { GetBucketArgs, GetBucketOutputArgs } from "./arguments";
import { callText, lookUp } from "./look-up";
import type { BucketResult } from "../../provider/resources/lookups/results";

/**
 * Reads a bucket (`GET /buckets/{bucket_name}`), in preview too.
 *
 * @throws pulumi.RunError, one line, where the bucket is missing or not visible to the API key
 *
 * @example
 * ```ts
 * const { usedBytes } = await mediasaur.getBucket({ name: "media" });
 * ```
 */
export function getBucket(args: GetBucketArgs): Promise<BucketResult> {
  return lookUp(callText("getBucket", { name: args.name }), (lookups, client) => lookups.readBucket(client, args));
}

/**
 * Like {@link getBucket}, for a name that may be an Output. Unknown in preview while the name is.
 *
 * @example
 * ```ts
 * export const used = mediasaur.getBucketOutput({ name: config.require("bucket") }).usedBytes;
 * ```
 */
export function getBucketOutput(args: GetBucketOutputArgs): pulumi.Output<BucketResult> {
  return pulumi.output(args).apply((known) => getBucket(known));
}
