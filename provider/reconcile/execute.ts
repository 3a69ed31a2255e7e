import { isMediasaurError, type FileInfo } from "../client";
import type { LayoutFault, LayoutRequest } from "../planner";
import { awaitFiles, notVerified, type Holder } from "./await-consistency";
import { isAs, type FileView } from "./file-view";
import { blocked, makeRoom } from "./make-room";
import { goalsOf, planAlone, planStage, STAGES, type StagePlan, type Task } from "./stages";
import type { Session } from "./run/session";
import { afterStep, sendPatch } from "./writes/change";

/** How often a plan is made anew that brings nothing forward. */
const MOST_IDLE_ROUNDS = 2;
const MOST_ROUNDS = 20;
/** A request that changes files, and deletes none. */
type Change = Exclude<LayoutRequest, { kind: "delete" }>;
/** After these nothing that is sent again goes better. */
const FINAL = [
  "unauthorized",
  "forbidden",
  "quota_exceeded",
  "wait_too_long",
  "invalid_configuration",
  "wrong_base_url",
  "unsupported_store",
];

/** What brings changes about works with this. */
export interface Run {
  readonly session: Session;
  readonly view: FileView;
  /** What is told of how far the work is. */
  readonly tally: {
    /** Whether anything was sent that may have changed something. */
    wrote: boolean;
    /** A stage of so many requests begins. */
    expect(requests: number): void;
    /** One request has ended. */
    done(): void;
  };
}

/**
 * Brings files to their goals, level by level, and looks after each level whether everything is as planned. Where it is not
 * (a bulk took effect in part, an answer was lost, something else moved a file or took a place) it plans anew from what is
 * there, as long as that brings it forward.
 *
 * @throws where a goal can't be reached; the holders of the task say then where each file is
 */
export async function execute(run: Run, task: Task): Promise<void> {
  for (let stage = 0; stage < STAGES; stage += 1) {
    const last = stage === STAGES - 1;
    if (!last && !task.movers.some(({ passage }) => passage !== undefined)) continue;
    await reachStage(run, task, stage);
  }
}

async function reachStage(run: Run, task: Task, stage: number): Promise<void> {
  let least = Infinity;
  let idle = 0;
  for (let round = 0; ; round += 1) {
    const planning = await plan(run, task, stage);
    if (!planning.ok) {
      await clear(run, task, planning.faults);
      idle += 1;
      if (idle > MOST_IDLE_ROUNDS) throw blocked(run.view.bucket, planning.faults);
      continue;
    }
    // The files that go are deleted only when everything else has been reached.
    const levels = planning.plan.levels.map((level) => level.filter((request) => request.kind !== "delete"));
    const requests = levels.reduce((sum, level) => sum + level.length, 0);
    if (requests === 0) return;
    run.tally.expect(requests);
    idle = requests < least ? 0 : idle + 1;
    least = Math.min(least, requests);
    let failure: unknown;
    const holders = holdersOf(task);
    for (const [index, level] of levels.entries()) {
      failure = await runLevel(run, task, holders, level, round, index === levels.length - 1);
      if (failure !== undefined) break;
    }
    if (failure === undefined) return;
    const isFinal = isMediasaurError(failure) && FINAL.includes(failure.code);
    if (isFinal || idle >= MOST_IDLE_ROUNDS || round >= MOST_ROUNDS) throw failure as Error;
    if (task.mayStopAt !== undefined) await makeRoomForOne(run, task);
  }
}

async function plan({ view }: Run, task: Task, stage: number): Promise<StagePlan> {
  const goals = goalsOf(task, stage);
  const [mover] = task.movers;
  if (task.mayStopAt === undefined || mover === undefined) return planStage(view, task, goals, stage === STAGES - 1);
  const goal = goals.get(mover.holder.file.id);
  if (goal === undefined) return { ok: true, plan: { levels: [], requests: 0 } };
  return planAlone(mover.holder, goal, task);
}

/** The place of a file by itself may have been taken since it was looked at. */
async function makeRoomForOne({ session, view: { bucket } }: Run, { movers: [mover] }: Task): Promise<void> {
  if (mover === undefined) return;
  const { holder, goal } = mover;
  if (holder.file.path !== goal.path) await makeRoom(session, { bucket, path: goal.path }, holder.file.id);
}

/** By the ids of the plan: the service may give a file another one on its way. */
function holdersOf({ movers, doomed }: Task): Map<string, Holder> {
  return new Map([...movers.map(({ holder }) => holder), ...doomed].map((holder) => [holder.file.id, holder]));
}

/** Runs the requests of a level at the same time; gives what went wrong, if not everything is as planned after it. */
async function runLevel(
  run: Run,
  task: Task,
  holders: ReadonlyMap<string, Holder>,
  planned: readonly Change[],
  round: number,
  last: boolean,
): Promise<unknown> {
  const now = (id: string): string => holders.get(id)?.file.id ?? id;
  const expected = new Map<Holder, FileInfo>();
  const level = planned.map((request): Change => {
    for (const id of request.kind === "move" ? request.ids : [request.id]) {
      const holder = holders.get(id);
      if (holder !== undefined) expected.set(holder, afterStep(holder.file, request));
    }
    return request.kind === "move" ? { ...request, ids: request.ids.map(now) } : { ...request, id: now(request.id) };
  });
  const results = await Promise.allSettled(level.map((request) => send(run, request)));
  const failed = results.find((result) => result.status === "rejected");
  if (failed === undefined && !last && isReliedOn(run, level)) {
    for (const [holder, file] of expected) holder.file = file;
    return undefined;
  }
  const { astray, atOnce } = await verify(run, task, expected, failed !== undefined, round);
  if (astray === undefined) {
    const isKept = [...expected].every(([{ file }, { id }]) => file.id === id);
    if (failed === undefined && atOnce && isKept) relyOn(run, level);
    return undefined;
  }
  return failed === undefined ? notVerified(run.view.bucket, astray) : failed.reason;
}

/**
 * A step of one file that others build upon need not be looked at where its kind has taken at once before: what names a store takes,
 * whether it renames at all, and whether it is done with a request when it answers, is known then.
 */
function isReliedOn({ session, view }: Run, level: readonly Change[]): boolean {
  return view.pages === Infinity && level.every((request) => session.profile.prompt.has(kindOf(request)));
}

function relyOn({ session, view }: Run, level: readonly Change[]): void {
  if (view.pages === Infinity) for (const request of level) session.profile.prompt.add(kindOf(request));
}

function kindOf(request: Change): "move" | "rename" | "visibility" {
  if (request.kind === "move") return "move";
  return request.name === undefined ? "visibility" : "rename";
}

async function send({ session, view, tally }: Run, request: Change): Promise<void> {
  tally.wrote = true;
  try {
    // Another declaration that needs the place of one of these may be moving it out of the way.
    await session.locks.holdAll(request.kind === "move" ? request.ids : [request.id], async () => {
      if (request.kind === "patch") {
        await sendPatch(session, { id: request.id, name: view.known(request.id)?.name ?? "" }, request);
        return;
      }
      const { ids, directory } = request;
      const [id, ...others] = ids;
      // One that goes by itself goes together with those of other resources.
      if (id !== undefined && others.length === 0) await session.moves.move(view.bucket, id, directory);
      else await session.client.moveFiles({ bucket: view.bucket, fileIds: [...ids], directory });
    });
  } finally {
    tally.done();
  }
}

/**
 * Sees where the files are after a level: in one listing, or one by one where they are few. A file that seems not to be as
 * planned is asked itself, as a listing may be behind; and again for a while, unless a request has failed.
 */
async function verify(
  run: Run,
  task: Task,
  expected: ReadonlyMap<Holder, FileInfo>,
  failed: boolean,
  round: number,
): ReturnType<typeof awaitFiles> {
  const { session, view } = run;
  const { bucket } = view;
  const before = new Map([...expected.keys()].map((holder) => [holder, holder.file.path]));
  const goals = new Map(task.movers.map(({ holder, goal }) => [holder, goal.path]));
  const seenBefore = new Set([...view.files].map(({ id }) => id));
  let open = [...expected];
  if (view.pages !== Infinity && (failed || expected.size > view.pages)) {
    await lookAtAll(view, task, expected, failed);
    open = open.filter(([holder, wanted]) => {
      const row = view.known(wanted.id);
      if (row === undefined || !isAs(row, wanted)) return true;
      holder.file = row;
      return false;
    });
  }
  return awaitFiles(
    {
      session,
      view,
      seenBefore,
      failed,
      patient: round > 0,
      expectedPlace: (holder, { path }) => ({ bucket, path, before: before.get(holder), declared: goals.get(holder) }),
    },
    new Map(open),
  );
}

/** Looks where all files of a task are by now. */
export async function lookAgain({ view }: Run, task: Task): Promise<void> {
  await lookAtAll(view, task, new Map(), true);
}

/**
 * Lists everything again. Where the listing tells otherwise of a file that no request of the level touched, what is known of
 * it holds, as the listing may be behind; after a failure, the file itself is asked.
 */
async function lookAtAll(
  view: FileView,
  { movers, doomed }: Task,
  expected: ReadonlyMap<Holder, FileInfo>,
  failed: boolean,
): Promise<void> {
  await view.repeat();
  const others = [...movers.map(({ holder }) => holder), ...doomed].filter((holder) => !expected.has(holder));
  await Promise.all(
    others.map(async (holder) => {
      const row = view.known(holder.file.id);
      if (row !== undefined && isAs(row, holder.file)) holder.file = row;
      else if (failed) holder.file = (await view.afterWrite(holder.file.id, holder.file)) ?? holder.file;
      else view.put(holder.file);
    }),
  );
}

/** Waits until the places that other declarations of the run hold are left; refuses those that nobody leaves. */
export async function clear(run: Run, task: Task, faults: readonly LayoutFault[]): Promise<void> {
  const { bucket } = run.view;
  const held = faults.filter(({ kind, otherId }) => kind === "path-held" && otherId === undefined);
  if (held.length < faults.length) throw blocked(bucket, faults);
  for (const { path = "", id } of held) {
    const file = task.movers.find(({ holder: { file } }) => file.id === id)?.holder.file;
    await makeRoom(run.session, { bucket, path, control: file?.path }, id);
  }
  await run.view.repeat();
}
