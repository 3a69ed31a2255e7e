import type { Visibility } from "../model/managed-file";
import { joinPath, splitPath } from "../model/paths";
import type { LayoutGoal, MoveRequest, PatchRequest } from "./types";

/** One file as it is now. */
export interface OneFile {
  readonly id: string;
  /** The full path in the bucket. */
  readonly path: string;
  /** `undefined` where it is not told: any visibility of the goal is then a change. */
  readonly visibility?: Visibility | undefined;
}

/**
 * The paths that a file can pass through when both its directory and its name change, in the order in which to look whether
 * they are free: where the first is, the second needs no look. None where only one of the two changes.
 */
export function pathsBetween(file: OneFile, goal: LayoutGoal): string[] {
  const from = splitPath(file.path);
  const to = splitPath(goal.path);
  if (from.directory === to.directory || from.name === to.name) return [];
  const renamed = joinPath(from.directory, to.name);
  const moved = joinPath(to.directory, from.name);
  return change(file, goal) === "PRIVATE" ? [renamed, moved] : [moved, renamed];
}

/**
 * The requests that bring one file to its goal, the fewest that are safe: the plan of a layout that has this file alone.
 *
 * Invariants: visibility is tightened by the first request that touches the file and loosened by the last, so that what
 * is to be PRIVATE is never public at its new address and what is PRIVATE is never public on its way; and no request
 * aims at a place that another file holds. A new directory is always a move and a new name always a PATCH of `name`:
 * what `path` means in a PATCH is not documented, so it is never sent.
 *
 * @param isTaken - whether another file holds one of {@link pathsBetween}; asked in that order, until one is free
 * @param temporaryName - a name that is free in both directories, for the rare case that both paths are taken
 */
export function planOneFile(
  file: OneFile,
  goal: LayoutGoal,
  isTaken: (path: string) => boolean,
  temporaryName: () => string,
): (MoveRequest | PatchRequest)[] {
  const from = splitPath(file.path);
  const to = splitPath(goal.path);
  const visibility = change(file, goal);
  const tighten = visibility === "PRIVATE" ? { visibility } : {};
  const loosen = visibility === "PUBLIC" ? { visibility } : {};
  const patch = (fields: { name?: string; visibility?: Visibility }): PatchRequest[] =>
    Object.keys(fields).length === 0 ? [] : [{ kind: "patch", id: file.id, ...fields }];
  const move: MoveRequest = { kind: "move", ids: [file.id], directory: to.directory };

  if (from.directory === to.directory) {
    return patch({ ...(from.name !== to.name && { name: to.name }), ...tighten, ...loosen });
  }
  if (from.name === to.name) return [...patch(tighten), move, ...patch(loosen)];
  const free = pathsBetween(file, goal).find((path) => !isTaken(path));
  if (free === undefined) {
    return [...patch({ name: temporaryName(), ...tighten }), move, ...patch({ name: to.name, ...loosen })];
  }
  // Tightening comes with a rename at the start, loosening with one at the end: so either way takes two requests.
  return splitPath(free).directory === from.directory
    ? [...patch({ name: to.name, ...tighten }), move, ...patch(loosen)]
    : [...patch(tighten), move, ...patch({ name: to.name, ...loosen })];
}

function change(file: OneFile, goal: LayoutGoal): Visibility | undefined {
  return goal.visibility === file.visibility ? undefined : goal.visibility;
}
