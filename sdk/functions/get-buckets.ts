import * as pulumi from "@pulumi/pulumi";
import { callText, lookUp } from "./look-up";
import type { BucketResult } from "../../provider/resources/lookups/results";

/**
 * Reads the buckets that the API key may see (`GET /buckets`), by name, in preview too.
 *
 * @throws pulumi.RunError, one line
 *
 * @example
 * ```ts
 * const names = (await mediasaur.getBuckets()).map(({ name }) => name);
 * ```
 */
export function getBuckets(): Promise<BucketResult[]> {
  return lookUp(callText("getBuckets", {}), (lookups, client) => lookups.readBuckets(client));
}

/** Like {@link getBuckets}, as an Output. */
export function getBucketsOutput(): pulumi.Output<BucketResult[]> {
  return pulumi.output(undefined).apply(() => getBuckets());
}
