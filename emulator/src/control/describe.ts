import { missing } from "../failure";
import { mediaTypeOf } from "../media-types";
import { baseName } from "../paths";
import type { EmulatorState } from "../state";
import type { FileRow } from "../store/rows";
import { everything } from "../store/store";

/** A file as it is, whatever the dialect says of it. */
export interface FileDescription {
  readonly id: string;
  readonly bucket: string;
  readonly name: string;
  readonly path: string;
  readonly size: number;
  readonly mime_type: string;
  readonly visibility: "PUBLIC" | "PRIVATE";
  /** Of the bytes; null where they are made up when read, or came with a large file of a seed's folder. */
  readonly sha256: string | null;
  readonly metadata: unknown;
  readonly created_at: string;
  readonly updated_at: string;
  readonly url: string;
  /** Opens the file for an hour, though it be private. */
  readonly signed_url: string;
  /** Ids of the older versions that this one hides; absent where it hides none. */
  readonly older_versions?: readonly string[];
}

/** A bucket as it is. */
export interface BucketDescription {
  readonly name: string;
  readonly plan: string;
  readonly file_count: number;
  readonly storage_bytes: number;
  readonly bandwidth_bytes: number;
  readonly created_at: string;
}

/** Everything that an emulator holds. Files are in order of bucket and path. */
export interface StateDescription {
  readonly buckets: readonly BucketDescription[];
  readonly files: readonly FileDescription[];
}

/** Describes all buckets, or one. */
export function describeState(state: EmulatorState, only: string | undefined): StateDescription {
  const buckets = state.store.buckets.all().filter(({ name }) => only === undefined || name === only);
  state.later.tick(false);
  if (only !== undefined && buckets.length === 0) throw missing(`Bucket "${only}"`);
  return {
    buckets: buckets.map((bucket) => {
      const { fileCount, storageBytes } = state.store.buckets.usage(bucket.name);
      return {
        name: bucket.name,
        plan: bucket.plan,
        file_count: fileCount,
        storage_bytes: storageBytes,
        bandwidth_bytes: bucket.bandwidth,
        created_at: new Date(bucket.createdAt).toISOString(),
      };
    }),
    files: buckets.flatMap(({ name }) => {
      const hidden = state.store.hiddenVersions(name);
      return state.store.list(name, everything, "path", -1, 0).map((file) => {
        const older = hidden.filter(({ path }) => path === file.path).map(({ id }) => id);
        return { ...describeFile(state, file), ...(older.length === 0 ? {} : { older_versions: older }) };
      });
    }),
  };
}

/** Describes a file. */
export function describeFile(state: EmulatorState, file: FileRow): FileDescription {
  return {
    id: file.id,
    bucket: file.bucket,
    name: file.label ?? baseName(file.path),
    path: file.path,
    size: file.size,
    mime_type: mediaTypeOf(file.path),
    visibility: file.visibility,
    sha256: file.sha256,
    metadata: JSON.parse(file.metadata) as unknown,
    created_at: new Date(file.createdAt).toISOString(),
    updated_at: new Date(file.updatedAt).toISOString(),
    url: state.urls.plain(file),
    signed_url: state.urls.signed(file, 3600),
  };
}
