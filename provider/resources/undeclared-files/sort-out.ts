import type { FileInfo } from "../../client";
import { folderOf, readRules, type FileLayoutInputs, type UnmanagedFile } from "../../model/file-layout";
import { layoutsOfRun, type LayoutOfRun } from "../file-layout/layouts-of-run";
import { ListedView } from "../../reconcile/listed-view";
import type { FilePlace } from "../../reconcile/run/ownership";
import type { Session } from "../../reconcile/run/session";
import type { HeldFile, RunNotes } from "./notes";

/** The undeclared files that a layout governs, and why they can't be told for sure, where that is so. */
export interface Undeclared {
  readonly inputs: FileLayoutInputs;
  readonly view: ListedView;
  readonly files: readonly FileInfo[];
  /** Why nothing undeclared may be touched in this run. */
  readonly gap: string | undefined;
}

/** Lists the undeclared files of a layout; `undefined` where the run leaves out the layout itself, or its bucket is not known yet. */
export async function sortOut(session: Session, layout: string, notes: RunNotes): Promise<Undeclared | undefined> {
  const ofRun = layoutsOfRun(session).get(layout);
  if (ofRun?.known === undefined) return undefined;
  const { inputs } = ofRun.known;
  const view = await listed(session, ofRun, inputs);
  return { inputs, view, files: undeclaredIn(session, view, inputs, notes.held ?? []), gap: gapOf(session, notes) };
}

/** Why it is not known which files are undeclared. */
export function gapOf(session: Session, { roster, incomplete }: RunNotes): string | undefined {
  if (incomplete !== undefined) return incomplete;
  if (roster === undefined) return "the program does not say what it declares";
  return session.ownership.gap(roster);
}

/** The files that were listed under a layout's prefix, and that neither a declaration of the run has nor state holds. */
export function undeclaredIn(
  session: Session,
  view: ListedView,
  inputs: FileLayoutInputs,
  held: readonly HeldFile[],
): FileInfo[] {
  const { prefix } = inputs;
  return view
    .under(prefix)
    .filter(isUndeclared(session, inputs, held))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Whether a file under a layout's prefix is nobody's, as far as the run knows, and the layout is the one to look after it. */
export function isUndeclared(
  session: Session,
  { bucket, __declaration: layout = "" }: FileLayoutInputs,
  held: readonly HeldFile[],
): (file: FilePlace) => boolean {
  const here = held.filter((file) => file.bucket === bucket);
  const ids = new Set(here.map(({ id }) => id));
  const paths = new Set(here.map(({ path }) => path));
  const { ownership } = session;
  return (file) =>
    !ids.has(file.id) &&
    !paths.has(file.path) &&
    !ownership.isSomeones(bucket, file) &&
    ownership.isGovernedBy(layout, bucket, file.path);
}

/** What lies under the prefix: as the layout listed it where nothing can have changed since. */
async function listed(session: Session, ofRun: LayoutOfRun, { bucket, prefix }: FileLayoutInputs): Promise<ListedView> {
  const { changes } = session.ownership;
  if (ofRun.listing?.changes === changes) return ofRun.listing.view;
  const view = await ListedView.take(session, bucket, [folderOf(prefix).replace(/\/$/, "")]);
  ofRun.listing = { view, changes };
  return view;
}

/** The files whose visibility the rules want to be another one, with that visibility. A file that does not tell is asked. */
export async function ruled(
  view: ListedView,
  { rules }: FileLayoutInputs,
  files: readonly FileInfo[],
): Promise<{ file: FileInfo; visibility: "PUBLIC" | "PRIVATE" }[]> {
  const ruleOf = readRules(rules);
  const found = await Promise.all(
    files.map(async (row) => {
      const visibility = ruleOf(row.path);
      if (visibility === undefined) return undefined;
      const file = row.visibility === undefined ? ((await view.again(row.id)) ?? row) : row;
      return file.visibility === visibility ? undefined : { file, visibility };
    }),
  );
  return found.filter((one) => one !== undefined);
}

/** The files as a report has them, each with its visibility also where listings don't tell it. */
export async function reported(view: ListedView, files: readonly FileInfo[]): Promise<UnmanagedFile[]> {
  return Promise.all(
    files.map(async (row): Promise<UnmanagedFile> => {
      const { id, path, visibility, size } = row.visibility === undefined ? ((await view.again(row.id)) ?? row) : row;
      return { id, path, ...(visibility === undefined ? {} : { visibility }), ...(size === undefined ? {} : { size }) };
    }),
  );
}

/** Where a layout's undeclared files are, in words. */
export function whereOf({ bucket, prefix }: FileLayoutInputs): string {
  const folder = folderOf(prefix);
  return folder === "" ? `in bucket "${bucket}"` : `under "${folder}" in bucket "${bucket}"`;
}
