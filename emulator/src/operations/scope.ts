import { argumentOf, valueOf } from "../dialect/arguments";
import type { Dialect } from "../dialect/dialects";
import { forbidden, missing, type ApiFailure } from "../failure";
import type { Store } from "../store/store";

/** Whether the API key may see a bucket: all of them, those that the dialect names, or the first by name. */
export function isInScope(store: Store, bucket: string, dialect: Dialect): boolean {
  if (valueOf(dialect, "key.scope") === "all_buckets") return true;
  const named = argumentOf(dialect, "key.scope")?.split("+");
  return named === undefined ? store.buckets.all()[0]?.name === bucket : named.includes(bucket);
}

/** How a request fails that concerns a bucket outside the key's scope. */
export function outOfScope(what: string, dialect: Dialect): ApiFailure {
  return valueOf(dialect, "key.scope") === "subset_403"
    ? forbidden("This API key has no access to the bucket")
    : missing(what);
}
