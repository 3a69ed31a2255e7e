import { wrapObject } from "../render/envelope";
import { renderBucket, wrapBuckets } from "../render/bucket";
import { renderFile } from "../render/file";
import type { Operation } from "./call";
import { requireBucket } from "./lookup";
import { isInScope } from "./scope";
import { seenFile, statusOf } from "./seen";

/** GET /buckets */
export const listBuckets: Operation = ({ store }, { dialect }) => {
  const buckets = store.buckets
    .all()
    .filter(({ name }) => isInScope(store, name, dialect))
    .map((bucket) => renderBucket(bucket, store.buckets.usage(bucket.name), dialect));
  return { status: 200, body: wrapBuckets(buckets, dialect) };
};

/** GET /buckets/{bucket_name} */
export const getBucket: Operation = ({ store }, { dialect, params }) => {
  const bucket = requireBucket(store, params["bucket_name"] ?? "", dialect);
  const rendered = renderBucket(bucket, store.buckets.usage(bucket.name), dialect);
  return { status: 200, body: wrapObject(rendered, dialect, "bucket") };
};

/** GET /files/{file_id} */
export const getFile: Operation = (around, call) => {
  const { file, more } = seenFile(around, call, call.params["file_id"] ?? "");
  const fields = { ...statusOf(around, file, call.dialect), ...more };
  return { status: 200, body: wrapObject(renderFile(file, call.dialect, around.urls, fields), call.dialect) };
};
