import type { Visibility } from "../model/managed-file";
import { joinPath, type Place } from "../model/paths";

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
  if (from.directory === to.directory || from.name === to.name) return undefined;
  return { renamed: joinPath(from.directory, to.name), moved: joinPath(to.directory, from.name) };
}

/**
 * The requests that bring one file from where it is to where it is to be, the fewest that are safe.
 *
 * Invariants: visibility is tightened by the first request that touches the file and loosened by the last, so that what
 * is to be PRIVATE is never public at its new address and what is PRIVATE is never public on its way; and no request
 * aims at a place that another file holds. A new directory is always a move and a new name always a PATCH of `name`:
 * what `path` means in a PATCH is not documented, so it is never sent.
 *
 * @param temporaryName - a name that is free anywhere, for the rare case that both places between are taken
 */
export function planPlacement(from: Standing, to: Standing, between: Between, temporaryName: string): Step[] {
  const visibility = to.visibility === from.visibility ? undefined : to.visibility;
  const tighten: { visibility?: Visibility } = visibility === "PRIVATE" ? { visibility } : {};
  const loosen: { visibility?: Visibility } = visibility === "PUBLIC" ? { visibility } : {};
  const moves = from.directory !== to.directory;
  const renames = from.name !== to.name;
  const move: Step = { kind: "move", directory: to.directory };

  if (!moves && !renames) return patch({ ...tighten, ...loosen });
  if (!moves) return patch({ name: to.name, ...tighten, ...loosen });
  if (!renames) return [...patch(tighten), move, ...patch(loosen)];
  // Tightening comes with a rename at the start, loosening with one at the end: both ways take two requests.
  const renameFirst = [...patch({ name: to.name, ...tighten }), move, ...patch(loosen)];
  const moveFirst = [...patch(tighten), move, ...patch({ name: to.name, ...loosen })];
  const ways = [
    ...(between.movedTaken ? [] : [moveFirst]),
    ...(between.renamedTaken ? [] : [renameFirst]),
    [...patch({ name: temporaryName, ...tighten }), move, ...patch({ name: to.name, ...loosen })],
  ];
  return ways.reduce((best, way) => (way.length < best.length ? way : best));
}

function patch(change: { name?: string; visibility?: Visibility }): Step[] {
  return Object.keys(change).length === 0 ? [] : [{ kind: "patch", ...change }];
}
