import { mediasaurError, type FileInfo, type MediasaurError } from "../../client";
import {
  firstOf,
  folderOf,
  governs,
  isTemporary,
  MAX_DELETES,
  readRules,
  type FileLayoutInputs,
  type FileLayoutState,
  type UnmanagedFile,
} from "../../model/file-layout";
import { refuseUntold } from "../../reconcile/writes/change";
import { isOfLayout } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import type { Entry, Roster } from "./roster";
import type { Mover, Task } from "../../reconcile/stages";
import type { ListedView } from "../../reconcile/listed-view";

const UNTOLD_REMEDY = "the visibility, or the rule, out of the layout";

/** What a layout means to do with the files that are there by now. */
export interface Intent {
  /** Files under the prefix that no declaration of the run has; none where the layout has no say over them. */
  readonly undeclared: readonly FileInfo[];
  /** Files under the prefix that other declarations of the program have. */
  readonly others: readonly FileInfo[];
  /** Everything that has to come to a place, and what is to go at the end. */
  readonly task: Task;
  /** How many of those that go count for `maxDeletes`. */
  readonly counted: number;
}

/** Paths that other declarations of the program have, as the SDK found them. */
function declaredElsewhere(inputs: FileLayoutInputs): ReadonlySet<string> {
  return new Set((inputs as { __elsewhere?: readonly string[] }).__elsewhere ?? []);
}

/** Sorts out the files that a layout has a say over. */
export async function intend(
  session: Session,
  view: ListedView,
  inputs: FileLayoutInputs,
  state: FileLayoutState | undefined,
  { entries, leavers }: Roster,
): Promise<Intent> {
  const own = new Set(entries.flatMap(({ file }) => (file === undefined ? [] : [file.id])));
  const doomed = new Map<string, FileInfo>();
  let counted = 0;
  for (const { id, deleted, counts } of leavers) {
    const file = deleted ? view.known(id) : undefined;
    if (file === undefined || isElsewhere(session, inputs, file)) continue;
    doomed.set(id, file);
    if (counts) counted += 1;
  }
  // What is replaced goes when the new file is safe, and has not been asked for by anyone else.
  for (const { replaces } of entries) {
    const file = replaces === undefined ? undefined : view.known(replaces.id);
    if (file !== undefined && !own.has(file.id)) doomed.set(file.id, file);
  }
  const { undeclared, others } = sortOut(session, view, inputs, state, (id) => own.has(id) || doomed.has(id));
  if (inputs.unmanaged === "DELETE") {
    for (const file of undeclared) doomed.set(file.id, file);
    counted += undeclared.length;
  }
  const ruled = inputs.unmanaged === "DELETE" ? [] : await ruledMovers(view, inputs, entries, undeclared);
  const movers = [...(await moversOf(view, entries)), ...ruled];
  return { undeclared, others, counted, task: { movers, doomed: [...doomed.values()].map((file) => ({ file })) } };
}

async function moversOf(view: ListedView, entries: readonly Entry[]): Promise<Mover[]> {
  return Promise.all(
    entries
      .filter((entry): entry is Entry & { file: FileInfo } => entry.file !== undefined)
      .map(async (entry) => {
        // Sparse listings don't tell: then the file itself does.
        if (entry.goal.visibility !== undefined && entry.file.visibility === undefined) {
          entry.file = (await view.again(entry.file.id)) ?? entry.file;
          refuseUntold(entry.file, entry.goal.visibility, UNTOLD_REMEDY);
        }
        return { holder: entry, goal: entry.goal, passage: entry.passage };
      }),
  );
}

/** Undeclared files that the rules want to be seen otherwise than they are. */
async function ruledMovers(
  view: ListedView,
  inputs: FileLayoutInputs,
  entries: readonly Entry[],
  undeclared: readonly FileInfo[],
): Promise<Mover[]> {
  const ruleOf = readRules(inputs.rules);
  const goals = new Set(entries.map(({ goal }) => goal.path));
  const found = await Promise.all(
    undeclared.map(async (row): Promise<Mover | undefined> => {
      const visibility = ruleOf(row.path);
      // One that is in the way of a declared file is refused, and not touched before.
      if (visibility === undefined || goals.has(row.path)) return undefined;
      const file = row.visibility === undefined ? ((await view.again(row.id)) ?? row) : row;
      refuseUntold(file, visibility, UNTOLD_REMEDY);
      return file.visibility === visibility ? undefined : { holder: { file }, goal: { path: file.path, visibility } };
    }),
  );
  return found.filter((mover) => mover !== undefined);
}

/** The files under the prefix that the layout does not declare: those of nobody, and those of other declarations. */
export function sortOut(
  session: Session,
  view: ListedView,
  inputs: FileLayoutInputs,
  state: FileLayoutState | undefined,
  isOwn: (id: string) => boolean,
): { undeclared: FileInfo[]; others: FileInfo[] } {
  if (!governs(inputs)) return { undeclared: [], others: [] };
  const known = new Set(state?.__others ?? []);
  const elsewhere = declaredElsewhere(inputs);
  const undeclared: FileInfo[] = [];
  const others: FileInfo[] = [];
  for (const file of view.under(inputs.prefix)) {
    if (isOwn(file.id)) continue;
    const isOther = known.has(file.id) || elsewhere.has(file.path) || isElsewhere(session, inputs, file);
    (isOther ? others : undeclared).push(file);
  }
  undeclared.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { undeclared, others };
}

/** Whether another declaration of this run has a file, or means to have one at its place. */
export function isElsewhere(session: Session, inputs: FileLayoutInputs, { id, path }: FileInfo): boolean {
  const { bucket, __declaration = "" } = inputs;
  const isOther = (owner: string | undefined): boolean => owner !== undefined && !isOfLayout(owner, __declaration);
  return isOther(session.claims.ownerOfFile(id)) || isOther(session.claims.ownerOfPath(bucket, path));
}

/** The report of undeclared files as state keeps it. */
export function reportOf(inputs: FileLayoutInputs, undeclared: readonly FileInfo[]): UnmanagedFile[] | undefined {
  if (inputs.unmanaged === undefined || inputs.unmanaged === "IGNORE") return undefined;
  return undeclared
    .filter(({ path }) => !isTemporary(path))
    .map(({ id, path, visibility, size }) => ({
      id,
      path,
      ...(visibility === undefined ? {} : { visibility }),
      ...(size === undefined ? {} : { size }),
    }));
}

/** Says why undeclared files, or too many deletions, forbid an update. */
export function forbidden(
  layout: string,
  inputs: FileLayoutInputs,
  intent: Intent,
): { property: string; error: MediasaurError } | undefined {
  const { undeclared, counted, task } = intent;
  if (inputs.unmanaged === "FAIL" && undeclared.length > 0) {
    const folder = folderOf(inputs.prefix);
    const where = folder === "" ? `in bucket "${inputs.bucket}"` : `under "${folder}" in bucket "${inputs.bucket}"`;
    const which = firstOf(undeclared.map(({ path }) => path));
    const message =
      `${where} ${undeclared.length === 1 ? "is a file" : `are ${String(undeclared.length)} files`} that no declaration has: ${which}. ` +
      `Declare or remove them, or set unmanaged to REPORT. If another resource of the program declares them, name it in dependsOn of ${layout}.`;
    return { property: "unmanaged", error: mediasaurError({ code: "unmanaged_files", message }) };
  }
  const most = inputs.maxDeletes ?? MAX_DELETES;
  if (counted > most) {
    const which = firstOf(task.doomed.map(({ file }) => file.path));
    const message =
      `${layout} would delete ${String(counted)} files, and maxDeletes is ${String(most)}: ${which}. Nothing was changed. ` +
      `If all of them are to go, set maxDeletes to ${String(counted)} or more.`;
    return { property: "maxDeletes", error: mediasaurError({ code: "too_many_deletes", message }) };
  }
  return undefined;
}
