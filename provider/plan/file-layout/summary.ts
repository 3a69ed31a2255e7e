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
  const counts: string[] = [];
  const tell = (is: (change: Change) => boolean, one: string, many = one): void => {
    const number = changes.filter(is).length;
    if (number > 0) counts.push(`${String(number)} ${number === 1 ? one : many}`);
  };
  const travels = ({ from, to, deleted }: Change): boolean =>
    from !== undefined && to !== undefined && deleted !== true;
  const places = (change: Change): [string, string, string, string] => {
    const { directory: oldDirectory, name: oldName } = splitPath(change.from ?? "");
    const { directory, name } = splitPath(change.to ?? "");
    return [oldDirectory, directory, oldName, name];
  };
  const moves = (change: Change): boolean => travels(change) && places(change)[0] !== places(change)[1];
  const renames = (change: Change): boolean => travels(change) && places(change)[2] !== places(change)[3];
  tell(({ made }) => made === "copied", "copied");
  tell(({ made }) => made === "uploaded", "uploaded");
  tell(moves, "moves", "move");
  tell(renames, "renamed");
  tell(({ visibility, made }) => visibility === "PUBLIC" && made === undefined, "published");
  tell(({ visibility, made }) => visibility === "PRIVATE" && made === undefined, "hidden");
  tell(({ deleted }) => deleted === true, "deleted");
  const least = requests.exact ? "" : "at least ";
  const lines = [
    `${layout}: ${count(changes.length, "file")} to change: ${counts.join(", ")}; ${least}${count(requests.count, "request")}`,
  ];
  // What can't be undone comes first.
  const ordered = [...changes].sort((a, b) => Number(b.deleted ?? false) - Number(a.deleted ?? false));
  lines.push(...ordered.slice(0, NAMED).map((change) => `  ${describe(change)}`));
  if (ordered.length > NAMED) lines.push(`  ... and ${String(ordered.length - NAMED)} more`);
  return lines;
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
