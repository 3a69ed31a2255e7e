import { changesService, type Effect } from "../../model/effects";
import { isDeletedWith, type FileLayoutInputs, type FileLayoutState } from "../../model/file-layout";
import type { Effects } from "../../reconcile/run/effects";
import type { Session } from "../../reconcile/run/session";
import type { Intent } from "./intent";
import type { Roster } from "./roster";

/**
 * What a layout would do, file by file: what it has and leaves as it is is left out.
 *
 * @param state - tells which files the layout has had already
 */
export async function effectsOf(
  session: Session,
  inputs: FileLayoutInputs,
  { entries, leavers }: Roster,
  { task }: Intent,
  state: FileLayoutState | undefined,
): Promise<Effect[]> {
  const held = new Set(Object.values(state?.files ?? {}).map(({ id }) => id));
  const effects: Effect[] = [];
  for (const { goal, making, replaces, file } of entries) {
    if (file !== undefined || making === undefined) continue;
    const { path: to, visibility: after } = goal;
    const instead = replaces === undefined ? {} : { before: replaces.visibility, replaces: true as const };
    if ("upload" in making) {
      const bytes = await session.sizes.of(making.upload);
      effects.push(defined({ way: "uploaded", to, after, bytes, ...instead }));
    } else {
      const { copy } = making;
      const fromBucket = copy.bucket === inputs.bucket ? undefined : copy.bucket;
      const from = "path" in copy ? copy.path : `file ${copy.id}`;
      effects.push(defined({ way: "copied", from, fromBucket, to, after, ...instead }));
    }
  }
  const own = new Set(entries.map(({ file }) => file?.id));
  for (const { holder, goal } of task.movers) {
    const { id, path: from, visibility: before } = holder.file;
    const taken = own.has(id) && !held.has(id) ? true : undefined;
    const effect = defined({ way: "kept", from, to: goal.path, before, after: goal.visibility, taken });
    if (taken === true || changesService(effect)) effects.push(effect);
  }
  for (const { file } of task.doomed) {
    effects.push(defined({ way: "deleted", from: file.path, before: file.visibility }));
  }
  const deleted = new Set(task.doomed.map(({ file }) => file.id));
  for (const { id, path } of leavers)
    if (path !== "" && !deleted.has(id)) effects.push({ way: "released", from: path });
  return effects;
}

/** Tells what becomes of the files of a layout that goes. */
export async function tellEnd(
  effects: Effects,
  state: FileLayoutState,
  isDeleted: (id: string) => boolean,
): Promise<void> {
  const { bucket, __declaration = "", __secret } = state;
  const told = Object.values(state.files).map((file): Effect => {
    const way = isDeletedWith(state, file) ? (isDeleted(file.id) ? "deleted" : undefined) : "released";
    return defined({ way: way ?? "released", from: file.path, before: file.visibility });
  });
  const requests = { count: told.filter(({ way }) => way === "deleted").length, exact: true };
  await effects.tell(__declaration, { resource: "FileLayout", bucket, effects: told, requests }, __secret === true);
}

function defined(effect: { [Name in keyof Effect]?: Effect[Name] | undefined }): Effect {
  return Object.fromEntries(Object.entries(effect).filter(([, value]) => value !== undefined)) as unknown as Effect;
}
