import { lookup } from "mime-types";
import { mediasaurError, type FileInfo } from "../../client";
import type { Asset, FileReference, ManagedFileInputs, Origin, Source, Visibility } from "../../model/managed-file";
import { joinPath, splitPath } from "../../model/paths";
import { stagingDirectory } from "../../model/temporary-paths";
import { sendPatch } from "../../reconcile/writes/change";
import type { Session } from "../../reconcile/run/session";
import { awaitFile } from "../../reconcile/await-consistency";
import { withContent } from "./content";
import { withLeftover } from "./outcome";
import { originalProblem } from "../../reconcile/references";
import { makeInStaging } from "./staging";

/** What a file that is made is noted as: see `reconcile/run/arrivals.ts`. An upload is known by its content. */
export function makingNote(source: MakingSource): string {
  if ("upload" in source) return `upload ${source.upload.hash ?? ""}`;
  const { bucket, ...reference } = source.copy;
  return `copy ${JSON.stringify([bucket ?? "", reference])}`;
}

/** A source that brings a file into being. */
export type MakingSource = Exclude<Source, { readonly adopt: FileReference }>;

/** The declaration's source where it brings a file into being, and `undefined` where a file is adopted. */
export function makingSource({ source }: ManagedFileInputs): MakingSource | undefined {
  return source === undefined || "adopt" in source ? undefined : source;
}

/** How a file that this source makes came under the program's care. */
export function originOf(source: MakingSource): Origin {
  return "copy" in source ? "copied" : "uploaded";
}

/**
 * Copies or uploads the file that a declaration asks for into a folder of its own, and gives it its name and visibility
 * there. So it appears at its path by one move, whole and as it is to be.
 *
 * @param visibility - who is to see it; `undefined`: as the service makes it, but a copy never more public than what it is
 *   a copy of
 */
export async function make(
  session: Session,
  inputs: ManagedFileInputs,
  source: MakingSource,
  visibility: Visibility | undefined,
): Promise<FileInfo> {
  if ("upload" in source) return dress(session, inputs, await upload(session, inputs, source.upload), visibility);
  const original = await findOriginal(session, inputs, source.copy);
  const inherited = original.visibility === "PRIVATE" ? original.visibility : undefined;
  return dress(session, inputs, await copy(session, inputs, source.copy, original), visibility ?? inherited);
}

async function dress(
  session: Session,
  { bucket, path }: ManagedFileInputs,
  file: FileInfo,
  visibility: Visibility | undefined,
): Promise<FileInfo> {
  try {
    const { name } = splitPath(path);
    const change = {
      ...(file.name === name ? {} : { name }),
      ...(visibility === undefined || file.visibility === visibility ? {} : { visibility }),
    };
    if (Object.keys(change).length === 0) return file;
    await sendPatch(session, file, change);
    return await awaitFile(session, file, {
      bucket,
      path: joinPath(file.directory, name),
      visibility,
      before: file.path,
    });
  } catch (error) {
    throw withLeftover(error, file.directory);
  }
}

async function copy(
  session: Session,
  inputs: ManagedFileInputs,
  reference: FileReference & { bucket?: string },
  original: FileInfo,
): Promise<FileInfo> {
  const sourceBucket = reference.bucket ?? inputs.bucket;
  const directory = stagingDirectory(inputs.bucket, inputs.path, `copy ${original.id} ${original.updatedAt ?? ""}`);
  return makeInStaging(session, {
    bucket: inputs.bucket,
    directory,
    described: `the copy of "${original.path}" in bucket "${sourceBucket}"`,
    size: original.size,
    send: () => session.client.copyFile({ sourceBucket, targetBucket: inputs.bucket, fileId: original.id, directory }),
  });
}

/** The file to copy, as it is now. Errors where it is not there. */
export async function findOriginal(
  session: Session,
  inputs: ManagedFileInputs,
  reference: FileReference & { bucket?: string },
): Promise<FileInfo> {
  const bucket = reference.bucket ?? inputs.bucket;
  const listed =
    "path" in reference ? await session.client.findFile({ bucket, path: reference.path }) : { id: reference.id };
  const file = listed === undefined ? undefined : await session.client.getFile(listed.id);
  const problem = originalProblem(bucket, reference, file);
  if (file !== undefined && problem === undefined) return file;
  const advice = "If another resource of the program makes that file, name it in dependsOn.";
  throw mediasaurError({ code: "not_found", message: `${problem ?? "there is no file to copy"}. ${advice}` });
}

async function upload(session: Session, inputs: ManagedFileInputs, asset: Asset): Promise<FileInfo> {
  const { uploadProblem } = session.config;
  if (uploadProblem !== undefined) throw mediasaurError({ code: "invalid_configuration", message: uploadProblem });
  const { bucket, path } = inputs;
  const { name } = splitPath(path);
  return withContent(asset, ({ size, body }) => {
    const directory = stagingDirectory(bucket, path, `upload ${asset.hash ?? String(size)}`);
    const contentType = lookup(name) || "application/octet-stream";
    return makeInStaging(session, {
      bucket,
      directory,
      described: `the upload of "${path}"`,
      size,
      send: () => session.client.upload({ bucket, path: `${directory}/${name}`, body, size, contentType }),
    });
  });
}
