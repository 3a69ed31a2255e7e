import * as pulumi from "@pulumi/pulumi";
import type { GetFilesArgs, GetFilesOutputArgs } from "./arguments";
import { callText, lookUp } from "./look-up";
import type { FileResult } from "../../provider/resources/lookups/results";

/**
 * Lists files (every page of `GET /files`), ordered by path, in preview too. What `prefix`, `match` and `visibility` say
 * holds together; the directory that `prefix` and `match` begin with keeps the listing short.
 *
 * `url` is left out for PRIVATE files, so that a list never holds what must stay secret: `getFile` gives it.
 *
 * @throws pulumi.RunError, one line, where the bucket is missing or not visible to the API key
 *
 * @example
 * ```ts
 * for (const { path } of await mediasaur.getFiles({ bucket: "media", match: "site/*.jpg" })) {
 *   new mediasaur.ManagedFile(path, { bucket: "media", path, visibility: "PUBLIC" });
 * }
 * ```
 */
export function getFiles(args: GetFilesArgs): Promise<FileResult[]> {
  const { bucket, prefix, match, visibility } = args;
  return lookUp(callText("getFiles", { bucket, prefix, match, visibility }), (lookups, client) =>
    lookups.readFiles(client, args),
  );
}

/**
 * Like {@link getFiles}, for arguments that may be Outputs. Unknown in preview while they are.
 *
 * @example
 * ```ts
 * export const drafts = mediasaur.getFilesOutput({ bucket: media.name, prefix: "drafts/" }).apply((files) => files.length);
 * ```
 */
export function getFilesOutput(args: GetFilesOutputArgs): pulumi.Output<FileResult[]> {
  return pulumi.output(args).apply((known) => getFiles(known));
}
