import { isMediasaurError, mediasaurError, type FileInfo } from "../../client";
import { count } from "../../model/file-layout";
import type { LayoutFault, LayoutRequest } from "../../planner";
import { afterStep, sendPatch } from "../../reconcile/writes/change";
import { makeRoom } from "../managed-file/room";
import { goalsOf, planStage, STAGES, type Task } from "./stages";
import type { Survey } from "./survey";
import { notVerified, verify, type Run } from "./verify";

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

/**
 * Brings files to their goals, level by level, and looks after each level whether everything is as planned. Where it is not
 * (a bulk took effect in part, an answer was lost, something else moved a file or took a place) it plans anew from what is
 * there, as long as that brings it forward.
 *
 * @throws where a goal can't be reached; the holders of the task say then where each file is
 */
export async function carryOut(run: Run, task: Task): Promise<void> {
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
    const goals = goalsOf(task, stage);
    const planning = planStage(run.survey, task, goals, stage === STAGES - 1);
    if (!planning.ok) {
      await clear(run, task, planning.faults);
      idle += 1;
      if (idle > MOST_IDLE_ROUNDS) throw blocked(run.survey, planning.faults);
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
    for (const level of levels) {
      failure = await runLevel(run, task, holders, level, round);
      if (failure !== undefined) break;
    }
    if (failure === undefined) return;
    const isFinal = isMediasaurError(failure) && FINAL.includes(failure.code);
    if (isFinal || idle >= MOST_IDLE_ROUNDS || round >= MOST_ROUNDS) throw failure as Error;
  }
}

/** By the ids of the plan: the service may give a file another one on its way. */
function holdersOf({ movers, doomed }: Task): Map<string, { file: FileInfo }> {
  return new Map([...movers.map(({ holder }) => holder), ...doomed].map((holder) => [holder.file.id, holder]));
}

/** Runs the requests of a level at the same time; gives what went wrong, if not everything is as planned after it. */
async function runLevel(
  run: Run,
  task: Task,
  holders: ReadonlyMap<string, { file: FileInfo }>,
  planned: readonly Change[],
  round: number,
): Promise<unknown> {
  const now = (id: string): string => holders.get(id)?.file.id ?? id;
  const expected = new Map<{ file: FileInfo }, FileInfo>();
  const level = planned.map((request): Change => {
    for (const id of request.kind === "move" ? request.ids : [request.id]) {
      const holder = holders.get(id);
      if (holder !== undefined) expected.set(holder, afterStep(holder.file, request));
    }
    return request.kind === "move" ? { ...request, ids: request.ids.map(now) } : { ...request, id: now(request.id) };
  });
  const results = await Promise.allSettled(level.map((request) => send(run, request)));
  const failed = results.find((result) => result.status === "rejected");
  const astray = await verify(run, task, expected, failed !== undefined, round);
  if (astray === undefined) return undefined;
  return failed === undefined ? notVerified(run.survey.bucket, astray) : failed.reason;
}

async function send({ session, survey, tally }: Run, request: Change): Promise<void> {
  tally.wrote = true;
  try {
    // Another declaration that needs the place of one of these may be moving it out of the way.
    await session.locks.holdAll(request.kind === "move" ? request.ids : [request.id], async () => {
      if (request.kind === "move") {
        const { ids, directory } = request;
        await session.client.moveFiles({ bucket: survey.bucket, fileIds: [...ids], directory });
      } else {
        const { id } = request;
        await sendPatch(session, { id, name: survey.known(id)?.name ?? "" }, request);
      }
    });
  } finally {
    tally.done();
  }
}

/** Waits until the places that other declarations of the run hold are left; refuses those that nobody leaves. */
export async function clear(run: Run, task: Task, faults: readonly LayoutFault[]): Promise<void> {
  const held = faults.filter(({ kind, otherId }) => kind === "path-held" && otherId === undefined);
  if (held.length < faults.length) throw blocked(run.survey, faults);
  for (const { path = "", id } of held) {
    const holder = await run.survey.at(path);
    const owner = holder === undefined ? undefined : run.session.claims.ownerOfFile(holder.id);
    const file = task.movers.find(({ holder: { file } }) => file.id === id)?.holder.file;
    try {
      await makeRoom(run.session, { bucket: run.survey.bucket, path, control: file?.path }, id);
    } catch (error) {
      if (owner !== undefined || !isMediasaurError(error) || error.code !== "path_taken") throw error;
      throw blocked(run.survey, faults, holder);
    }
  }
  await run.survey.repeat();
}

/** The error of a layout that can't be brought about as things are; nothing was written for it. */
export function blocked(survey: Survey, faults: readonly LayoutFault[], holder?: FileInfo): Error {
  const [fault] = faults;
  const more = faults.length > 1 ? ` (and ${count(faults.length - 1, "more fault")} like this)` : "";
  const { bucket } = survey;
  if (fault?.kind === "path-held" && fault.otherId === undefined) {
    const by = holder === undefined ? "another file" : `file ${holder.id}`;
    const message =
      `"${fault.path ?? ""}" in bucket "${bucket}" is held by ${by}, which no declaration moves away${more}, and nothing is ever ` +
      `overwritten. Move or delete that file, declare it, or choose another path.`;
    return mediasaurError({ code: "path_taken", message });
  }
  const reason = fault?.reason ?? "the layout can't be planned";
  return mediasaurError({
    code: "path_taken",
    message: `in bucket "${bucket}" ${reason}${more}. Choose another path.`,
  });
}
