export { redact } from "../../client";
export { readBucket, readBuckets } from "./buckets";
export { connect } from "./connect";
export { readFile } from "./file";
export { readFiles } from "./files";
