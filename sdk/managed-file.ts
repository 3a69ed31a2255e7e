import * as pulumi from "@pulumi/pulumi";
import * as provider from "../provider/dynamic/entry/managed-file";
import { declarationOf, readArguments, refuseClearKey, refuseDeleteBeforeReplace } from "./declaration";
import { notePlace } from "./elsewhere";
import { secretMark } from "./secret-mark";
import type { DeletionPolicy, Origin, Visibility } from "./visibility";

/** A file by its full path in the bucket, or by its id: exactly one of the two. */
export type FileReference =
  | {
      /** Full path in the bucket, with the file's name and without a leading slash. */
      path: pulumi.Input<string>;
      /** Not beside `path`. */
      id?: undefined;
    }
  | {
      /** The file's id (`file_id` of the API). */
      id: pulumi.Input<string>;
      /** Not beside `id`. */
      path?: undefined;
    };

/** The file to copy: like {@link FileReference}, of this bucket or of another one. */
export type CopyReference = FileReference & {
  /**
   * The bucket that the file is copied from.
   * @default the ManagedFile's own bucket
   */
  bucket?: pulumi.Input<string>;
};

/** Where a file comes from: exactly one of the three forms. */
export type FileSource =
  | {
      /** Takes over this file of the same bucket and moves it to `path`. */
      adopt: pulumi.Input<FileReference>;
      /** Not beside `adopt`. */
      copy?: undefined;
      /** Not beside `adopt`. */
      upload?: undefined;
    }
  | {
      /**
       * Copies this file, of this bucket or another one, to `path`. A copy is never more public than what it is a copy
       * of, unless `visibility` says so. Another source is another file at the same path: the old one is deleted only
       * when the new one is in its place.
       */
      copy: pulumi.Input<CopyReference>;
      /** Not beside `copy`. */
      adopt?: undefined;
      /** Not beside `copy`. */
      upload?: undefined;
    }
  | {
      /**
       * Uploads this asset (FileAsset, StringAsset or RemoteAsset) to `path`. Another content is another file at the same
       * path: the old one is deleted only when the new one is in its place.
       */
      upload: pulumi.Input<pulumi.asset.Asset & object>; // Asset alone has no member, so that a text would do
      /** Not beside `upload`. */
      adopt?: undefined;
      /** Not beside `upload`. */
      copy?: undefined;
    };

/** What a program declares of one file. */
export interface ManagedFileArgs {
  /**
   * The bucket that the file is in. A change replaces the resource: the file of the new bucket is taken over, the old
   * one is treated as its deletion policy says.
   */
  bucket: pulumi.Input<string>;
  /**
   * Full path in the bucket, with the file's name and without a leading slash, such as `"site/hero.jpg"`. A change
   * moves the file in place (another directory: `POST /files/move`; another name: `PATCH {name}`); it keeps its id.
   * A path that another file holds is never overwritten: the update fails before it writes anything.
   */
  path: pulumi.Input<string>;
  /**
   * Who may see the file. A change is made in place (`PATCH {visibility}`).
   * @default left as it is
   */
  visibility?: pulumi.Input<Visibility | undefined>;
  /**
   * Where the file comes from when the resource is created. A change of what is copied or uploaded puts the new file in
   * the place of the old one; a change that adopts another file replaces the resource; taking it out changes nothing.
   * @default the file that is already at `path` is taken over
   */
  source?: pulumi.Input<FileSource | undefined>;
  /**
   * Whether the file is deleted from the bucket with its declaration. A change only changes state.
   * @default `"RETAIN"` for a file that was there before (adopted), `"DELETE"` for one that the program made
   */
  deletionPolicy?: pulumi.Input<DeletionPolicy | undefined>;
}

/**
 * One file of a bucket: where it lives and who may see it.
 *
 * Creating one takes over a file that is there (`source` omitted, or `adopt`); a change of `path` or `visibility` is made
 * in place and verified by reading the file again; what was changed outside is found by `pulumi refresh` and put back by
 * the next `pulumi up`. Nothing that the program did not declare is overwritten, moved away or deleted.
 *
 * The Pulumi id is the file's id at create; `fileId` is its present one.
 *
 * @example
 * ```ts
 * const hero = new mediasaur.ManagedFile("hero", {
 *   bucket: "media",
 *   path: "site/hero.jpg",
 *   visibility: "PUBLIC",
 *   source: { adopt: { path: "incoming/hero.jpg" } },
 * });
 * export const heroUrl = hero.url;
 * ```
 */
export class ManagedFile extends pulumi.dynamic.Resource {
  /** The bucket that the file is in. */
  declare public readonly bucket: pulumi.Output<string>;
  /** Full path in the bucket. */
  declare public readonly path: pulumi.Output<string>;
  /** Who may see the file: the declared visibility, or the one found where none is declared. */
  declare public readonly visibility: pulumi.Output<Visibility>;
  /** The source as declared. */
  declare public readonly source: pulumi.Output<unknown>;
  /** The deletion policy as declared; `undefined` where the default by origin holds. */
  declare public readonly deletionPolicy: pulumi.Output<DeletionPolicy | undefined>;
  /** The file's present id (`file_id` of the API). */
  declare public readonly fileId: pulumi.Output<string>;
  /** Base name. */
  declare public readonly name: pulumi.Output<string>;
  /** The directory, without slashes at its ends; `""` is the root of the bucket. */
  declare public readonly directory: pulumi.Output<string>;
  /** Where the file is served. `undefined` while it is PRIVATE: state would keep a signed URL in clear. */
  declare public readonly url: pulumi.Output<string | undefined>;
  /** Bytes, where the service says so. */
  declare public readonly size: pulumi.Output<number | undefined>;
  /** Media type, such as `image/jpeg`, where the service says so. */
  declare public readonly contentType: pulumi.Output<string | undefined>;
  /** ISO 8601, where the service says so. */
  declare public readonly createdAt: pulumi.Output<string | undefined>;
  /** ISO 8601, where the service says so. */
  declare public readonly updatedAt: pulumi.Output<string | undefined>;
  /** How the file came under the program's care: it was there, or was copied, or was uploaded. */
  declare public readonly origin: pulumi.Output<Origin>;
  /** The file's metadata in the service's own words, where it gives any. */
  declare public readonly metadata: pulumi.Output<Record<string, unknown> | undefined>;

  /**
   * Declares a file.
   *
   * @param name - the resource's name in the program
   * @param args - what is declared of the file
   * @param opts - Pulumi's options; `provider` is of no use here, as there is one account a stack
   */
  constructor(name: string, args: ManagedFileArgs, opts?: pulumi.CustomResourceOptions) {
    refuseClearKey();
    refuseDeleteBeforeReplace("ManagedFile", name, opts);
    const outputs = {
      fileId: undefined,
      name: undefined,
      directory: undefined,
      url: undefined,
      size: undefined,
      contentType: undefined,
      createdAt: undefined,
      updatedAt: undefined,
      origin: undefined,
      metadata: undefined,
    };
    // By name, as arguments that the type does not know (a program in JavaScript) would end in state.
    const { bucket, path, visibility, source, deletionPolicy } = readArguments("ManagedFile", name, args, [
      "bucket",
      "path",
      "visibility",
      "source",
      "deletionPolicy",
    ]);
    const declaration = declarationOf(name, opts);
    notePlace(Symbol(name), bucket, path);
    const __secret = secretMark([path, source]);
    const inputs = { bucket, path, visibility, source, deletionPolicy, __declaration: declaration, __secret };
    super(provider, name, { ...outputs, ...inputs }, opts, "mediasaur", "ManagedFile");
  }
}
