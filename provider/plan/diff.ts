import type { ManagedFileInputs, ManagedFileState, Source } from "./managed-file";
import { UNKNOWN } from "./unknown";

/** What a change of a program means for a resource that exists: nothing, an update in place, or a replacement. */
export interface Difference {
  readonly changes: boolean;
  readonly replaces: readonly string[];
}

/** Whether two sources are the same, whatever order their keys came in. */
export function sameSource(one: Source | undefined, other: Source | undefined): boolean {
  return canonical(one) === canonical(other);
}

function canonical(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined && inner !== null);
  return `{${entries
    .map(([key, inner]) => `${key}:${String(canonical(inner))}`)
    .sort()
    .join()}}`;
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
    wanted.deletionPolicy !== state.deletionPolicy;
  return { changes, replaces };
}
