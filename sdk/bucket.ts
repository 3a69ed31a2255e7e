import * as pulumi from "@pulumi/pulumi";
import * as provider from "../provider/dynamic/entry/bucket";
import { readArguments, refuseClearKey } from "./declaration";

/** Which bucket to read. */
export interface BucketArgs {
  /** The bucket's name. A change reads the other bucket. */
  name: pulumi.Input<string>;
}

/**
 * A bucket of the account, read live at every preview, up and refresh. It is read-only: nothing about a Bucket ever
 * writes, neither when it is created nor when it is destroyed.
 *
 * A bucket that is missing, or not visible to the API key, fails the preview, up or refresh with one clear line.
 *
 * Source: `GET /buckets/{bucket_name}` of the File Management API.
 *
 * @example
 * ```ts
 * const media = new mediasaur.Bucket("media", { name: "media" });
 * export const used = media.usedBytes;
 * ```
 */
export class Bucket extends pulumi.dynamic.Resource {
  /** The bucket's name. */
  declare public readonly name: pulumi.Output<string>;
  /** How many files are in it, where the service says so. */
  declare public readonly fileCount: pulumi.Output<number | undefined>;
  /** How many bytes they take, where the service says so. */
  declare public readonly usedBytes: pulumi.Output<number | undefined>;
  /** The name of the pricing plan, where the service says so. */
  declare public readonly plan: pulumi.Output<string | undefined>;
  /** The API's answer as it came: usage statistics and details of the pricing plan in the service's own words. */
  declare public readonly details: pulumi.Output<Record<string, unknown>>;

  /**
   * Reads a bucket.
   *
   * @param name - the resource's name in the program
   * @param args - which bucket
   * @param opts - Pulumi's options; `provider` is of no use here, as there is one account a stack
   */
  constructor(name: string, args: BucketArgs, opts?: pulumi.CustomResourceOptions) {
    refuseClearKey();
    const outputs = {
      name: undefined,
      fileCount: undefined,
      usedBytes: undefined,
      plan: undefined,
      details: undefined,
    };
    const { name: id } = readArguments("Bucket", name, args, ["name"]);
    // Without an id it would be a resource to create.
    if (((id as unknown) ?? "") === "") {
      throw new pulumi.RunError(`Bucket "${name}": name must be the name of a bucket.`);
    }
    super(provider, name, outputs, { ...opts, id }, "mediasaur", "Bucket");
  }

  /**
   * Reads a bucket by its id, which is its name.
   *
   * @param name - the resource's name in the program
   * @param id - the bucket's name
   * @param opts - Pulumi's options
   */
  public static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): Bucket {
    return new Bucket(name, { name: id }, opts);
  }
}
