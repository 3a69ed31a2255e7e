import { isMediasaurError } from "../errors";
import { multipart } from "../http/multipart";
import { readBulk } from "../decode/bulk";
import { isObject } from "../decode/body";
import { unwrap } from "../decode/envelope";
import { readId, readUrl } from "../decode/values";
import { atOf, jsonOf, send, type Call, type Host } from "../http/send";
import type { UploadHint, UploadQuery } from "../types";
import { createUploadToken } from "./create-upload-token";
import { wellFormed } from "./segment";

const OPERATION = "POST /";

/**
 * `POST /` of the upload service, sent once. With the key, and the bucket as a form field; where the service refuses that by
 * name, with a token for this one path, whose request documents the bucket.
 */
export async function upload(host: Host, query: UploadQuery): Promise<UploadHint> {
  const { profile } = host;
  if (profile.uploadByToken) return withToken(host, query);
  try {
    return await once(host, query);
  } catch (error) {
    if (!wantsToken(error)) throw error;
    const hint = await withToken(host, query);
    profile.uploadByToken = true;
    return hint;
  }
}

function wantsToken(error: unknown): boolean {
  if (!isMediasaurError(error) || error.outcome !== "refused") return false;
  // A service that gives no reason may have this one.
  if (/^(forbidden|invalid_request)$/.test(error.code) && /no reason given|HTML page/.test(error.detail)) return true;
  if (error.code === "invalid_request") return /\b(bucket|path|token|field)\b|_token/i.test(error.detail);
  // The advice to set a key names none of these; only the service's own words do.
  return (error.code === "unauthorized" || error.code === "forbidden") && /\btoken\b/i.test(error.detail);
}

async function withToken(host: Host, query: UploadQuery): Promise<UploadHint> {
  return once(host, query, await createUploadToken(host, { bucket: query.bucket, path: query.path }));
}

async function once(host: Host, query: UploadQuery, token?: string): Promise<UploadHint> {
  const form = multipart({
    fields: [
      ["bucket", wellFormed(OPERATION, query.bucket)],
      ["path", wellFormed(OPERATION, query.path)],
    ],
    fileName: query.path.slice(query.path.lastIndexOf("/") + 1),
    contentType: query.contentType ?? "application/octet-stream",
    content: query.body,
    ...(query.size === undefined ? {} : { size: query.size }),
  });
  const call: Call = { operation: OPERATION, method: "POST", path: "/", raw: form, repeat: "never", needsBody: false };
  const answer = await send(host, token === undefined ? call : { ...call, bearer: token });
  const object = unwrap(jsonOf(answer));
  if (!isObject(object)) return {};
  const hint: UploadHint = {};
  const { ids, rows } = readBulk(answer.body);
  const url = [object, ...rows.filter(isObject)].map(readUrl).find((address) => address !== undefined);
  const id = idIn(() => readId(object, atOf(call, answer))) ?? ids[0];
  if (id !== undefined) hint.id = id;
  if (url !== undefined) hint.url = url;
  return hint;
}

function idIn(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
