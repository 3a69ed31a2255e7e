import * as pulumi from "@pulumi/pulumi";
import type * as dynamic from "..";
import { readArguments, refuseClearKey } from "../declaration";
import { withAlias, withVersion } from "./options";

/* eslint-disable @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type -- the engine sets the outputs, which are those of the dynamic classes */

/** The outputs of a class of the main entry. */
type OutputsOf<Resource extends pulumi.CustomResource> = Omit<Resource, keyof pulumi.CustomResource>;

const none = (names: readonly string[]): Record<string, undefined> =>
  Object.fromEntries(names.map((name) => [name, undefined]));

export interface Bucket extends OutputsOf<dynamic.Bucket> {}

/** A bucket of the account, read live at every preview, up and refresh. The same as the Bucket of the main entry. */
export class Bucket extends pulumi.CustomResource {
  /**
   * Reads a bucket.
   *
   * @param name - the resource's name in the program
   * @param args - which bucket
   * @param opts - Pulumi's options; `provider` names the account
   */
  constructor(name: string, args: dynamic.BucketArgs, opts?: pulumi.CustomResourceOptions) {
    refuseClearKey();
    const { name: id } = readArguments("Bucket", name, args, ["name"]);
    // Without an id it would be a resource to create.
    if (((id as unknown) ?? "") === "")
      throw new pulumi.RunError(`Bucket "${name}": name must be the name of a bucket.`);
    const outputs = none(["name", "fileCount", "usedBytes", "plan", "details"]);
    super("mediasaur:index:Bucket", name, outputs, withVersion({ ...opts, id }));
  }

  /** Reads a bucket by its id, which is its name. */
  public static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Bucket {
    return new Bucket(name, { name: id }, opts);
  }
}

const FILE_OUTPUTS = [
  "fileId",
  "name",
  "directory",
  "url",
  "size",
  "contentType",
  "createdAt",
  "updatedAt",
  "origin",
  "metadata",
];

export interface ManagedFile extends OutputsOf<dynamic.ManagedFile> {}

/** One file of a bucket: where it lives and who may see it. The same as the ManagedFile of the main entry. */
export class ManagedFile extends pulumi.CustomResource {
  /**
   * Declares a file.
   *
   * @param name - the resource's name in the program
   * @param args - what is declared of the file
   * @param opts - Pulumi's options; `provider` names the account, `import` takes `BUCKET/PATH`
   */
  constructor(name: string, args: dynamic.ManagedFileArgs, opts?: pulumi.CustomResourceOptions) {
    refuseClearKey();
    const isRead = opts?.id !== undefined;
    const known = ["bucket", "path", "visibility", "source", "deletionPolicy"] as const;
    const inputs = isRead ? {} : { ...readArguments("ManagedFile", name, args, known) };
    super(
      "mediasaur:index:ManagedFile",
      name,
      { ...none(FILE_OUTPUTS), ...none(known), ...inputs },
      withAlias("ManagedFile", opts),
    );
  }

  /**
   * Reads a file that no declaration of this program has.
   *
   * @param name - the resource's name in the program
   * @param id - `BUCKET/PATH`, or the file's id
   * @param opts - Pulumi's options
   */
  public static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): ManagedFile {
    return new ManagedFile(name, {} as dynamic.ManagedFileArgs, { ...opts, id });
  }
}

export interface FileLayout extends OutputsOf<dynamic.FileLayout> {}

/**
 * Many files of a bucket as one resource. The same as the FileLayout of the main entry, save that undeclared files are told, and never
 * touched: `rules` hold for declared files, and `unmanaged: "DELETE"` is refused.
 */
export class FileLayout extends pulumi.CustomResource {
  /**
   * Declares a layout.
   *
   * @param name - the resource's name in the program
   * @param args - what is declared of the files
   * @param opts - Pulumi's options; `provider` names the account, `import` takes `BUCKET/PREFIX/`
   */
  constructor(name: string, args: dynamic.FileLayoutArgs, opts?: pulumi.CustomResourceOptions) {
    refuseClearKey();
    const known = ["bucket", "files", "prefix", "rules", "unmanaged", "maxDeletes", "deletionPolicy"] as const;
    const inputs = readArguments("FileLayout", name, args, known);
    super(
      "mediasaur:index:FileLayout",
      name,
      { ...none(["unmanagedFiles", "summary"]), ...none(known), ...inputs },
      withAlias("FileLayout", opts),
    );
  }
}
