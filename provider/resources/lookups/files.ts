import { isMediasaurError, type FileInfo, type MediasaurClient } from "../../client";
import { readGlob } from "../../model/glob";
import type { GetFilesArgs } from "./arguments";
import type { FileResult } from "./results";
import { optionalText, refuseLeadingSlash, requireText } from "./argument-checks";
import { requireBucket } from "./buckets";
import { fileResult } from "./file-result";

/**
 * Lists the files that fit all that was asked for, by path.
 *
 * @param client - whom to ask
 * @param args - what was asked for
 * @param onPage - told after each page how many files were listed so far
 */
export async function readFiles(
  client: MediasaurClient,
  args: GetFilesArgs,
  onPage?: (listed: number) => void,
): Promise<FileResult[]> {
  const bucket = requireText("bucket", args.bucket);
  const prefix = args.prefix === "" ? "" : (optionalText("prefix", args.prefix) ?? "");
  const match = optionalText("match", args.match);
  refuseLeadingSlash("prefix", prefix);
  refuseLeadingSlash("match", match);
  const { visibility } = args;
  if (visibility !== undefined && !["PUBLIC", "PRIVATE"].includes(visibility)) {
    throw new Error('visibility has to be "PUBLIC" or "PRIVATE".');
  }
  const glob = match === undefined ? undefined : readGlob(match);
  const start = glob?.start.startsWith(prefix) === true ? glob.start : prefix;
  const results: FileResult[] = [];
  let listed = 0;
  for await (const page of pagesOf(client, bucket, start)) {
    listed += page.length;
    onPage?.(listed);
    const fitting = page.filter(({ path }) => startsWith(path, prefix) && (glob?.matches(path) ?? true));
    const files = await Promise.all(fitting.map((file) => withVisibility(client, bucket, file)));
    for (const file of files) {
      if (file !== undefined && (visibility ?? file.visibility) === file.visibility) results.push(withoutSecrets(file));
    }
  }
  // Some services list a bucket that is not there as an empty one.
  if (listed === 0) await requireBucket(client, bucket);
  return results.sort((a, b) => (a.path < b.path ? -1 : Number(a.path > b.path)));
}

async function* pagesOf(client: MediasaurClient, bucket: string, start: string): AsyncGenerator<FileInfo[]> {
  try {
    for await (const { files } of client.pages(start === "" ? { bucket } : { bucket, path: start })) yield files;
  } catch (error) {
    if (isMediasaurError(error) && error.code === "not_found") await requireBucket(client, bucket);
    throw error;
  }
}

/** A row of a listing need not say who may see the file: then the file itself is asked. `undefined`: gone meanwhile. */
async function withVisibility(client: MediasaurClient, bucket: string, row: FileInfo): Promise<FileResult | undefined> {
  const file = row.visibility === undefined ? await client.getFile(row.id, { bucket }) : row;
  return file && fileResult(file, bucket);
}

function withoutSecrets(file: FileResult): FileResult {
  return file.visibility === "PRIVATE" ? { ...file, url: undefined } : file;
}

function startsWith(path: string, prefix: string): boolean {
  return path.normalize("NFC").startsWith(prefix.normalize("NFC"));
}
