import type { FileInfo, MediasaurError } from "../../client";
import type { Effect } from "../../model/effects";
import type { Difference } from "../../model/diff";
import type { Problem } from "../../model/managed-file";
import { layoutOfRun } from "../file-layout/layouts-of-run";
import { each } from "../file-layout/make-all";
import { Tally } from "../file-layout/tally";
import type { LayoutRun as Run } from "../file-layout/run";
import { execute } from "../../reconcile/execute";
import { displayName } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import { refuseUntold } from "../../reconcile/writes/change";
import { remove } from "../../reconcile/writes/removal";
import { warnOfGap } from "./gap-warning";
import { takeNotes, type RunNotes } from "./notes";
import { gapOf, isUndeclared, ruled, sortOut, type Undeclared } from "./sort-out";
import { tooManyDeletes } from "./too-many-deletes";

type Raw = Record<string, unknown>;

/** What a program says of a sweep, and what state holds of it: whose it is. The rest it takes from the layout of the same run. */
export interface UndeclaredFilesSweep {
  readonly layout: string;
  readonly __declaration?: string;
}

/** What a sweep is about to do. */
interface Plan extends Undeclared {
  readonly deletes: readonly FileInfo[];
  readonly changes: readonly { file: FileInfo; visibility: "PUBLIC" | "PRIVATE" }[];
}

const notesOfRun = new WeakMap<Session, Map<string, RunNotes>>();

function notesOf(session: Session): Map<string, RunNotes> {
  let notes = notesOfRun.get(session);
  if (notes === undefined) notesOfRun.set(session, (notes = new Map<string, RunNotes>()));
  return notes;
}

/** Takes note of what the program says of its run, and judges how many files would go. For a new sweep it tells its plan as well. */
export async function checkSweep(session: Session, olds: Raw, news: Raw): Promise<Problem[]> {
  const layout = String(news.layout);
  notesOf(session).set(layout, takeNotes(news));
  const plan = await planOf(session, layout);
  if (plan === undefined) {
    // That the program did not finish is known only now.
    const undeclared = await sortOut(session, layout, notesOf(session).get(layout) ?? {});
    if (undeclared !== undefined) await warnOfGap(session, layout, undeclared);
    return [];
  }
  const refused = refusal(session, plan);
  if (refused !== undefined) return [{ property: "", reason: refused.detail }];
  if (olds.layout === undefined) await tell(session, plan);
  return [];
}

/** Whether there is anything to sweep. */
export async function diffSweep(session: Session, state: UndeclaredFilesSweep, news: Raw): Promise<Difference> {
  const layout = String(news.layout);
  const plan = await planOf(session, layout);
  const isOff = plan !== undefined && plan.deletes.length + plan.changes.length > 0;
  if (isOff) await tell(session, plan);
  return { changes: isOff || state.layout !== layout, replaces: [] };
}

/** Sweeps: applies the rules to undeclared files, or deletes them, where the run knows every declaration. */
export async function sweep(session: Session, inputs: UndeclaredFilesSweep): Promise<UndeclaredFilesSweep> {
  const { layout } = inputs;
  const plan = await planOf(session, layout);
  if (plan !== undefined && plan.deletes.length + plan.changes.length > 0) {
    const refused = refusal(session, plan);
    if (refused !== undefined) throw refused;
    session.ownership.changing();
    const run: Run = { session, view: plan.view, tally: new Tally(displayName(layout)) };
    await applyRules(run, layout, plan);
    await deleteAll(run, layout, plan);
  }
  return { layout, ...(inputs.__declaration === undefined ? {} : { __declaration: inputs.__declaration }) };
}

/** What is to be swept; `undefined` where the run does not know every declaration, so that nothing is. */
async function planOf(session: Session, layout: string): Promise<Plan | undefined> {
  const notes = notesOf(session).get(layout);
  if (notes === undefined || gapOf(session, notes) !== undefined) return undefined;
  const undeclared = await sortOut(session, layout, notes);
  if (undeclared === undefined || undeclared.gap !== undefined) return undefined;
  const { inputs, view, files } = undeclared;
  const isDeleting = inputs.unmanaged === "DELETE";
  return {
    ...undeclared,
    deletes: isDeleting ? files : [],
    changes: await ruled(view, inputs, isDeleting ? [] : files),
  };
}

/** The error of an update that would delete more than it may, those files counted that the layout deletes itself. */
function refusal(session: Session, { inputs, deletes }: Plan): MediasaurError | undefined {
  const { deleted } = layoutOfRun(session, inputs.__declaration ?? "");
  return deletes.length === 0 ? undefined : tooManyDeletes(inputs, deleted + deletes.length, deletes);
}

/** A file as it is now, by its own word and not by a listing's, where it still is where it was found and still nobody's. */
async function lastLook(
  { session, view }: Run,
  layout: string,
  plan: Plan,
  row: FileInfo,
): Promise<FileInfo | undefined> {
  const notes = notesOf(session).get(layout);
  if (notes === undefined || gapOf(session, notes) !== undefined) return undefined;
  const file = await view.again(row.id);
  if (file?.path !== row.path) return undefined;
  return isUndeclared(session, plan.inputs, notes.held ?? [])(file) ? file : undefined;
}

async function applyRules(run: Run, layout: string, plan: Plan): Promise<void> {
  const looked = await Promise.all(
    plan.changes.map(async ({ file: row, visibility }) => ({
      file: await lastLook(run, layout, plan, row),
      visibility,
    })),
  );
  const movers = looked.flatMap(({ file, visibility }) => {
    if (file === undefined) return [];
    refuseUntold(file, visibility, "the rule out of the layout");
    return [{ holder: { file }, goal: { path: file.path, visibility } }];
  });
  await run.session.turns(run.view.bucket).alone(() => execute(run, { movers, doomed: [] }));
}

async function deleteAll(run: Run, layout: string, plan: Plan): Promise<void> {
  run.tally.expect(plan.deletes.length, "deleted");
  await each(plan.deletes, async (row) => {
    const file = await lastLook(run, layout, plan, row);
    if (file === undefined) return;
    run.tally.wrote = true;
    await remove(run.session, { bucket: run.view.bucket, id: file.id, path: file.path });
    run.tally.done();
    run.view.drop(file.id);
  });
}

/** Tells what the sweep would do as the layout's own doing: that is what the program declares it by. */
async function tell(session: Session, { inputs, deletes, changes }: Plan): Promise<void> {
  const { bucket, __declaration: layout = "", __secret } = inputs;
  const effects = [
    ...deletes.map((file): Effect => ({ way: "deleted", from: file.path, ...before(file) })),
    ...changes.map(({ file, visibility }): Effect => {
      return { way: "kept", from: file.path, to: file.path, ...before(file), after: visibility };
    }),
  ];
  const requests = { count: effects.length, exact: true };
  await session.effects.tell(layout, { resource: "FileLayout", bucket, effects, requests }, __secret === true);
}

function before({ visibility }: FileInfo): Pick<Effect, "before"> {
  return visibility === undefined ? {} : { before: visibility };
}
