import type { FileInfo } from "../../client";
import type { Visibility } from "../../model/managed-file";
import { execute, type Run } from "../../reconcile/execute";
import { makeRoom } from "../../reconcile/make-room";
import { OnDemandView } from "../../reconcile/on-demand-view";
import { placeKey } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import type { Task } from "../../reconcile/stages";
import { refuseUntold } from "../../reconcile/writes/change";
import { readAgain } from "../../reconcile/writes/read-again";

/** Where a file is to be, and who may see it (`undefined`: as it is). */
export interface Goal {
  readonly bucket: string;
  readonly path: string;
  readonly visibility?: Visibility | undefined;
}

/** The outcome of a placement: the file as it was last seen, and the error that stopped it half-way. */
export interface Placed {
  readonly file: FileInfo;
  readonly failure?: unknown;
}

/** Where a file was when it was last looked at. */
export interface Known {
  readonly id: string;
  readonly path: string;
}

/**
 * Brings one file from where it is now to its goal: the plan of a layout that has this file alone.
 *
 * @param aside - the name that it has on its way where nothing but that says whose it is
 * @returns `undefined` where the file is gone
 * @throws where nothing was written
 */
export async function place(session: Session, known: Known, goal: Goal, aside?: string): Promise<Placed | undefined> {
  const release = await session.places.aim(placeKey(goal.bucket, goal.path));
  try {
    return await session.turns(goal.bucket).together(() => placeAimed(session, known, goal, aside));
  } finally {
    release();
  }
}

async function placeAimed(
  session: Session,
  known: Known,
  goal: Goal,
  aside: string | undefined,
): Promise<Placed | undefined> {
  const { bucket, path, visibility } = goal;
  const view = new OnDemandView(session, bucket);
  const id = session.currentId(known.id);
  const turns = session.locks.turns(id);
  const looked = known.path !== path;
  const seen = await view.look(id, looked ? path : undefined, known.path);
  // Of a file that is not to be found, what holds the place may be itself, under another id.
  if (seen.file === undefined) return undefined;
  let { file } = seen;
  if (file.path !== path) {
    await makeRoom(session, { bucket, path, control: file.path }, id, looked ? seen : undefined);
    // Another file's update may have parked this one meanwhile.
    if (session.locks.turns(id) !== turns) {
      const now = await view.own(session.currentId(id));
      if (now === undefined) return undefined;
      file = now;
    }
  }
  refuseUntold(file, visibility, '"visibility" out of the declaration');
  if (file.path === path && (visibility === undefined || file.visibility === visibility)) return { file };
  return carryOut(session, view, file, goal, aside);
}

async function carryOut(
  session: Session,
  view: OnDemandView,
  file: FileInfo,
  { bucket, path, visibility }: Goal,
  aside: string | undefined,
): Promise<Placed> {
  const reserved = new Map<string, () => void>();
  const mayStopAt = async (stop: string): Promise<boolean> => {
    // A place that another declaration or another update of this run has its eyes on is none to stop at.
    if (session.claims.ownerOfPath(bucket, stop) !== undefined) return false;
    const release = reserved.has(stop) ? undefined : session.places.stop(placeKey(bucket, stop));
    if (release !== undefined) reserved.set(stop, release);
    return reserved.has(stop) && (await view.at(stop)) === undefined;
  };
  const holder = { file };
  const task: Task = {
    movers: [{ holder, goal: { path, ...(visibility === undefined ? {} : { visibility }) } }],
    doomed: [],
    mayStopAt,
    aside,
  };
  const run: Run = { session, view, tally: untold() };
  try {
    await execute(run, task);
    session.renamed(file.id, holder.file.id);
    session.index(bucket).put(holder.file);
    return { file: holder.file };
  } catch (error) {
    if (!run.tally.wrote) throw error;
    return { file: await lastSeen(session, bucket, holder.file), failure: error };
  } finally {
    for (const release of reserved.values()) release();
  }
}

function untold(): Run["tally"] {
  return { wrote: false, expect: () => undefined, done: () => undefined };
}

/** After a failure: the file as it is now, or where even that can't be read, as it was seen last. */
async function lastSeen(session: Session, bucket: string, file: FileInfo): Promise<FileInfo> {
  try {
    const seen = (await readAgain(session, file.id)) ?? (await session.client.findFile({ bucket, path: file.path }));
    if (seen === undefined) return file;
    session.index(bucket).put(seen);
    return seen;
  } catch {
    return file;
  }
}
