import { isObject, type JsonObject } from "./body";

/** For each field the names it may go by, the likeliest first. A dot reaches into an object. */
export const ALIASES = {
  id: ["id", "file_id", "uuid", "file_uuid", "guid", "_id", "asset_id"],
  name: ["name", "file_name", "filename", "object_name", "original_filename", "original_name", "title"],
  path: ["path", "file_path", "full_path", "pathname", "key", "object_key"],
  directory: ["directory", "dir", "folder", "folder_path", "parent_path"],
  bucket: ["bucket", "bucket_name", "bucket.name", "storage_zone_name"],
  size: ["size", "size_bytes", "file_size", "bytes", "content_length", "length", "metadata.size"],
  contentType: ["mime_type", "content_type", "mimetype", "mime", "metadata.mimetype", "type", "file_type"],
  url: ["url", "secure_url", "public_url", "cdn_url", "file_url", "download_url", "signed_url"],
  visibility: ["visibility", "access", "acl", "access_mode", "privacy"],
  public: ["is_public", "public"],
  private: ["is_private", "private", "is_private_file"],
  createdAt: ["created_at", "created", "date_created", "uploaded_at", "datetime_uploaded", "upload_timestamp"],
  updatedAt: ["updated_at", "modified_at", "last_modified", "last_changed"],
  metadata: ["metadata", "meta", "custom_metadata"],
  goneAt: ["deleted_at", "removed_at", "datetime_removed", "archived_at"],
  gone: ["deleted", "archived", "is_deleted"],
  status: ["status", "state"],
  ready: ["is_ready"],
  folder: ["is_directory", "is_folder"],
  rows: ["files", "data", "items", "results", "objects", "resources", "blobs", "records", "rows", "buckets"],
  total: ["total", "total_count", "meta.total", "pagination.total"],
  more: ["has_more", "has_next", "meta.has_more", "meta.has_next", "pagination.has_more", "pagination.has_next"],
  token: ["token", "upload_token", "data.token", "access_token"],
  bucketName: ["name", "bucket_name", "bucket", "bucket.name", "storage_zone_name"],
  usage: ["usage", "stats", "statistics"],
  usedBytes: ["storage_used", "storage_bytes", "used_bytes", "total_bytes", "size"],
  fileCount: ["file_count", "files", "files_stored", "objects_count"],
  plan: ["plan", "pricing_plan", "pricing", "subscription", "tier"],
  requestId: ["request_id", "correlationId"],
} as const satisfies Record<string, readonly string[]>;

/** Keys under which a single object may be wrapped. */
export const ENVELOPES = ["data", "file", "result", "response", "item", "bucket"] as const;

const spellings = new Map<string, string>();
const MOST_SPELLINGS = 1000;

/** Folds case, `_` and `-`: `fileId`, `file_id` and `FileId` are one name. Every row has the same few keys. */
export function fold(key: string): string {
  const known = spellings.get(key);
  if (known !== undefined) return known;
  const folded = key.toLowerCase().replace(/[_-]/g, "");
  if (spellings.size < MOST_SPELLINGS) spellings.set(key, folded);
  return folded;
}

/** The value under the first alias that is there and not null. */
export function pick(object: JsonObject, aliases: readonly string[]): unknown {
  return pickWhere(object, aliases, (value) => value !== undefined && value !== null);
}

/** The value under the first alias whose value is accepted. */
export function pickWhere(
  object: JsonObject,
  aliases: readonly string[],
  accept: (value: unknown, alias: string) => boolean,
): unknown {
  const folded = foldedKeys(object);
  for (const alias of aliases) {
    const dot = alias.indexOf(".");
    const outer = folded.get(fold(dot < 0 ? alias : alias.slice(0, dot)));
    const value = dot < 0 ? outer : isObject(outer) ? foldedKeys(outer).get(fold(alias.slice(dot + 1))) : undefined;
    if (value !== undefined && accept(value, alias)) return value;
  }
  return undefined;
}

const objects = new WeakMap<JsonObject, ReadonlyMap<string, unknown>>();

/**
 * The values of an object by folded key; of two keys that fold alike, the first that is not null. Each field of a row is
 * looked for in it, so that it is made once for an object; nothing changes an answer that has been received.
 */
export function foldedKeys(object: JsonObject): ReadonlyMap<string, unknown> {
  const made = objects.get(object);
  if (made !== undefined) return made;
  const folded = new Map<string, unknown>();
  for (const [key, value] of Object.entries(object)) {
    const known = folded.get(fold(key));
    if (known === undefined || known === null) folded.set(fold(key), value);
  }
  objects.set(object, folded);
  return folded;
}

/** The names of the keys of an answer, for an error: never the values. */
export function keysSeen(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (!isObject(value)) return value === null ? "null" : `a ${typeof value}`;
  const keys = Object.keys(value);
  if (keys.length === 0) return "none";
  const shown = keys.slice(0, 20).map((key) => key.slice(0, 40));
  return shown.join(", ") + (keys.length > shown.length ? ", ..." : "");
}
