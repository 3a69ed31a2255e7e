/** Which bucket `getBucket` reads. */
export interface GetBucketArgs {
  /** The bucket's name. */
  name: string;
}

/** Which file `getFile` reads: by its id, or by bucket and path. */
export type GetFileArgs =
  | {
      /** The file's id (`file_id` of the API). */
      id: string;
      /** Not beside `id`. */
      bucket?: undefined;
      /** Not beside `id`. */
      path?: undefined;
    }
  | {
      /** The bucket that the file is in. */
      bucket: string;
      /** Full path in the bucket, with the file's name and without a leading slash. */
      path: string;
      /** Not beside `bucket` and `path`. */
      id?: undefined;
    };

/** Which files `getFiles` lists. */
export interface GetFilesArgs {
  /** The bucket's name. */
  bucket: string;
  /**
   * Only files whose full path starts with this, such as `"site/"`.
   * @default every file of the bucket
   */
  prefix?: string | undefined;
  /**
   * Only files whose full path matches this glob: `*` within a segment, `**` across segments, `?`, `[a-z]`, `{a,b}`.
   * `site/**` is everything below `site`, names with a leading dot included. Upper and lower case differ.
   * @default every file
   */
  match?: string | undefined;
  /**
   * Only files of this visibility.
   * @default both
   */
  visibility?: "PUBLIC" | "PRIVATE" | undefined;
}
