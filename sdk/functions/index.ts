export type {
  GetBucketArgs,
  GetBucketOutputArgs,
  GetFileArgs,
  GetFileOutputArgs,
  GetFilesArgs,
  GetFilesOutputArgs,
} from "./arguments";
export { getBucket, getBucketOutput } from "./get-bucket";
export { getBuckets, getBucketsOutput } from "./get-buckets";
export { getFile, getFileOutput } from "./get-file";
export { getFiles, getFilesOutput } from "./get-files";
export type { BucketResult, FileResult } from "../../provider/resources/lookups/results";
