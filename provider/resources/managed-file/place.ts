import type { FileInfo } from "../../client";
import type { Visibility } from "../../model/managed-file";
import { splitPath } from "../../model/paths";
import { placesBetween, planPlacement, type Between, type Step } from "../../planner/placement";
import { temporaryName } from "../../model/temporary-paths";
import { placeKey } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import { refuseUntold } from "../../reconcile/writes/change";
import { settle } from "../../reconcile/writes/settle";
import { makeRoom } from "./room";
import { lastSeen, runStep, seenToTake } from "./step";

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
 * Brings one file from where it is now to its goal by moves and PATCHes, and verifies it by reading the file again.
 *
 * @param passage - the name under which the file passes when its directory and its name change, where it must not pass
 *   under one of these two
 * @returns `undefined` where the file is gone
 * @throws where nothing was written
 */
export async function place(session: Session, known: Known, goal: Goal, passage?: string): Promise<Placed | undefined> {
  const { bucket } = goal;
  const release = await session.places.aim(placeKey(bucket, goal.path));
  try {
    let { path } = known;
    for (;;) {
      const roomy = path !== goal.path;
      const id = session.currentId(known.id);
      const turns = session.locks.turns(id);
      const read = (): Promise<FileInfo | undefined> => session.client.getFile(session.currentId(id), { bucket });
      // Before this file's own lock, as two files that swap places make room for each other.
      const [first, room] = await Promise.allSettled([
        read(),
        roomy ? makeRoom(session, { ...goal, control: path }, id) : Promise.resolve("free" as const),
      ]);
      if (first.status === "rejected") throw first.reason;
      // Of a file that is not to be found, what holds the place may be itself, under another id.
      if (room.status === "rejected" && first.value !== undefined) throw room.reason;
      const isFree = room.status === "fulfilled" && room.value === "free";
      const outcome = await session.locks.hold(session.currentId(id), async () => {
        // Another file's update may have parked this one a moment ago.
        const untouched = session.locks.turns(id) === turns + 1;
        const file = untouched && (isFree || first.value === undefined) ? first.value : await read();
        if (file === undefined) return undefined;
        if (room.status === "rejected") return file.path;
        return file.path === goal.path || roomy ? placeHeld(session, file, goal, passage) : file.path;
      });
      if (typeof outcome !== "string") return outcome;
      path = outcome;
    }
  } finally {
    release();
  }
}

async function placeHeld(session: Session, read: FileInfo, goal: Goal, passage: string | undefined): Promise<Placed> {
  refuseUntold(read, goal.visibility, '"visibility" out of the declaration');
  const reserved: (() => void)[] = [];
  let file = read;
  let wrote = false;
  try {
    let moved = false;
    const steps = await plan(session, file, goal, passage, reserved);
    for (const [index, step] of steps.entries()) {
      wrote = true;
      file = await runStep(session, goal.bucket, file, step, moved);
      moved ||= step.kind === "move";
      if (index < steps.length - 1) file = await seenToTake(session, file, step, read, goal);
    }
    if (!wrote) return { file };
    const reached = await settle(session, file, { ...goal, before: read.path });
    session.renamed(read.id, reached.id);
    session.index(goal.bucket).put(reached);
    return { file: reached };
  } catch (error) {
    if (!wrote) throw error;
    return { file: await lastSeen(session, goal.bucket, file), failure: error };
  } finally {
    for (const release of reserved) release();
  }
}

async function plan(
  session: Session,
  file: FileInfo,
  goal: Goal,
  passage: string | undefined,
  reserved: (() => void)[],
): Promise<Step[]> {
  const from = splitPath(file.path);
  const to = splitPath(goal.path);
  const tightens = goal.visibility === "PRIVATE" && file.visibility !== "PRIVATE";
  const between =
    passage === undefined
      ? await lookBetween(session, file, goal, tightens, reserved)
      : { renamedTaken: true, movedTaken: true };
  return planPlacement(
    { ...from, ...optional(file.visibility) },
    { ...to, ...optional(goal.visibility) },
    between,
    passage ?? temporaryName(file.id, file.name),
  );
}

/** Looks which of the places between are free: first at that of the shorter way, and at the other only where it is not. */
async function lookBetween(
  session: Session,
  file: FileInfo,
  { bucket, path }: Goal,
  tightens: boolean,
  reserved: (() => void)[],
): Promise<Between> {
  const places = placesBetween(splitPath(file.path), splitPath(path));
  if (places === undefined) return { renamedTaken: true, movedTaken: true };
  const taken = async (place: string): Promise<boolean> => {
    // A place that another declaration or another update of this run has its eyes on counts as taken.
    if (session.claims.ownerOfPath(bucket, place) !== undefined) return true;
    const release = session.places.stop(placeKey(bucket, place));
    if (release === undefined) return true;
    reserved.push(release);
    return (await session.client.findFile({ bucket, path: place, control: file.path })) !== undefined;
  };
  if (tightens) {
    const renamedTaken = await taken(places.renamed);
    return { renamedTaken, movedTaken: renamedTaken ? await taken(places.moved) : true };
  }
  const movedTaken = await taken(places.moved);
  return { movedTaken, renamedTaken: movedTaken ? await taken(places.renamed) : true };
}

function optional(visibility: Visibility | undefined): { visibility?: Visibility } {
  return visibility === undefined ? {} : { visibility };
}
