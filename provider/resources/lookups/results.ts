/** A file as it is now. */
export interface FileResult {
  /** The file's id (`file_id` of the API). */
  id: string;
  /** The bucket that the file is in. */
  bucket: string;
  /** Full path in the bucket, with the file's name and without a leading slash. */
  path: string;
  /** Base name: the last segment of `path`. */
  name: string;
  /** The directory, without slashes at its ends; `""` is the root of the bucket. */
  directory: string;
  /** Who may see the file. */
  visibility: "PUBLIC" | "PRIVATE";
  /**
   * Where the file is served, where the service says so. That of a PRIVATE file is as good as a key to it (it may be
   * signed): only `getFile` gives it, and `getFileOutput` marks it as a secret.
   */
  url: string | undefined;
  /** Bytes, where the service says so. */
  size: number | undefined;
  /** Media type, such as `image/jpeg`, where the service says so. */
  contentType: string | undefined;
  /** ISO 8601, where the service says so. */
  createdAt: string | undefined;
  /** ISO 8601, where the service says so. */
  updatedAt: string | undefined;
  /** The file's metadata in the service's own words, where it gives any. */
  metadata: Record<string, unknown> | undefined;
}

/** A bucket as it is now. */
export interface BucketResult {
  /** The bucket's name. */
  name: string;
  /** How many files are in it, where the service says so. */
  fileCount: number | undefined;
  /** How many bytes they take, where the service says so. */
  usedBytes: number | undefined;
  /** The name of the pricing plan, where the service says so. */
  plan: string | undefined;
  /** The API's answer as it came: usage statistics and details of the pricing plan in the service's own words. */
  details: Record<string, unknown>;
}
