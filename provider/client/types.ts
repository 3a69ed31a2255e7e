/** Who may read a file: `PUBLIC` is anyone with its URL, `PRIVATE` only holders of a key. */
export type Visibility = "PUBLIC" | "PRIVATE";

/** A file as the API described it, under one spelling whatever names the answer used. */
export interface FileInfo {
  /** What `/files/{file_id}` takes. */
  id: string;
  /** The bucket, where the answer or the question named it. */
  bucket?: string;
  /** Full path in the bucket, with the file's name and without a leading slash. */
  path: string;
  /** Base name: the last segment of `path`. */
  name: string;
  /** What the file is called, where that is not its base name: renames change it and not the path. */
  label?: string;
  /** Everything before the base name, without a trailing slash; `""` is the root. */
  directory: string;
  /** `undefined`: the answer did not say. */
  visibility?: Visibility;
  /** Where the file is served; may be signed, so it belongs into no state. */
  url?: string;
  /** Bytes. */
  size?: number;
  /** Lower case, without parameters. */
  contentType?: string;
  /** ISO 8601. */
  createdAt?: string;
  /** ISO 8601. */
  updatedAt?: string;
  /** The metadata object as it came. */
  metadata?: Record<string, unknown>;
  /** The service still works on the file (uploading, processing, queued): read it again later. */
  busy: boolean;
}

/** A bucket as the API described it. */
export interface BucketInfo {
  /** The bucket's name. */
  name: string;
  /** Files in the bucket. */
  fileCount?: number;
  /** Bytes stored. */
  usedBytes?: number;
  /** Name of the pricing plan. */
  plan?: string;
  /** The API's answer as it came. */
  details: unknown;
}

/** One page of a listing. */
export interface FilePage {
  /** The files of this page that no page before it had. */
  files: FileInfo[];
  /** Rows that the server sent, folder rows and repetitions included. */
  received: number;
  /** Files that match in all, where the server said so. */
  total?: number;
  /** Nothing comes after this page. */
  end: boolean;
  /** Files of this page that can't be worked with, where there are any. They are not among `files`. */
  skipped?: SkippedFile[];
}

/** A file that a listing shows and that can't be worked with, such as one at `a//b`. It is left alone. */
export interface SkippedFile {
  /** The bucket that was listed. */
  bucket: string;
  /** Its id, where the row has one. */
  id?: string;
  /** Where it is, where the row says so. */
  path?: string;
  /** Why it can't be worked with, in words that go on from "the file". */
  reason: string;
}

/** Which files to list. */
export interface ListQuery {
  /** The bucket's name. */
  bucket: string;
  /** Only files whose full path starts with this. */
  path?: string;
  /**
   * Whether all pages are wanted for sure. Several are then asked for at the same time, where the service tells how many there are.
   * @default false: each page is asked for when it is wanted
   */
  all?: boolean;
}

/** Which file to look for. */
export interface FindQuery {
  /** The bucket's name. */
  bucket: string;
  /** Full path, with the file's name. */
  path: string;
  /** Full path of a file of the same bucket that is known to exist: proof that the service can be asked this way. */
  control?: string;
}

/** What to change of a file. Only the fields that are given are sent. */
export interface FileChange {
  /** New base name: renames the file within its directory. */
  name?: string;
  /** New visibility. */
  visibility?: Visibility;
}

/** Which files to move where. */
export interface MoveQuery {
  /** The bucket that holds them. */
  bucket: string;
  /** At least one. */
  fileIds: string[];
  /** Target directory; `""` is the root. */
  directory: string;
}

/** Which file to copy where. */
export interface CopyQuery {
  /** The bucket that holds the file. */
  sourceBucket: string;
  /** The bucket that gets the copy. */
  targetBucket: string;
  /** The file to copy. */
  fileId: string;
  /** Target directory; `""` is the root. */
  directory: string;
}

/** What the answer to a copy hinted at. None of it is proof: read before believing. */
export interface CopyHint {
  /** Files that the answer described in full. */
  candidates: FileInfo[];
  /** Every id that the answer named, those of `candidates` included, the source's own left out. */
  candidateIds: string[];
}

/** What an upload token is for. */
export interface TokenQuery {
  /** The bucket's name. */
  bucket: string;
  /** Exact full path, with the file's name. */
  path: string;
  /**
   * Seconds.
   * @default 3600
   */
  expiresIn?: number;
}

/** What to upload where. */
export interface UploadQuery {
  /** The bucket's name. */
  bucket: string;
  /** Exact full path, with the file's name. */
  path: string;
  /** Gives the content, from its start, each time it is called. */
  body: () => NodeJS.ReadableStream | Buffer;
  /** Bytes, where known: then the length is declared, and a body of another length is an error. */
  size?: number;
  /** @default "application/octet-stream" */
  contentType?: string;
}

/** What the answer to an upload said. A hint: read before believing. */
export interface UploadHint {
  /** The file's id. */
  id?: string;
  /** Where the file is served. */
  url?: string;
}
