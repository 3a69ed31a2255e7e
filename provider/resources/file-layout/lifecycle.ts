import type { FileInfo } from "../../client";
import {
  inputsFound,
  isDeletedWith,
  summaryOf,
  type FileLayoutInputs,
  type FileLayoutState,
  type LayoutFileState,
} from "../../model/file-layout";
import { declarationOfKey, displayName, isOfLayout } from "../../reconcile/run/claims";
import { isUnchanged } from "../managed-file/state";
import { identityOf, newLife, reachedIn } from "../../reconcile/life";
import { removeWith } from "../../reconcile/writes/removal";
import type { Session } from "../../reconcile/run/session";
import type { Effects } from "../../reconcile/run/effects";
import { lostFile } from "../../reconcile/lost-file";
import { tellEnd } from "./effects";
import { sortOut } from "./intent";
import { each } from "./make-all";
import { directoriesOf } from "./prospect";
import { reach } from "./reach";
import { fileState, fullReport } from "./state";
import { ListedView } from "../../reconcile/listed-view";

/** Up to how many files are read one by one, and not from a listing. */
const FEW = 3;

/** Brings a new layout about. Files that are where they are declared already cost pages of listing, and no write. */
export async function createFileLayout(
  session: Session,
  inputs: FileLayoutInputs,
): Promise<{ id: string; state: FileLayoutState }> {
  const id = `${inputs.bucket}:${displayName(inputs.__declaration ?? "")}`;
  const { __declaration = "" } = inputs;
  const life = newLife();
  const state = await reachedIn(life, reach(session, id, inputs, undefined));
  session.claims.isDone(__declaration);
  for (const [key, file] of Object.entries(state.files)) {
    session.claims.claimFile(file.id, declarationOfKey(__declaration, key), life);
  }
  return { id, state };
}

/** Brings the layout about as the program has it by now, from where the files are, whatever state says. */
export async function updateFileLayout(
  session: Session,
  id: string,
  state: FileLayoutState,
  inputs: FileLayoutInputs,
): Promise<FileLayoutState> {
  const reached = await reachedIn(state.__life ?? newLife(), reach(session, id, inputs, state));
  session.claims.isDone(inputs.__declaration ?? "");
  return reached;
}

/** Reads the files of a layout as they are, for refresh: one listing. The key of one that is gone goes with it. */
export async function readFileLayout(
  session: Session,
  state: FileLayoutState,
): Promise<{ state: FileLayoutState; inputs: FileLayoutInputs }> {
  const before = inputsFound(state);
  const held = Object.entries(state.files);
  const isAll = held.length > FEW || state.unmanagedFiles !== undefined;
  const view = isAll ? await ListedView.take(session, state.bucket, directoriesOf(before, state)) : undefined;
  const ids = new Set(held.map(([, { id }]) => id));
  const found = await Promise.all(
    held.map(async ([key, file]): Promise<[string, LayoutFileState] | undefined> => {
      const seen = await read(session, view, state, key, file, ids);
      return seen === undefined ? undefined : [key, fileState(seen, file.origin)];
    }),
  );
  const files = Object.fromEntries(found.filter((entry) => entry !== undefined));
  const records = Object.fromEntries(Object.entries(state.__declared).filter(([key]) => Object.hasOwn(files, key)));
  const reread = { ...state, files, __declared: records };
  const inputs = inputsFound(reread);
  if (view === undefined || state.unmanagedFiles === undefined) {
    return { state: { ...reread, summary: summaryOf(Object.values(files), undefined, state.prefix) }, inputs };
  }
  const { undeclared } = sortOut(session, view, inputs, state, (id) => ids.has(id));
  const { report, summary } = await fullReport(view, inputs, Object.values(files), undeclared);
  return { state: { ...reread, ...(report === undefined ? {} : { unmanagedFiles: report }), summary }, inputs };
}

async function read(
  session: Session,
  view: ListedView | undefined,
  state: FileLayoutState,
  key: string,
  held: LayoutFileState,
  ids: ReadonlySet<string>,
): Promise<FileInfo | undefined> {
  const unchanged = (row: FileInfo): boolean => isUnchanged(row, held);
  if (view === undefined) return session.index(state.bucket).byId(held.id, unchanged);
  const row = view.known(held.id);
  // A listing may be behind, so that a row which tells of a change is not believed before the file itself is asked.
  const file = row !== undefined && unchanged(row) ? row : await view.own(held.id);
  if (file !== undefined) return file;
  const { __declaration = "" } = state;
  const lost = await lostFile(view, held, held.path, ({ id }) => {
    const owner = session.claims.ownerOfFile(id);
    return !ids.has(id) && (owner === undefined || owner === declarationOfKey(__declaration, key));
  });
  return lost?.file;
}

/**
 * Deletes the files of a layout that its deletion policy does not leave, save those that another declaration of this run holds by
 * now. Files that stay need no service, and so not even a key.
 */
export async function deleteFileLayout(
  openSession: () => Session,
  state: FileLayoutState,
  effects?: Effects,
): Promise<void> {
  const { bucket, __declaration = "", __leaving = [] } = state;
  const doomed = new Map<string, string | undefined>(__leaving.map((id) => [id, undefined]));
  for (const { id, path, origin } of Object.values(state.files))
    if (isDeletedWith(state, { origin })) doomed.set(id, path);
  if (doomed.size === 0) {
    if (effects !== undefined) await tellEnd(effects, state, () => false);
    return;
  }
  const session = openSession();
  const isOwn = (owner: string): boolean => isOfLayout(owner, __declaration);
  const gone = new Set<string>();
  try {
    await each([...doomed], async ([id, path]) => {
      const file = { bucket, id, path };
      if (await removeWith(session, file, layoutIdentity(state), state.__life, isOwn)) gone.add(id);
    });
  } finally {
    await tellEnd(session.effects, state, (id) => gone.has(id));
  }
}

/** By what a layout of state is known in a run. */
export function layoutIdentity({ bucket, __declaration = "", __life }: FileLayoutState): string {
  return identityOf({ ...(__life === undefined ? {} : { __life }) }, `${bucket}\0${__declaration}`);
}
