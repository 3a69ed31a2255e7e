import type { FileInfo } from "../../client";
import {
  propertyOf,
  readRecord,
  stateKeys,
  wantedVisibility,
  type FileDeclaration,
  type FileLayoutInputs,
  type FileLayoutState,
  type LayoutFileState,
} from "../../model/file-layout";
import { sameSource } from "../../model/diff";
import type { LayoutGoal } from "../../planner";
import type { ManagedFileInputs, Origin, Problem, Source } from "../../model/managed-file";
import { declarationOfKey, declaredTwice, isOfLayout } from "../../reconcile/run/claims";
import { makingSource, type MakingSource } from "../managed-file/make";
import { adoptedFile, adoptionProblem } from "../../reconcile/references";
import type { Session } from "../../reconcile/run/session";
import { FindAdopted } from "../../reconcile/find-adopted";
import { lostFile } from "../../reconcile/lost-file";
import type { Passage } from "../../reconcile/stages";
import { Leavers, type Leaver } from "./leavers";
import type { ListedView } from "../../reconcile/listed-view";
import { ownEntry } from "../../model/own-entry";

/** One file of a layout: what is declared of it, and the file that it is by now. */
export interface Entry {
  readonly key: string;
  readonly declaration: FileDeclaration;
  readonly goal: LayoutGoal;
  /** The file; `undefined` while it is still to be made. */
  file: FileInfo | undefined;
  origin: Origin;
  /** What is to be made, if anything is. */
  readonly making?: MakingSource;
  /** What state has of the file that the one to be made replaces. */
  readonly replaces?: LayoutFileState;
  /** The folder in which something is left of an attempt to make the file. */
  leftover?: string | undefined;
  /** Where the file passes through while state does not have its id. */
  readonly passage?: Passage;
  /** That the file was taken for the one that is declared although it is not where it was to come from. */
  readonly arrived?: boolean;
}

/** Why a key has no file; `pending` where another declaration is to bring it. */
type Refusal = { readonly problem: string; readonly code?: Problem["code"] } | { readonly pending: string };

/** Which file each key of a layout means, which ones leave, and what stands against it. */
export interface Roster {
  readonly entries: readonly Entry[];
  readonly leavers: readonly Leaver[];
  readonly problems: readonly Problem[];
  /** Files that are not there yet, and that other declarations of the program are to make. */
  readonly pending: readonly Problem[];
}

/** What a file of a layout would say as a ManagedFile. */
export function asManagedFile(layout: FileLayoutInputs, key: string, file: FileDeclaration): ManagedFileInputs {
  const { bucket, deletionPolicy, __declaration = "" } = layout;
  return {
    ...file,
    bucket,
    ...(deletionPolicy === undefined ? {} : { deletionPolicy }),
    __declaration: declarationOfKey(__declaration, key),
  };
}

/**
 * Finds the file of each key: by the id that state has, by what its source names, or by what an interrupted run left. Only
 * reads. Never guesses between two.
 *
 * @param declaredKeys - every key of the program, those included of which too little is known yet
 */
export async function callRoll(
  session: Session,
  view: ListedView,
  inputs: FileLayoutInputs,
  state: FileLayoutState | undefined,
  declaredKeys: ReadonlySet<string> = new Set(Object.keys(inputs.declared)),
): Promise<Roster> {
  const keys = stateKeys(state, inputs);
  const visibilityOf = wantedVisibility(inputs);
  const problems: Problem[] = [];
  const leavers = new Leavers(inputs);
  const entries: Entry[] = [];
  const pending: Problem[] = [];
  const taken = new Map<string, string>();
  const inState = new Set(Object.values(state?.files ?? {}).map(({ id }) => id));

  const recordedOf = (key: string): Source | undefined =>
    readRecord(ownEntry(state?.__declared, keys.get(key) ?? "")).source;
  await lookUp(view, inputs, inState, recordedOf);
  const { bucket, declared, __declaration: layout = "" } = inputs;
  const adoptions = new FindAdopted(session, view, {
    bucket,
    declared,
    declarationOf: (key) => declarationOfKey(layout, key),
    isOwn: (declaration) => isOfLayout(declaration, layout),
    isNew: (key) => !keys.has(key),
    inState,
  });
  const isFree = ({ id }: FileInfo): boolean => {
    const owner = session.claims.ownerOfFile(id);
    // A preview of this run may have found it already.
    const isOwn = owner === undefined || isOfLayout(owner, inputs.__declaration ?? "");
    return isOwn && !inState.has(id) && !taken.has(id);
  };

  const enter = async (key: string, declaration: FileDeclaration): Promise<Entry | Refusal> => {
    const visibility = visibilityOf(declaration);
    const goal = { path: declaration.path, ...(visibility === undefined ? {} : { visibility }) };
    const file = asManagedFile(inputs, key, declaration);
    const base = { key, declaration, goal };
    const before = keys.get(key);
    const held = before === undefined ? undefined : ownEntry(state?.files, before);
    const recorded = recordedOf(key);
    const making = makingSource(file);
    if (held !== undefined && making !== undefined && !sameSource(recorded, making, inputs.bucket)) {
      await view.byId(held.id);
      return { ...base, file: undefined, origin: held.origin, making, replaces: held };
    }
    if (held !== undefined) {
      const believable = await believed(view, held);
      // What is at the place of a copy or an upload is told by its content: see `recogniseMade`.
      const goalOfLost = making === undefined ? goal.path : held.path;
      const lost = believable === undefined ? await lostFile(view, held, goalOfLost, isFree) : undefined;
      const own = believable ?? lost?.file;
      const arrived = lost?.certain === false;
      const other = making === undefined && own !== undefined ? await another(view, file, recorded, own) : undefined;
      if (own !== undefined && other === undefined) {
        // What is taken for the file by its size and type alone is not to go with its key.
        return { ...base, file: own, ...(arrived ? { origin: "adopted", arrived } : { origin: held.origin }) };
      }
      if (own !== undefined && other !== undefined) {
        if ("problem" in other) return { problem: other.problem };
        if (own.path === goal.path) {
          const reason =
            `adopts file ${other.id} ("${other.path}") in place of file ${own.id}, which still holds "${own.path}". ` +
            `Give the new file another path, or move the old one away first`;
          return { problem: reason, code: "invalid_declaration" };
        }
        leavers.add(own, held);
        return { ...base, file: other, origin: "adopted" };
      }
    }
    if (making !== undefined) return { ...base, file: undefined, origin: "adopted", making };
    const found = await adoptions.find(key, file);
    return "file" in found ? { ...base, origin: "adopted", ...found } : found;
  };
  const refuse = (key: string, reason: string, code?: Problem["code"], list = problems): void => {
    const field = ownEntry(inputs.declared, key)?.source === undefined ? "path" : "source";
    list.push({ property: propertyOf(key, field), reason, ...(code === undefined ? {} : { code }) });
  };

  for (const [key, declaration] of Object.entries(inputs.declared)) {
    const entry = await enter(key, declaration);
    if ("problem" in entry) refuse(key, entry.problem, entry.code);
    else if ("pending" in entry) refuse(key, entry.pending, undefined, pending);
    if (!("key" in entry)) continue;
    const id = entry.file?.id;
    const owner = id === undefined ? undefined : (ownerElsewhere(session, id, inputs, key) ?? taken.get(id));
    if (id !== undefined && owner !== undefined) {
      refuse(key, declaredTwice(`file ${id} ("${entry.file?.path ?? ""}")`, owner), "declared_twice");
      continue;
    }
    if (id !== undefined) taken.set(id, declarationOfKey(inputs.__declaration ?? "", key));
    entries.push(entry);
  }

  const used = new Set(keys.values());
  for (const [key, held] of Object.entries(state?.files ?? {})) {
    if (!used.has(key) && !declaredKeys.has(key)) leavers.add(held, held);
  }
  for (const id of state?.__leaving ?? []) leavers.addOverdue(id);
  for (const { file } of entries) if (file !== undefined) leavers.drop(file.id);
  return { entries, leavers: await leavers.stillThere(view), problems, pending };
}

/** A file of state as it is. A listing may be behind: where it tells otherwise than state, the file itself is asked. */
async function believed(view: ListedView, held: LayoutFileState): Promise<FileInfo | undefined> {
  const row = view.known(held.id);
  const same = row?.path === held.path && (row.visibility ?? held.visibility) === held.visibility;
  return same ? row : view.own(held.id);
}

/** Asks for the files that are known by their ids and were not listed, all at the same time. */
async function lookUp(
  view: ListedView,
  inputs: FileLayoutInputs,
  inState: Iterable<string>,
  recordedOf: (key: string) => Source | undefined,
): Promise<void> {
  const ids = new Set(inState);
  for (const [key, { source }] of Object.entries(inputs.declared)) {
    // What has been adopted may have another id by now, which is the one in state.
    if (source === undefined || !("adopt" in source) || sameSource(source, recordedOf(key), inputs.bucket)) continue;
    if ("id" in source.adopt) ids.add(source.adopt.id);
  }
  await Promise.all([...ids].map((id) => view.byId(id)));
}

/** The other declaration of this run that holds a file. */
function ownerElsewhere(session: Session, id: string, inputs: FileLayoutInputs, key: string): string | undefined {
  const owner = session.claims.ownerOfFile(id);
  const { __declaration = "" } = inputs;
  return owner === undefined || owner === declarationOfKey(__declaration, key) ? undefined : owner;
}

/** The file that a changed source names, where it is another one than the key has. */
async function another(
  view: ListedView,
  inputs: ManagedFileInputs,
  recorded: ManagedFileInputs["source"],
  own: FileInfo,
): Promise<FileInfo | { problem: string } | undefined> {
  const { source } = inputs;
  if (source === undefined || !("adopt" in source) || sameSource(source, recorded, inputs.bucket)) return undefined;
  const reference = adoptedFile(inputs);
  if ("id" in reference ? reference.id === own.id : reference.path === own.path) return undefined;
  const file = "id" in reference ? await view.byId(reference.id) : await view.at(reference.path);
  if (file?.id === own.id) return undefined;
  const problem = adoptionProblem(inputs.bucket, reference, file);
  return problem === undefined ? file : { problem };
}
