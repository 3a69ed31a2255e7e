import type * as pulumi from "@pulumi/pulumi";
import type { Visibility } from "../visibility";

export type { GetBucketArgs, GetFileArgs, GetFilesArgs } from "../../provider/resources/lookups/arguments";

/** Which bucket `getBucketOutput` reads. */
export interface GetBucketOutputArgs {
  /** The bucket's name. */
  name: pulumi.Input<string>;
}

/** Which file `getFileOutput` reads: by its id, or by bucket and path. */
export type GetFileOutputArgs =
  | {
      /** The file's id (`file_id` of the API). */
      id: pulumi.Input<string>;
      /** Not beside `id`. */
      bucket?: undefined;
      /** Not beside `id`. */
      path?: undefined;
    }
  | {
      /** The bucket that the file is in. */
      bucket: pulumi.Input<string>;
      /** Full path in the bucket, with the file's name and without a leading slash. */
      path: pulumi.Input<string>;
      /** Not beside `bucket` and `path`. */
      id?: undefined;
    };

/** Which files `getFilesOutput` lists: see {@link GetFilesArgs}. */
export interface GetFilesOutputArgs {
  /** The bucket's name. */
  bucket: pulumi.Input<string>;
  /** Only files whose full path starts with this. */
  prefix?: pulumi.Input<string | undefined>;
  /** Only files whose full path matches this glob. */
  match?: pulumi.Input<string | undefined>;
  /** Only files of this visibility. */
  visibility?: pulumi.Input<Visibility | undefined>;
}
