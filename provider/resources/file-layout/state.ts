import type { FileInfo } from "../../client";
import { safeUrl } from "../../client/redaction/safe-url";
import {
  defined,
  governs,
  recordAll,
  summaryOf,
  type FileLayoutInputs,
  type FileLayoutState,
  type LayoutFileState,
  type UnmanagedFile,
} from "../../model/file-layout";
import type { Origin } from "../../model/managed-file";
import { reportOf } from "./intent";
import type { Roster } from "./roster";
import type { ListedView } from "../../reconcile/listed-view";
import { ownEntry } from "../../model/own-entry";

/** What has to be known of a file to tell who may see it. */
type SeenFile = Pick<FileInfo, "id" | "visibility">;

/** What state keeps of a file: little, as there may be thousands. */
export function fileState(file: FileInfo, origin: Origin): LayoutFileState {
  const { id, path, visibility, url, size, contentType } = file;
  // State is kept in clear: a private file's URL is as good as a key to it, and any may be signed.
  return defined({
    id,
    path,
    visibility,
    url: visibility === "PUBLIC" ? safeUrl(url, file) : undefined,
    size,
    contentType,
    origin,
  }) as LayoutFileState;
}

/** The files that a layout has by now. */
export function filesOf({ entries }: Pick<Roster, "entries">): FileInfo[] {
  return entries.flatMap(({ file }) => (file === undefined ? [] : [file]));
}

/** The report of undeclared files and the summary, with the visibility of each also where listings don't tell it. */
export async function fullReport(
  view: ListedView,
  inputs: FileLayoutInputs,
  files: readonly SeenFile[],
  undeclared: readonly FileInfo[],
): Promise<{ report: UnmanagedFile[] | undefined; summary: string }> {
  const isReported = reportOf(inputs, undeclared) !== undefined;
  const report = isReported ? reportOf(inputs, await told(view, undeclared)) : undefined;
  return { report, summary: summaryOf(await told(view, files), report, inputs.prefix) };
}

/** The same files, each with its visibility. */
async function told<File extends SeenFile>(view: ListedView, files: readonly File[]): Promise<(File | FileInfo)[]> {
  return Promise.all(
    files.map(async (file) => {
      if (file.visibility !== undefined) return file;
      const seen = view.known(file.id);
      return seen?.visibility === undefined ? ((await view.again(file.id)) ?? file) : seen;
    }),
  );
}

/** The settings of a layout as state keeps them. */
function settingsOf(inputs: FileLayoutInputs): Omit<FileLayoutState, "files" | "summary" | "__declared"> {
  const { bucket, prefix, rules, unmanaged, maxDeletes, deletionPolicy, __declaration, __secret } = inputs;
  return defined({
    bucket,
    prefix,
    rules,
    unmanaged,
    maxDeletes,
    deletionPolicy,
    __declaration,
    __secret,
  }) as FileLayoutState;
}

/** State once everything has been reached. */
export async function reachedState(
  view: ListedView,
  inputs: FileLayoutInputs,
  roster: Pick<Roster, "entries">,
  undeclared: readonly FileInfo[],
  others: readonly FileInfo[],
): Promise<FileLayoutState> {
  const { report, summary } = await fullReport(view, inputs, filesOf(roster), undeclared);
  const files = roster.entries.flatMap(({ key, file, origin }) =>
    file === undefined ? [] : [[key, fileState(file, origin)] as const],
  );
  return defined({
    ...settingsOf(inputs),
    files: Object.fromEntries(files),
    __declared: recordAll(inputs),
    unmanagedFiles: report,
    summary,
    __others: governs(inputs) && others.length > 0 ? others.map(({ id }) => id) : undefined,
  }) as FileLayoutState;
}

/** State after a failure: where each file is, and what is still to be done besides. */
export function brokenState(
  view: ListedView,
  inputs: FileLayoutInputs,
  { entries, leavers }: Roster,
  before: FileLayoutState | undefined,
): FileLayoutState {
  const files: [string, LayoutFileState][] = [];
  const declared = recordAll(inputs);
  const records: [string, string | undefined][] = [];
  const leaving = new Set<string>();
  for (const { id, deleted } of leavers) if (deleted && !view.isGone(id)) leaving.add(id);
  for (const { key, file, goal, origin, replaces } of entries) {
    if (replaces !== undefined && file?.path !== goal.path) {
      // The old file counts until the new one is in its place: that is found again by where it was made.
      const old = view.known(replaces.id);
      files.push([key, old === undefined ? replaces : fileState(old, replaces.origin)]);
      records.push([key, ownEntry(before?.__declared, key)]);
      continue;
    }
    if (file === undefined) continue;
    files.push([key, fileState(file, origin)]);
    records.push([key, ownEntry(declared, key)]);
    if (replaces !== undefined && !view.isGone(replaces.id)) leaving.add(replaces.id);
  }
  return defined({
    ...settingsOf(inputs),
    files: Object.fromEntries(files),
    __declared: defined(Object.fromEntries(records)),
    unmanagedFiles: before?.unmanagedFiles,
    summary: summaryOf(
      files.map(([, file]) => file),
      undefined,
      inputs.prefix,
    ),
    __leaving: leaving.size === 0 ? undefined : [...leaving],
    __others: before?.__others,
  }) as FileLayoutState;
}
