/**
 * Declare where each file of a Mediasaur bucket lives and who may see it.
 *
 * @module pulumi-mediasaur
 */
export { Bucket, type BucketArgs } from "./bucket";
export {
  FileLayout,
  Unmanaged,
  type FileLayoutArgs,
  type LayoutFile,
  type LayoutFileArgs,
  type UnmanagedFile,
  type VisibilityRule,
} from "./file-layout";
export {
  getBucket,
  getBucketOutput,
  getBuckets,
  getBucketsOutput,
  getFile,
  getFileOutput,
  getFiles,
  getFilesOutput,
  type BucketResult,
  type FileResult,
  type GetBucketArgs,
  type GetBucketOutputArgs,
  type GetFileArgs,
  type GetFileOutputArgs,
  type GetFilesArgs,
  type GetFilesOutputArgs,
} from "./functions";
export {
  ManagedFile,
  type CopyReference,
  type FileReference,
  type FileSource,
  type ManagedFileArgs,
} from "./managed-file";
export { DeletionPolicy, Visibility, type Origin } from "./visibility";
