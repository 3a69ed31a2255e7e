/**
 * The same classes and functions as the main entry, by the resource plugin `mediasaur` in place of dynamic providers: several accounts,
 * `pulumi import`, secrets, detailed diffs. The plugin is installed by `npx pulumi-mediasaur plugin install`. A stack goes over by
 * changing the import, and nothing is written for it.
 *
 * @packageDocumentation
 */
export * from "./functions";
export { Provider, type ProviderArgs } from "./provider";
export { Bucket, FileLayout, ManagedFile } from "./resources";
export type {
  BucketArgs,
  CopyReference,
  FileLayoutArgs,
  FileReference,
  FileSource,
  LayoutFile,
  LayoutFileArgs,
  ManagedFileArgs,
  Origin,
  UnmanagedFile,
  VisibilityRule,
} from "..";
export type {
  BucketResult,
  FileResult,
  GetBucketArgs,
  GetBucketOutputArgs,
  GetFileArgs,
  GetFileOutputArgs,
  GetFilesArgs,
  GetFilesOutputArgs,
} from "../functions";
export { DeletionPolicy, Visibility } from "../visibility";
export { Unmanaged } from "../file-layout";
