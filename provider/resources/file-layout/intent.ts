import type { FileInfo, MediasaurError } from "../../client";
import type { FileLayoutInputs } from "../../model/file-layout";
import { refuseUntold } from "../../reconcile/writes/change";
import { isOfLayout } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import { isUndeclared } from "../undeclared-files/sort-out";
import { tooManyDeletes } from "../undeclared-files/too-many-deletes";
import { layoutOfRun } from "./layouts-of-run";
import type { Entry, Roster } from "./roster";
import type { Mover, Task } from "../../reconcile/stages";
import type { ListedView } from "../../reconcile/listed-view";

const UNTOLD_REMEDY = "the visibility, or the rule, out of the layout";

/** What a layout means to do with the files that it declares, and with those that it declared before. */
export interface Intent {
  /** Everything that has to come to a place, and what is to go at the end. */
  readonly task: Task;
  /** How many of those that go count for `maxDeletes`. */
  readonly counted: number;
}

/** Sorts out the files of a layout's keys, those that left included. Undeclared files are no concern of it. */
export async function intend(
  session: Session,
  view: ListedView,
  inputs: FileLayoutInputs,
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
  const movers = await moversOf(view, entries);
  return { counted, task: { movers, doomed: [...doomed.values()].map((file) => ({ file })) } };
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

/** Whether another declaration of this run has a file, or means to have one at its place. */
export function isElsewhere(session: Session, inputs: FileLayoutInputs, { id, path }: FileInfo): boolean {
  const { bucket, __declaration = "" } = inputs;
  const isOther = (owner: string | undefined): boolean => owner !== undefined && !isOfLayout(owner, __declaration);
  return isOther(session.claims.ownerOfFile(id)) || isOther(session.claims.ownerOfPath(bucket, path));
}

/**
 * The error of an update that would delete more files than it may, before it does anything. Which files are undeclared is known only
 * when the program has ended, and judged again then; but what no declaration has so far counts, as the update would have to be stopped
 * half-way otherwise.
 */
export function tooMany(
  session: Session,
  view: ListedView,
  inputs: FileLayoutInputs,
  { counted, task }: Intent,
): MediasaurError | undefined {
  const layout = layoutOfRun(session, inputs.__declaration ?? "");
  layout.deleted = counted;
  const going = task.doomed.map(({ file }) => file);
  const { declaredSoFar, held } = layout.notes;
  if (inputs.unmanaged === "DELETE" && declaredSoFar !== undefined && held !== undefined) {
    const soFar = new Set(declaredSoFar);
    const isNobodys = isUndeclared(session, inputs, held);
    const nobodys = view.under(inputs.prefix).filter((file) => isNobodys(file) && !soFar.has(file.path));
    return tooManyDeletes(inputs, counted + nobodys.length, [...going, ...nobodys]);
  }
  return tooManyDeletes(inputs, counted, going);
}
