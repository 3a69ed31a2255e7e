import type { FileInfo } from "../../client";
import { redactValues } from "../../client/redaction/redact-values";
import { safeUrl } from "../../client/redaction/safe-url";
import type { FileResult } from "./results";

/**
 * A file as programs see it.
 *
 * @param file - as the service described it
 * @param asked - the bucket that was asked about, where one was
 */
export function fileResult(file: FileInfo, asked?: string): FileResult {
  const { id, path, name, directory, visibility, url, size, contentType, createdAt, updatedAt, metadata } = file;
  const bucket = file.bucket ?? asked;
  if (bucket === undefined) {
    throw new Error(`the service does not say which bucket file ${id} is in: ask by { bucket, path }.`);
  }
  if (visibility === undefined) throw new Error(`the service does not say who may see file ${id} (${path}).`);
  const said = {
    // That of a private file is given to who asks for it, and marked as a secret: signed as it may be.
    url: visibility === "PRIVATE" ? url : safeUrl(url, file),
    size,
    contentType,
    createdAt,
    updatedAt,
    metadata: redactValues(metadata),
  };
  return { id, bucket, path, name, directory, visibility, ...said };
}
