import { isMediasaurError, type FileInfo, type MediasaurClient } from "../../client";
import type { GetFileArgs } from "./arguments";
import type { FileResult } from "./results";
import { refuseLeadingSlash, requireText } from "./argument-checks";
import { requireBucket } from "./buckets";
import { fileResult } from "./file-result";

/** Reads a file by its id, or by bucket and path, or says that it is missing. */
export async function readFile(client: MediasaurClient, args: GetFileArgs): Promise<FileResult> {
  const { id, bucket, path } = args as { id?: unknown; bucket?: unknown; path?: unknown };
  if ((id === undefined) === (bucket === undefined && path === undefined)) {
    throw new Error("give either { id } or { bucket, path }.");
  }
  if (id !== undefined) return readById(client, requireText("id", id));
  const known = { bucket: requireText("bucket", bucket), path: requireText("path", path) };
  refuseLeadingSlash("path", known.path);
  return readByPath(client, known.bucket, known.path);
}

async function readById(client: MediasaurClient, id: string): Promise<FileResult> {
  const file = await client.getFile(id);
  if (file !== undefined) return fileResult(file, file.bucket ?? (await bucketOf(client, file)));
  throw new Error("there is no file of this id, or this API key may not see it.");
}

/** The bucket of a file that does not say which it is in: the one whose listing has it. */
async function bucketOf(client: MediasaurClient, { id, path }: FileInfo): Promise<string | undefined> {
  for (const { name } of await client.listBuckets()) {
    if ((await findRow(client, name, path))?.id === id) return name;
  }
  return undefined;
}

async function readByPath(client: MediasaurClient, bucket: string, path: string): Promise<FileResult> {
  const row = await findRow(client, bucket, path);
  // A row of a listing may lack what the file itself says, and may be older.
  const file = row && (await client.getFile(row.id, { bucket }));
  if (file !== undefined && file.path.normalize("NFC") === path.normalize("NFC")) return fileResult(file, bucket);
  await requireBucket(client, bucket);
  throw new Error("there is no file at this path, or this API key may not see it.");
}

async function findRow(client: MediasaurClient, bucket: string, path: string): Promise<FileInfo | undefined> {
  try {
    return await client.findFile({ bucket, path });
  } catch (error) {
    // The listing of a bucket that is not there: which of the two is missing is said by the bucket itself.
    if (isMediasaurError(error) && error.code === "not_found") return undefined;
    throw error;
  }
}
