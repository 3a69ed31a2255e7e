import type { IncomingHttpHeaders } from "node:http";
import type { RequestFacts } from "../faults/rules";
import type { Call } from "../operations/call";
import { findFile } from "../operations/lookup";
import type { Store } from "../store/store";

const bucketFields = ["bucket", "bucket_name", "source_bucket", "target_bucket"];
const pathFields = ["path", "source_path", "target_path", "*"];

/** The buckets, paths and file ids that a request concerns: those that it names, and where the files are that it names. */
export function factsOf(store: Store, call: Call, headers: IncomingHttpHeaders): RequestFacts {
  const named = { ...call.query, ...asObject(call.body), ...call.upload?.fields, ...call.params };
  const texts = (fields: readonly string[]): string[] =>
    fields.map((field) => named[field]).filter((value) => typeof value === "string");
  const ids: unknown = named["file_ids"];
  const fileIds = [...texts(["file_id"]), ...(Array.isArray(ids) ? ids.map(String) : [])];
  const files = fileIds.flatMap((id) => findFile(store, id, call.dialect) ?? []);
  return {
    buckets: [
      ...texts(bucketFields),
      ...files.map(({ bucket }) => bucket),
      ...(call.claims ? [call.claims.bucket] : []),
    ],
    paths: [...texts(pathFields), ...files.map(({ path }) => path)],
    fileIds,
    headers,
  };
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
