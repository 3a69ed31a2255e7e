import type { ManagedFileInputs, ManagedFileState, Source } from "./managed-file";
import { hasUnknown, UNKNOWN } from "./unknown";

/** What a change of a program means for a resource that exists: nothing, an update in place, or a replacement. */
export interface Difference {
  readonly changes: boolean;
  readonly replaces: readonly string[];
}

/**
 * Whether two sources are the same: an upload by its content, the others by what they name.
 *
 * @param bucket - the bucket of the declaration, which a copy is of where it names none
 */
export function sameSource(one: Source | undefined, other: Source | undefined, bucket: string): boolean {
  // Contents of which nothing is known are never the same.
  const isKnown = one === undefined || !("upload" in one) || one.upload.hash !== undefined;
  return isKnown && sourceKey(one, bucket) === sourceKey(other, bucket);
}

function sourceKey(source: Source | undefined, own: string): string {
  if (source === undefined) return "";
  if ("upload" in source) return `upload ${source.upload.hash ?? "of who knows what"}`;
  const reference = "adopt" in source ? source.adopt : source.copy;
  const bucket = "copy" in source ? source.copy.bucket : undefined;
  const which =
    "id" in reference && (reference.id as unknown) !== undefined
      ? ["id", reference.id]
      : ["path", (reference as { path: string }).path];
  return JSON.stringify([Object.keys(source), bucket ?? own, which]);
}

/** Whether the program asks for another content: another copy, another upload, or one of these after an adoption. */
export function makesAnother(state: ManagedFileState, source: Source | undefined): boolean {
  return source !== undefined && !("adopt" in source) && !sameSource(source, state.source, state.bucket);
}

/**
 * Compares what the program says with what state has.
 *
 * @param adoptsAnother - whether `source` was changed to adopt a file other than the one state has
 */
export function diffManagedFile(
  state: ManagedFileState,
  inputs: Record<string, unknown>,
  adoptsAnother: boolean,
): Difference {
  const wanted = inputs as unknown as Omit<ManagedFileInputs, "visibility"> & { visibility?: string };
  const replaces: string[] = [];
  if (wanted.bucket !== UNKNOWN && wanted.bucket !== state.bucket) replaces.push("bucket");
  if (adoptsAnother) replaces.push("source");
  const changes =
    replaces.length > 0 ||
    wanted.bucket !== state.bucket ||
    wanted.path !== state.path ||
    (wanted.visibility !== undefined && wanted.visibility !== state.visibility) ||
    (wanted.visibility !== undefined) !== (state.__visibilityDeclared ?? false) ||
    wanted.deletionPolicy !== state.deletionPolicy ||
    state.__replaced !== undefined ||
    // What is not known yet may be anything.
    hasUnknown(wanted.source) ||
    makesAnother(state, wanted.source);
  return { changes, replaces };
}
