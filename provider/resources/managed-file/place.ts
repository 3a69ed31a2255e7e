import { createHash } from "node:crypto";
import { mediasaurError, type FileInfo } from "../../client";
import type { Visibility } from "../../plan/managed-file";
import { splitPath } from "../../plan/paths";
import { placesBetween, planPlacement, type Step } from "../../plan/placement";
import type { Session } from "../session";
import { settle } from "../settle";

/** Where a file is to be, and who may see it (`undefined`: as it is). */
export interface Goal {
  readonly bucket: string;
  readonly path: string;
  readonly visibility?: Visibility | undefined;
}

/** The outcome of a placement: the file as it was last seen, and the error where the goal was not reached. */
export interface Placed {
  readonly file: FileInfo;
  readonly failure?: {
    readonly error: unknown;
    /** Whether anything may have been changed. */ readonly wrote: boolean;
  };
}

/**
 * Brings one file to its goal by moves and PATCHes, and verifies it by reading the file again.
 *
 * @param file - the file as just read from the service itself, not from a listing
 */
export async function place(session: Session, file: FileInfo, goal: Goal): Promise<Placed> {
  let wrote = false;
  const reserved: (() => void)[] = [];
  try {
    const steps = await plan(session, file, goal, reserved);
    for (const step of steps) {
      wrote = true;
      await run(session, goal.bucket, file.id, step);
    }
    if (steps.length === 0) return { file };
    const reached = await settle(session, file, goal);
    session.index(goal.bucket).put(reached);
    return { file: reached };
  } catch (error) {
    return wrote
      ? { file: await lastSeen(session, goal.bucket, file), failure: { error, wrote } }
      : { file, failure: { error, wrote } };
  } finally {
    for (const release of reserved) release();
  }
}

async function plan(session: Session, file: FileInfo, goal: Goal, reserved: (() => void)[]): Promise<Step[]> {
  const from = splitPath(file.path);
  const to = splitPath(goal.path);
  if (goal.visibility !== undefined && file.visibility === undefined) {
    const message = `the service does not say who may see file ${file.id} ("${file.path}"), so that it can't be held to ${goal.visibility}. Take "visibility" out of the declaration.`;
    throw mediasaurError({ code: "unsupported_store", message });
  }
  if (goal.path !== file.path) {
    reserved.push(session.reserve(goal.bucket, goal.path));
    await refuseHeld(session, file, goal);
  }
  const between = placesBetween(from, to);
  const taken = async (path: string): Promise<boolean> => {
    const release = session.tryReserve(goal.bucket, path);
    if (release === undefined) return true;
    reserved.push(release);
    if (session.claims.ownerOfPath(goal.bucket, path) !== undefined) return true;
    return (await session.client.findFile({ bucket: goal.bucket, path, control: file.path })) !== undefined;
  };
  // The way that takes the fewest requests goes first, so that the other place is looked at only where it has to be.
  const tightens = goal.visibility === "PRIVATE" && file.visibility !== "PRIVATE";
  let renamedTaken = true;
  let movedTaken = true;
  if (between !== undefined && tightens) {
    renamedTaken = await taken(between.renamed);
    movedTaken = renamedTaken ? await taken(between.moved) : true;
  } else if (between !== undefined) {
    movedTaken = await taken(between.moved);
    renamedTaken = movedTaken ? await taken(between.renamed) : true;
  }
  const visibility = goal.visibility === undefined ? {} : { visibility: goal.visibility };
  const standing = file.visibility === undefined ? from : { ...from, visibility: file.visibility };
  return planPlacement(standing, { ...to, ...visibility }, { renamedTaken, movedTaken }, temporaryName(file));
}

async function refuseHeld(session: Session, file: FileInfo, goal: Goal): Promise<void> {
  const holder = await session.client.findFile({ bucket: goal.bucket, path: goal.path, control: file.path });
  if (holder === undefined || holder.id === file.id) return;
  const message =
    `"${goal.path}" in bucket "${goal.bucket}" is held by file ${holder.id}, and nothing is ever overwritten. ` +
    `Move or delete that file, or choose another path for file ${file.id} ("${file.path}").`;
  throw mediasaurError({ code: "path_taken", message });
}

async function run(session: Session, bucket: string, fileId: string, step: Step): Promise<void> {
  if (step.kind === "move") {
    await session.client.moveFiles({ bucket, fileIds: [fileId], directory: step.directory });
  } else {
    const { name, visibility } = step;
    await session.client.updateFile(fileId, {
      ...(name === undefined ? {} : { name }),
      ...(visibility === undefined ? {} : { visibility }),
    });
  }
}

/** The same for the same file at every try, so that a run that was cut off leaves one odd name at most. */
function temporaryName(file: FileInfo): string {
  const mark = createHash("sha256").update(file.id).digest("hex").slice(0, 12);
  return `.mediasaur-tmp-${mark}-${file.name.slice(-100)}`;
}

/** After a failure: the file as it is now, or where even that can't be read, as it was. */
async function lastSeen(session: Session, bucket: string, file: FileInfo): Promise<FileInfo> {
  try {
    const seen = await session.client.getFile(file.id);
    if (seen === undefined) return file;
    session.index(bucket).put(seen);
    return seen;
  } catch {
    return file;
  }
}
