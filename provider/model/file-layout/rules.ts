import { readGlob } from "../glob";
import type { Visibility } from "../managed-file";
import type { VisibilityRule } from "./types";

/** Gives the visibility that rules give to a path: that of the first that matches. */
export function readRules(rules: readonly VisibilityRule[] | undefined): (path: string) => Visibility | undefined {
  const read = (rules ?? []).map(({ match, visibility }) => ({ matches: readGlob(match).matches, visibility }));
  return (path) => read.find(({ matches }) => matches(path))?.visibility;
}
