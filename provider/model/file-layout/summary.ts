import type { Visibility } from "../managed-file";
import { splitPath } from "../paths";
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

/** One file as it is to change. */
export interface Change {
  readonly from?: string;
  readonly to?: string;
  readonly made?: "copied" | "uploaded";
  readonly visibility?: Visibility | undefined;
  readonly deleted?: boolean;
}

const NAMED = 5;

/** What an update is to do, in a few lines that a person can check. Nothing to do is no line. */
export function outlook(
  layout: string,
  changes: readonly Change[],
  requests: { count: number; exact: boolean },
): string[] {
  if (changes.length === 0) return [];
  const number = (is: (change: Change) => boolean): number => changes.filter(is).length;
  const isNew = ({ made }: Change): boolean => made !== undefined;
  const [moved, renamed] = [
    number((change) => differ(change, "directory")),
    number((change) => differ(change, "name")),
  ];
  const counts = [
    `${count(moved, "file")} ${moved === 1 ? "moves" : "move"}`,
    `${String(renamed)} ${renamed === 1 ? "is" : "are"} renamed`,
    `${String(number((change) => change.visibility === "PUBLIC" && !isNew(change)))} published`,
    `${String(number((change) => change.visibility === "PRIVATE" && !isNew(change)))} hidden`,
    ...(["copied", "uploaded"] as const)
      .map((made) => [number((change) => change.made === made), made] as const)
      .filter(([some]) => some > 0)
      .map(([some, made]) => `${String(some)} ${made}`),
    `${String(number(({ deleted }) => deleted === true))} deleted`,
  ];
  const least = requests.exact ? "" : "at least ";
  const lines = [`${layout}: ${counts.join(", ")}; ${least}${count(requests.count, "request")}`];
  // What can't be undone comes first.
  const ordered = [...changes].sort((a, b) => Number(b.deleted ?? false) - Number(a.deleted ?? false));
  lines.push(...ordered.slice(0, NAMED).map((change) => `  ${describe(change)}`));
  if (ordered.length > NAMED) lines.push(`  ... and ${String(ordered.length - NAMED)} more`);
  return lines;
}

function differ({ from, to }: Change, part: "directory" | "name"): boolean {
  return from !== undefined && to !== undefined && splitPath(from)[part] !== splitPath(to)[part];
}

function describe({ from = "", to = "", made, visibility, deleted }: Change): string {
  if (deleted === true) return `${from} is deleted`;
  const becomes = visibility === undefined ? "" : ` becomes ${visibility}`;
  if (made !== undefined) return `${to} is ${made}`;
  return from === to ? `${from}${becomes}` : `${from} -> ${to}${becomes === "" ? "" : `,${becomes}`}`;
}

/** The first few of a list of paths, and how many more there are. */
export function firstOf(paths: readonly string[]): string {
  const named = paths.slice(0, NAMED).map((path) => `"${path}"`);
  return paths.length > NAMED ? `${named.join(", ")} and ${String(paths.length - NAMED)} more` : named.join(", ");
}

/** A number of things, in words. */
export function count(number: number, thing: string): string {
  return `${String(number)} ${thing}${number === 1 ? "" : "s"}`;
}
