import * as pulumi from "@pulumi/pulumi";
import type {
  BucketResult,
  FileResult,
  GetBucketArgs,
  GetBucketOutputArgs,
  GetFileArgs,
  GetFileOutputArgs,
  GetFilesArgs,
  GetFilesOutputArgs,
} from "../functions";
import { callOptions } from "./options";

type Options = pulumi.InvokeOptions;

async function call<Result>(name: string, args: object, opts: Options | undefined): Promise<Result> {
  return (await pulumi.runtime.invoke(`mediasaur:index:${name}`, { ...args }, callOptions(opts))) as Result;
}

function callOutput<Result>(name: string, args: object, opts: Options | undefined): pulumi.Output<Result> {
  return pulumi.runtime.invokeOutput<Result>(`mediasaur:index:${name}`, { ...args }, callOptions(opts));
}

/** Reads a bucket. */
export function getBucket(args: GetBucketArgs, opts?: Options): Promise<BucketResult> {
  return call("getBucket", args, opts);
}

/** Like {@link getBucket}, for arguments that may be Outputs. */
export function getBucketOutput(args: GetBucketOutputArgs, opts?: Options): pulumi.Output<BucketResult> {
  return callOutput("getBucket", args, opts);
}

/** Reads every bucket that the key may see, by name. */
export async function getBuckets(opts?: Options): Promise<BucketResult[]> {
  return (await call<{ buckets: BucketResult[] }>("getBuckets", {}, opts)).buckets;
}

/** Like {@link getBuckets}, as an Output. */
export function getBucketsOutput(opts?: Options): pulumi.Output<BucketResult[]> {
  return callOutput<{ buckets: BucketResult[] }>("getBuckets", {}, opts).apply(({ buckets }) => buckets);
}

/** Reads a file by its id, or by bucket and path. The `url` of a PRIVATE file is as good as a key to it. */
export function getFile(args: GetFileArgs, opts?: Options): Promise<FileResult> {
  return call("getFile", args, opts);
}

/** Like {@link getFile}, for arguments that may be Outputs; the `url` of a PRIVATE file makes the result a secret. */
export function getFileOutput(args: GetFileOutputArgs, opts?: Options): pulumi.Output<FileResult> {
  return callOutput("getFile", args, opts);
}

/** Lists files, by path. */
export async function getFiles(args: GetFilesArgs, opts?: Options): Promise<FileResult[]> {
  return (await call<{ files: FileResult[] }>("getFiles", args, opts)).files;
}

/** Like {@link getFiles}, for arguments that may be Outputs. */
export function getFilesOutput(args: GetFilesOutputArgs, opts?: Options): pulumi.Output<FileResult[]> {
  return callOutput<{ files: FileResult[] }>("getFiles", args, opts).apply(({ files }) => files);
}
