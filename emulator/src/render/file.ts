import type { Dialect } from "../dialect/dialects";
import { mediaTypeOf } from "../media-types";
import { baseName, directoryOf } from "../paths";
import type { FileRow, Visibility } from "../store/rows";
import type { FileUrls } from "../urls";
import { withCase } from "./casing";

/** The fields of a file, as the dialect names and fills them, and more of them where there are any. */
export function renderFile(
  file: FileRow,
  dialect: Dialect,
  urls: FileUrls,
  more: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const name = file.label ?? baseName(file.path);
  return withCase(
    {
      ...ids[dialect["object.id"]](file),
      bucket: file.bucket,
      name,
      path: paths[dialect["object.path"]](file),
      ...sizes[dialect["object.size"]](file.size),
      mime_type: mediaTypeOf(baseName(file.path)),
      ...visibilities[dialect["object.visibility"]](file.visibility),
      url: renderUrl(file, dialect, urls),
      metadata: JSON.parse(file.metadata) as unknown,
      created_at: times[dialect["object.time"]](file.createdAt),
      updated_at: times[dialect["object.time"]](file.updatedAt),
      ...more,
    },
    dialect,
  );
}

/** A time, as the dialect writes it. */
export function renderTime(ms: number, dialect: Dialect): string | number {
  return times[dialect["object.time"]](ms);
}

/** A file's address, or null where the dialect gives none. */
function renderUrl(file: FileRow, dialect: Dialect, urls: FileUrls): string | null {
  const isPublic = file.visibility === "PUBLIC";
  switch (dialect["object.url"]) {
    case "public_only_null_private":
      return isPublic ? urls.plain(file) : null;
    case "signed_rotating_private":
      return isPublic ? urls.plain(file) : urls.signed(file, 3600);
    case "same_url":
      return urls.plain(file);
    case "changes_on_visibility":
      return `${urls.plain(file)}?v=${String(file.urlVersion)}`;
  }
}

type Fields = Record<string, unknown>;

const ids: Readonly<Record<Dialect["object.id"], (file: FileRow) => Fields>> = {
  id: ({ id }) => ({ id }),
  file_id: ({ id }) => ({ file_id: id }),
  uuid: ({ id }) => ({ uuid: id }),
  numeric_id: ({ seq }) => ({ id: seq }),
};

const paths: Readonly<Record<Dialect["object.path"], (file: FileRow) => string>> = {
  full: ({ path }) => path,
  full_leading_slash: ({ path }) => `/${path}`,
  directory: ({ path }) => directoryOf(path),
  directory_slash: ({ path }) => (path.includes("/") ? `${directoryOf(path)}/` : "/"),
  bucket_prefixed: ({ bucket, path }) => `${bucket}/${path}`,
};

const sizes: Readonly<Record<Dialect["object.size"], (size: number) => Fields>> = {
  number: (size) => ({ size }),
  numeric_string: (size) => ({ size: String(size) }),
  bytes: (bytes) => ({ bytes }),
  size_bytes: (size) => ({ size_bytes: size }),
  absent: () => ({}),
};

const visibilities: Readonly<Record<Dialect["object.visibility"], (visibility: Visibility) => Fields>> = {
  "PUBLIC/PRIVATE": (visibility) => ({ visibility }),
  lower: (visibility) => ({ visibility: visibility.toLowerCase() }),
  is_public: (visibility) => ({ is_public: visibility === "PUBLIC" }),
  is_private: (visibility) => ({ is_private: visibility === "PRIVATE" }),
  access: (visibility) => ({ access: visibility.toLowerCase() }),
};

const times: Readonly<Record<Dialect["object.time"], (ms: number) => string | number>> = {
  iso: (ms) => new Date(ms).toISOString(),
  epoch_s: (ms) => Math.floor(ms / 1000),
  epoch_ms: (ms) => ms,
};
