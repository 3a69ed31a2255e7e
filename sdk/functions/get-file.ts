import * as pulumi from "@pulumi/pulumi";
import type { GetFileArgs, GetFileOutputArgs } from "./arguments";
import { callText, lookUp } from "./look-up";
import type { FileResult } from "../../provider/resources/lookups/results";

/**
 * Reads a file as it is now (`GET /files/{file_id}`, after `GET /files` where it is named by its path), in preview too.
 *
 * `url` is there also for a PRIVATE file, where the service gives one. Whoever has it may see the file: never export it
 * in clear. {@link getFileOutput} marks it as a secret.
 *
 * @throws pulumi.RunError, one line, where there is no such file, or the API key may not see it
 *
 * @example
 * ```ts
 * const { id, size } = await mediasaur.getFile({ bucket: "media", path: "site/hero.jpg" });
 * ```
 */
export function getFile(args: GetFileArgs): Promise<FileResult> {
  const { id, bucket, path } = args;
  return lookUp(callText("getFile", { id, bucket, path }), (lookups, client) => lookups.readFile(client, args));
}

/**
 * Like {@link getFile}, for arguments that may be Outputs. Unknown in preview while they are.
 *
 * The result for a PRIVATE file that has a `url` is a secret as a whole, as Outputs are; `pulumi.unsecret` takes the mark
 * off what is none, such as `path`.
 *
 * A file that the same program declares is best read by `{ id: file.fileId }`: its declared path may be one that it is
 * yet to be moved to.
 *
 * @example
 * ```ts
 * export const download = mediasaur.getFileOutput({ id: priceList.fileId }).url; // shown as [secret] while PRIVATE
 * ```
 */
export function getFileOutput(args: GetFileOutputArgs): pulumi.Output<FileResult> {
  const file = pulumi.output<GetFileArgs>(args as pulumi.Input<GetFileArgs>).apply((known) => getFile(known));
  return file.apply((known) =>
    pulumi.output(known.visibility === "PRIVATE" && known.url !== undefined ? pulumi.secret(known) : known),
  );
}
