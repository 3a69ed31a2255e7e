import { joinPath, splitPath, type Place } from "../model/paths";
import type { Visibility } from "../model/managed-file";
import { pathsBetween, planOneFile } from "./one-file";

// The rule itself is in one-file.ts; this is how the callers that are left ask for it.

/** One request that changes a file: a move into a directory, or a PATCH of name and visibility. */
export type Step =
  | { readonly kind: "move"; readonly directory: string }
  | { readonly kind: "patch"; readonly name?: string; readonly visibility?: Visibility };

/** Where a file is, or is to be, and who may see it. */
export interface Standing extends Place {
  readonly visibility?: Visibility;
}

/** Which of the places between the old and the new one another file holds. */
export interface Between {
  /** The new name in the old directory. */
  readonly renamedTaken: boolean;
  /** The old name in the new directory. */
  readonly movedTaken: boolean;
}

/** The two places that a file can pass through when both its directory and its name change; else none. */
export function placesBetween(from: Place, to: Place): { renamed: string; moved: string } | undefined {
  const [moved, renamed] = pathsBetween({ id: "", path: pathOf(from) }, { path: pathOf(to) });
  return moved === undefined || renamed === undefined ? undefined : { renamed, moved };
}

/** The requests that bring one file from where it is to where it is to be: see {@link planOneFile}. */
export function planPlacement(from: Standing, to: Standing, between: Between, temporaryName: string): Step[] {
  const { visibility } = to;
  const isTaken = (path: string): boolean =>
    splitPath(path).directory === from.directory ? between.renamedTaken : between.movedTaken;
  return planOneFile(
    { id: "", path: pathOf(from), visibility: from.visibility },
    { path: pathOf(to), ...(visibility && { visibility }) },
    isTaken,
    () => temporaryName,
  );
}

function pathOf({ directory, name }: Place): string {
  return joinPath(directory, name);
}
