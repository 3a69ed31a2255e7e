import { mediasaurError, type FileInfo } from "../../client";
import type { Visibility } from "../../plan/managed-file";
import { joinPath, splitPath } from "../../plan/paths";
import { placesBetween, planPlacement, type Between, type Step } from "../../plan/placement";
import { temporaryName } from "../../plan/staging";
import type { Session } from "../session";
import { PAUSES } from "../patience";
import { readAgain, refusesOne } from "../read-again";
import { nameToSend } from "../renames";
import { settle, settleCounted } from "../settle";
import { makeRoom } from "./room";

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
  const release = session.reserve(goal.bucket, goal.path);
  try {
    let { path } = known;
    for (;;) {
      // Before this file's own lock, as two files that swap places make room for each other.
      const roomy = path !== goal.path;
      if (roomy) await makeRoom(session, { ...goal, control: path }, known.id);
      const outcome = await session.locks.hold(session.currentId(known.id), async () => {
        // Read under the lock: another file's update may have parked this one a moment ago.
        const file = await session.client.getFile(session.currentId(known.id));
        if (file === undefined) return undefined;
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
  refuseUntold(read, goal);
  const reserved: (() => void)[] = [];
  let file = read;
  let wrote = false;
  try {
    let moved = false;
    const steps = await plan(session, file, goal, passage, reserved);
    for (const [index, step] of steps.entries()) {
      wrote = true;
      file = await run(session, goal.bucket, file, step, moved);
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

/**
 * A step that others build upon: what names a store takes, whether it renames at all, and whether it is done with a request
 * when it answers, is found out before the next. Where a kind of step took at once it is relied on from then on.
 */
async function seenToTake(session: Session, file: FileInfo, step: Step, read: FileInfo, goal: Goal): Promise<FileInfo> {
  const kind = step.kind === "move" ? "move" : step.name === undefined ? undefined : "rename";
  if (kind === undefined || session.prompt.has(kind)) return file;
  const expected = { bucket: goal.bucket, path: file.path, before: read.path, declared: goal.path };
  const { file: seen, looks } = await settleCounted(session, file, expected);
  if (looks === 1 && seen.id === file.id) session.prompt.add(kind);
  session.renamed(file.id, seen.id);
  return seen;
}

function refuseUntold(file: FileInfo, goal: Goal): void {
  if (goal.visibility === undefined || file.visibility !== undefined) return;
  const message =
    `the service does not say who may see file ${file.id} ("${file.path}"), so that it can't be held to ` +
    `${goal.visibility}. Take "visibility" out of the declaration.`;
  throw mediasaurError({ code: "unsupported_store", message });
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
    const release = session.tryReserve(bucket, place);
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

/** Runs one request; gives the file as it has to be after it. `moved`: a move of ours came before. */
async function run(session: Session, bucket: string, file: FileInfo, step: Step, moved: boolean): Promise<FileInfo> {
  try {
    await send(session, bucket, file, step);
    return after(file, step);
  } catch (error) {
    if (!refusesOne(error)) throw error;
    // The service gave it another id at the step before: then that one is at the place where this has to be.
    const found = await another(session, bucket, file, moved ? PAUSES : []);
    if (found === undefined) throw error;
    const renewed = { ...file, id: found.id };
    await send(session, bucket, renewed, step);
    return after(renewed, step);
  }
}

/** The file that is where another has to be that the service does not know any more; a listing may be behind. */
async function another(
  session: Session,
  bucket: string,
  { id, path }: FileInfo,
  waits: readonly number[],
): Promise<FileInfo | undefined> {
  for (let look = 0; ; look += 1) {
    const found = await session.client.findFile({ bucket, path });
    if (found !== undefined && found.id !== id) return found;
    const pause = waits[look];
    if (pause === undefined) return undefined;
    await session.sleep(pause);
  }
}

async function send(session: Session, bucket: string, file: FileInfo, step: Step): Promise<void> {
  if (step.kind === "move") {
    await session.moves.move(bucket, file.id, step.directory);
  } else {
    const name = step.name === undefined ? {} : { name: nameToSend(session, file.name, step.name) };
    await session.client.updateFile(file.id, { ...name, ...optional(step.visibility) });
  }
}

function after(file: FileInfo, step: Step): FileInfo {
  const directory = step.kind === "move" ? step.directory : file.directory;
  const name = step.kind === "patch" && step.name !== undefined ? step.name : file.name;
  const visibility = step.kind === "patch" ? (step.visibility ?? file.visibility) : file.visibility;
  return { ...file, directory, name, path: joinPath(directory, name), ...optional(visibility) };
}

/** After a failure: the file as it is now, or where even that can't be read, as it has to be by what was sent. */
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
