import type { FileInfo } from "../../client";
import { firstOf, isTemporary, type FileLayoutInputs, type FileLayoutState } from "../../model/file-layout";
import { declarationOfKey, displayName } from "../../reconcile/run/claims";
import { isWhole } from "../../reconcile/file-view";
import { PartialFailure } from "../../reconcile/partial-failure";
import { remove } from "../../reconcile/writes/removal";
import type { Session } from "../../reconcile/run/session";
import { awaitFile } from "../../reconcile/await-consistency";
import { clear, execute, lookAgain } from "../../reconcile/execute";
import { blocked } from "../../reconcile/make-room";
import { foresee } from "./foresight";
import { forbidden, intend, isElsewhere, sortOut, type Intent } from "./intent";
import { each, makeAll, noteArrivals, recogniseMade, takeBack } from "./make-all";
import { claimFiles, directoriesOf, heldWarning, problemError } from "./prospect";
import { callRoll, type Roster } from "./roster";
import { brokenState, reachedState } from "./state";
import { ListedView } from "../../reconcile/listed-view";
import type { LayoutRun as Run } from "./run";
import { Tally } from "./tally";

/** How often a place may be found held before anything is written. */
const MOST_LOOKS = 5;

/**
 * Brings a layout about, from whatever is there: lists, finds the file of each key, plans, makes what is to be made, carries the plan
 * out level by level, deletes what goes, and gives the state that is reached. After an interruption the rest of the work is the same
 * problem again.
 *
 * @param id - the resource's Pulumi id
 * @throws a {@link PartialFailure} with what was reached where something was written, else a plain error
 */
export async function reach(
  session: Session,
  id: string,
  inputs: FileLayoutInputs,
  state: FileLayoutState | undefined,
): Promise<FileLayoutState> {
  const tally = new Tally(displayName(inputs.__declaration ?? ""));
  const about = { resource: "FileLayout", declaration: inputs.__declaration ?? "" } as const;
  return session.ticker.during(
    about,
    () => tally.line(),
    () => reachWith(session, tally, id, inputs, state),
  );
}

async function reachWith(
  session: Session,
  tally: Tally,
  id: string,
  inputs: FileLayoutInputs,
  state: FileLayoutState | undefined,
): Promise<FileLayoutState> {
  const layout = displayName(inputs.__declaration ?? "");
  const { taken } = session.turns(inputs.bucket);
  const view = await ListedView.take(session, inputs.bucket, directoriesOf(inputs, state));
  const run: Run = { session, view, tally };
  const roster = await callRoll(session, view, inputs, state);
  const { problems, pending } = roster;
  if (problems.length > 0) throw problemError(problems);
  if (pending.length > 0) {
    const advice = "If another resource of the program makes that file, name it in dependsOn";
    throw problemError(pending.map(({ property, reason }) => ({ property, reason: `${reason}. ${advice}` })));
  }
  try {
    await recogniseMade(run, inputs, roster);
    const twice = claimFiles(session, inputs, roster);
    if (twice !== undefined) throw problemError([twice]);
    const intent = await prepare(run, layout, inputs, state, roster);
    for (const { goal } of roster.entries) session.warnings.cancel(heldWarning(inputs, goal.path));
    const made = roster.entries.filter(({ file }) => file === undefined);
    await makeAll(run, inputs, made);
    const arriving = made.flatMap((entry) =>
      entry.file === undefined ? [] : [{ holder: entry as { file: FileInfo }, goal: entry.goal }],
    );
    const task = { ...intent.task, movers: [...intent.task.movers, ...arriving] };
    noteArrivals(run, roster);
    await session.turns(inputs.bucket).alone(async () => {
      // Others may have moved files since they were listed.
      if (session.turns(inputs.bucket).taken > taken + 1) await lookAgain(run, task);
      await execute(run, task);
      await deleteAll(run, inputs, intent);
    });
    // In a store that gives files other ids when they are moved.
    noteArrivals(run, roster);
    return await conclude(run, inputs, state, roster);
  } catch (error) {
    await takeBack(run, roster, error);
    if (!run.tally.wrote) throw error;
    throw new PartialFailure(id, brokenState(view, inputs, roster, state), halfWay(error, roster));
  }
}

/** Makes sure, before anything is written, that all of it can be done. */
async function prepare(
  run: Run,
  layout: string,
  inputs: FileLayoutInputs,
  state: FileLayoutState | undefined,
  roster: Roster,
): Promise<Intent> {
  const { session, view } = run;
  let intent = await intend(session, view, inputs, state, roster);
  // What is nobody's by now may be another declaration's that has yet to show.
  const inDoubt = [...intent.task.doomed.map(({ file }) => file), ...ruledStrangers(intent)];
  if (inDoubt.length > 0) {
    await session.progress.until(() => inDoubt.every((file) => isElsewhere(session, inputs, file)));
    intent = await intend(session, view, inputs, state, roster);
  }
  const refused = forbidden(layout, inputs, intent);
  if (refused !== undefined) throw refused.error;
  for (let looks = 0; ; looks += 1) {
    const { faults } = foresee(view, inputs, roster, intent);
    if (faults.length === 0) return intent;
    if (looks === MOST_LOOKS) throw blocked(view.bucket, faults);
    await clear(run, intent.task, faults);
    for (const entry of roster.entries) {
      if (entry.file !== undefined) entry.file = (await view.byId(entry.file.id)) ?? entry.file;
    }
    intent = await intend(session, view, inputs, state, roster);
  }
}

/** The undeclared files that the rules change. */
function ruledStrangers({ undeclared, task }: Intent): FileInfo[] {
  const ids = new Set(undeclared.map(({ id }) => id));
  return task.movers.map(({ holder }) => holder.file).filter(({ id }) => ids.has(id));
}

async function deleteAll(
  { session, view, tally }: Run,
  inputs: FileLayoutInputs,
  { task, undeclared }: Intent,
): Promise<void> {
  const strangers = new Set(undeclared.map(({ id }) => id));
  tally.expect(task.doomed.length, "deleted");
  await each(task.doomed, async ({ file: { id, path } }) => {
    // The last look: another declaration may have taken it over meanwhile, and what is nobody's goes only from where it was
    // found, by its own word and not by a listing's, which may be behind.
    const file = strangers.has(id) ? await view.again(id) : view.known(id);
    if (file !== undefined && isElsewhere(session, inputs, file)) return;
    if (strangers.has(id) && file?.path !== path) return;
    tally.wrote = true;
    await remove(session, { bucket: view.bucket, id, path });
    tally.done();
    view.drop(id);
  });
}

async function conclude(
  { session, view }: Run,
  inputs: FileLayoutInputs,
  state: FileLayoutState | undefined,
  roster: Roster,
): Promise<FileLayoutState> {
  const { __declaration = "" } = inputs;
  await Promise.all(
    roster.entries.map(async (entry) => {
      const { file, key } = entry;
      if (file === undefined) return;
      // The file itself may be behind what a listing has shown.
      const { path, visibility } = file;
      const expected = { bucket: view.bucket, path, visibility, arrived: true };
      const whole = isWhole(file) ? file : await awaitFile(session, file, expected);
      entry.file = whole;
      session.claims.claimFile(whole.id, declarationOfKey(__declaration, key));
      session.index(view.bucket).put(whole);
    }),
  );
  const own = new Set(roster.entries.map(({ file }) => file?.id));
  const { undeclared, others } = sortOut(session, view, inputs, state, (id) => own.has(id));
  return reachedState(view, inputs, roster, undeclared, others);
}

function halfWay(error: unknown, { entries }: Roster): string {
  const reason = error instanceof Error ? error.message : "It was interrupted.";
  const there = entries.filter(({ file, goal }) => {
    const seen = goal.visibility === undefined || file?.visibility === goal.visibility;
    return file?.path === goal.path && seen;
  });
  const onTheWay = entries.flatMap(({ file, leftover }) => {
    if (file !== undefined && isTemporary(file.path)) return [file.path];
    return leftover === undefined || reason.includes(`"${leftover}"`) ? [] : [leftover];
  });
  const where = onTheWay.length === 0 ? "" : ` On the way, and to be found again there: ${firstOf(onTheWay)}.`;
  return (
    `${reason}${where} ${String(there.length)} of ${String(entries.length)} files are as declared now; ` +
    `the next "pulumi up" goes on from there.`
  );
}
