import type { Visibility } from "../managed-file";
import { folderOf } from "./scope";

interface Seen {
  readonly visibility?: Visibility | undefined;
}

/** What a layout has come to, in one line. */
export function summaryOf(
  files: readonly Seen[],
  undeclared: readonly Seen[] | undefined,
  prefix: string | undefined,
): string {
  const own = `${count(files.length, "file")}${files.length === 0 ? "" : `: ${visibilities(files)}`}`;
  if (undeclared === undefined) return own;
  const folder = folderOf(prefix);
  const where = folder === "" ? "in the bucket" : `under "${folder}"`;
  const others = undeclared.length === 0 ? "" : `: ${visibilities(undeclared)}`;
  return `${own}; ${String(undeclared.length)} undeclared ${where}${others}`;
}

function visibilities(files: readonly Seen[]): string {
  const of = (wanted: Visibility | undefined): number => files.filter(({ visibility }) => visibility === wanted).length;
  const parts = [
    [of("PUBLIC"), "PUBLIC"],
    [of("PRIVATE"), "PRIVATE"],
    [of(undefined), "of unknown visibility"],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${String(number)} ${what}`)
    .join(", ");
}

const NAMED = 5;

/** The first few of a list of paths, and how many more there are. */
export function firstOf(paths: readonly string[]): string {
  const named = paths.slice(0, NAMED).map((path) => `"${path}"`);
  return paths.length > NAMED ? `${named.join(", ")} and ${String(paths.length - NAMED)} more` : named.join(", ");
}

/** A number of things, in words. */
export function count(number: number, thing: string): string {
  return `${String(number)} ${thing}${number === 1 ? "" : "s"}`;
}
