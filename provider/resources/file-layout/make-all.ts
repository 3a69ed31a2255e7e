import { isMediasaurError, type FileInfo } from "../../client";
import { isTemporary, type FileLayoutInputs } from "../../model/file-layout";
import { adoptedFrom, adoptionNote } from "../../reconcile/find-adopted";
import { make, makingNote, originOf } from "../managed-file/make";
import { leftoverOf } from "../managed-file/outcome";
import { recognise } from "../managed-file/recognise";
import type { LayoutRun as Run } from "./run";
import { asManagedFile, type Entry, type Roster } from "./roster";

/** How many files are made at the same time: each is read from a disk, or holds a connection for as long as it takes. */
const AT_A_TIME = 8;

/** Takes what an interrupted run had made and put in its place for made. */
export async function recogniseMade(run: Run, inputs: FileLayoutInputs, roster: Roster): Promise<void> {
  const { session, view } = run;
  const own = new Set(roster.entries.flatMap(({ file }) => (file === undefined ? [] : [file.id])));
  const leaving = new Set(roster.leavers.map(({ id }) => id));
  await each(roster.entries, async (entry) => {
    const { key, declaration, goal, making, replaces } = entry;
    if (entry.file !== undefined || making === undefined) return;
    const holder = await view.at(goal.path);
    if (holder === undefined || holder.id === replaces?.id || own.has(holder.id) || leaving.has(holder.id)) return;
    const old = replaces === undefined ? undefined : view.known(replaces.id);
    const isOldAside = old !== undefined && isTemporary(old.path);
    const found = await recognise(session, asManagedFile(inputs, key, declaration), making, isOldAside);
    if (found === undefined) return;
    view.put(found.file);
    entry.file = found.file;
    // Whose it was can't be known for sure where nothing of it is in state: then it stays when its key goes.
    entry.origin = replaces !== undefined && found.proven ? originOf(making) : "adopted";
    if (entry.origin !== "adopted") return;
    session.warnings.later(
      `recognised ${found.file.id}`,
      () =>
        `"${goal.path}" in bucket "${inputs.bucket}" was there already, as file ${found.file.id}, as an interrupted run would have left it: it is ` +
        `taken over, and stays when its key goes, unless deletionPolicy says DELETE.`,
    );
  });
}

/** Notes which files come to their places before state has their ids: see `reconcile/run/arrivals.ts`. */
export function noteArrivals({ session, view }: Run, { entries }: Roster): void {
  for (const { declaration, goal, file, making } of entries) {
    const from = adoptedFrom(declaration);
    const what = making !== undefined ? makingNote(making) : from === undefined ? undefined : adoptionNote(from);
    if (file === undefined || what === undefined || session.claims.wasInState(file.id)) continue;
    session.arrivals.note(view.bucket, goal.path, what, file.id);
  }
}

/** Takes away what was made for places that it can't come to. */
export async function takeBack({ session, view }: Run, { entries }: Roster, reason: unknown): Promise<void> {
  if (!isMediasaurError(reason) || reason.code !== "path_taken") return;
  for (const entry of entries) {
    const { file, making, replaces } = entry;
    if (file === undefined || making === undefined || replaces !== undefined || !isTemporary(file.path)) continue;
    if (session.claims.wasInState(file.id)) continue;
    try {
      await session.client.deleteFile(file.id);
      view.drop(file.id);
      entry.file = undefined;
    } catch {
      // Then it is told where it is, and the next run goes on with it.
    }
  }
}

/** Makes the files that are to be copied or uploaded, in folders of their own: they come to their places like all others. */
export async function makeAll(run: Run, inputs: FileLayoutInputs, entries: readonly Entry[]): Promise<void> {
  const { session, view, tally } = run;
  const sizes = new Map<string, number>();
  for (const { key, making } of entries) {
    if (making !== undefined && "upload" in making) sizes.set(key, (await session.sizes.of(making.upload)) ?? 0);
  }
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const what = sizes.size === 0 ? "copied" : sizes.size === entries.length ? "uploaded" : "copied or uploaded";
  tally.expect(entries.length, what, bytes);
  await each(entries, async (entry) => {
    const { key, declaration, goal, making, replaces } = entry;
    if (entry.file !== undefined || making === undefined) return;
    tally.wrote = true;
    // Where nothing is declared the place keeps the visibility that it had.
    const visibility = goal.visibility ?? (replaces === undefined ? undefined : view.known(replaces.id)?.visibility);
    const beingMade = make(session, asManagedFile(inputs, key, declaration), making, visibility);
    const made: FileInfo = await beingMade.catch((error: unknown) => {
      entry.leftover = leftoverOf(error);
      throw error;
    });
    view.put(made);
    entry.file = made;
    entry.origin = originOf(making);
    tally.done(sizes.get(key));
  });
}

/** Does something for each, some at a time. After a failure nothing new is begun, and what is under way ends first. */
export async function each<Thing>(things: readonly Thing[], task: (thing: Thing) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let thing = things[next++]; thing !== undefined && failures.length === 0; thing = things[next++]) {
      try {
        await task(thing);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  if (failures.length > 0) throw failures[0] as Error;
}
