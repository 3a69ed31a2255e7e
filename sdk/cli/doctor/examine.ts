import { MediasaurClient, type FileInfo, type FilePage } from "../../../provider/client";
import type { Config } from "../../../provider/client/config";
import { environmentConfig } from "../environment";
import { ASSUMPTIONS } from "./assumptions";
import { bucketDetails, chooseBucket, listing, missingBucket, paging } from "./bucket-checks";
import { check, found, type Check, type Finding } from "./check";
import { details, freePath, lookup, missingFile, samplesOf } from "./file-checks";
import { clock, configuration, key, uploads } from "./service-checks";

/** All that the doctor found. */
export interface Report {
  /** Nothing has failed. */
  readonly ok: boolean;
  readonly baseUrl?: string;
  readonly uploadUrl?: string;
  /** The bucket that was looked into. */
  readonly bucket?: string;
  readonly checks: readonly Check[];
  /** What is assumed, and can't be checked without writing. */
  readonly assumptions: readonly string[];
}

type Add = (id: string, title: string, work: () => Promise<Finding> | Finding) => Promise<Check>;

/**
 * Checks whether the service answers as the provider needs it. Sends nothing but GET.
 *
 * @param named - the bucket to look into
 * @param onCheck - told of each check as it begins
 */
export async function examine(named: string | undefined, onCheck: (title: string) => void): Promise<Report> {
  const checks: Check[] = [];
  const add: Add = async (id, title, work) => {
    onCheck(title);
    const result = await check(id, title, work);
    checks.push(result);
    return result;
  };
  let config: Config | undefined;
  await add("configuration", "configuration", () => configuration((config = environmentConfig())));
  const bucket = config && (await examineService(add, config, named));
  return {
    ok: checks.every(({ status }) => status !== "failed"),
    ...(config === undefined ? {} : { baseUrl: config.baseUrl, uploadUrl: config.uploadUrl }),
    ...(bucket === undefined ? {} : { bucket }),
    checks,
    assumptions: ASSUMPTIONS,
  };
}

async function examineService(add: Add, config: Config, named: string | undefined): Promise<string | undefined> {
  const client = new MediasaurClient(config);
  let bucket = named;
  const { status } = await add("key", "API key", async () => {
    const { finding, buckets } = await key(client);
    bucket ??= chooseBucket(buckets);
    return finding;
  });
  await add("uploads", "upload endpoint", () => uploads(config));
  if (status === "failed") return bucket;
  await add("clock", "clock", () => clock(config));
  if (bucket === undefined) {
    await add("bucket", "bucket", () => found("skipped", "no bucket to look into: name one with --bucket"));
    return undefined;
  }
  await examineBucket(add, config, client, bucket);
  return bucket;
}

async function examineBucket(add: Add, config: Config, client: MediasaurClient, bucket: string): Promise<void> {
  const { status } = await add("bucket", `bucket ${bucket}`, () => bucketDetails(client, bucket));
  await add("missing-bucket", "missing bucket", () => missingBucket(client, bucket));
  if (status === "failed") return;
  let page: FilePage | undefined;
  await add("listing", "file listing", async () => {
    const first = await client.pages({ bucket }).next();
    page = first.done === true ? { files: [], received: 0, end: true } : first.value;
    return listing(page);
  });
  if (page === undefined) return;
  const { files } = page;
  await add("paging", "paging", () =>
    files.length > 1 ? paging(config, bucket) : found("skipped", "too few files to tell"),
  );
  await examineFiles(add, client, bucket, files);
}

async function examineFiles(add: Add, client: MediasaurClient, bucket: string, files: FileInfo[]): Promise<void> {
  const samples = samplesOf(files);
  const [sample] = samples;
  const none = found("skipped", "no file to look at");
  await add("details", "file details", () => (sample === undefined ? none : details(client, bucket, samples)));
  await add("lookup", "file by path", () => (sample === undefined ? none : lookup(client, bucket, sample)));
  await add("free-path", "free path", () => freePath(client, bucket, sample));
  await add("missing-file", "missing file", () => missingFile(client, sample));
}
