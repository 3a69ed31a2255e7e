import type { FileInfo } from "../../client";
import { redactValues } from "../../client/redaction/redact-values";
import { safeUrl } from "../../client/redaction/safe-url";
import { effectiveDeletionPolicy, sourceFound } from "../../model/managed-file";
import type { Asset, ManagedFileInputs, ManagedFileState, Origin } from "../../model/managed-file";
import { isWhole } from "../../reconcile/file-view";

/** What state keeps of a file: the declaration's own words, and the file as it was found. */
export function stateOf(
  file: FileInfo,
  inputs: ManagedFileInputs,
  origin: Origin,
  visibilityDeclared: boolean,
): ManagedFileState {
  const { source, deletionPolicy, __declaration, __secret } = inputs;
  const visibility = file.visibility ?? inputs.visibility;
  return withoutUndefined({
    bucket: inputs.bucket,
    path: file.path,
    visibility,
    source: source !== undefined && "upload" in source ? { upload: withoutContent(source.upload) } : source,
    deletionPolicy,
    __declaration,
    __secret,
    __visibilityDeclared: visibilityDeclared ? true : undefined,
    fileId: file.id,
    name: file.name,
    directory: file.directory,
    // State is kept in clear: the URL of a file that may be private is as good as a key to it, and any may be signed.
    url: file.visibility === "PUBLIC" ? safeUrl(file.url, file) : undefined,
    size: file.size,
    contentType: file.contentType,
    createdAt: file.createdAt,
    updatedAt: file.updatedAt,
    origin,
    metadata: redactValues(file.metadata),
  }) as unknown as ManagedFileState;
}

/** The inputs that would declare a file as it was found, with only the keys that the program had set. */
export function inputsOf(state: ManagedFileState): ManagedFileInputs {
  const { bucket, path, visibility, source, deletionPolicy, __declaration, __secret, __visibilityDeclared } = state;
  return withoutUndefined({
    bucket,
    path,
    visibility: __visibilityDeclared === true ? visibility : undefined,
    source: sourceFound(source),
    deletionPolicy,
    __declaration,
    __secret,
  }) as unknown as ManagedFileInputs;
}

/**
 * An asset as state keeps it: its hash alone. It is not marked as an asset any more, as Pulumi's SDK refuses to hand out
 * one without its content.
 */
function withoutContent({ hash }: Asset): Asset {
  return hash === undefined ? {} : { hash };
}

/** Whether what was read of a file, maybe in a listing, is all that state keeps of it, and is as state has it. */
export function isUnchanged(file: FileInfo, state: Pick<FileInfo, "path" | "visibility" | "size">): boolean {
  const { path, visibility, size } = state;
  return isWhole(file) && file.path === path && file.visibility === visibility && file.size === size;
}

/** Whether the file goes when its declaration goes. */
export function deletesFile(state: ManagedFileState): boolean {
  return effectiveDeletionPolicy(state) === "DELETE";
}

function withoutUndefined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
