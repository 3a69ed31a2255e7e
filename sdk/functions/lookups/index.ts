export { redact } from "../../../provider/client";
export { readBucket, readBuckets } from "./buckets";
export { connect } from "./connect";
export { readFile } from "./file";
export { readFiles } from "./files";
