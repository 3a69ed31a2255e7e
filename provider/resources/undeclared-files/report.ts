import { mediasaurError, type MediasaurError } from "../../client";
import { firstOf, type FileLayoutInputs, type UnmanagedFile } from "../../model/file-layout";
import { displayName } from "../../reconcile/run/claims";
import type { Session } from "../../reconcile/run/session";
import { warnOfGap } from "./gap-warning";
import { NOTES, readNotes } from "./notes";
import { reported, ruled, sortOut, whereOf } from "./sort-out";

type Raw = Record<string, unknown>;

/** What state holds of a report. */
export interface UndeclaredFilesReport {
  readonly layout: string;
  readonly bucket?: string;
  readonly prefix?: string;
  /** The undeclared files as they are when the run has ended; `undefined` where `unmanaged` is "IGNORE". */
  readonly unmanagedFiles?: readonly UnmanagedFile[];
}

/**
 * Lists the undeclared files of a layout, when the program has declared all that it declares. Reads only; it is asked in every preview and
 * up, also in those that leave out the layout's other parts, and so it is the one to say that undeclared files are left alone.
 *
 * @throws where `unmanaged` is "FAIL", and there are some
 */
export async function readUndeclaredFiles(session: Session, props: Raw): Promise<UndeclaredFilesReport> {
  const layout = String(props.layout);
  // A refresh does not run the program, and so can't know what is undeclared: it keeps what was found last.
  if (!(NOTES in props)) return props as unknown as UndeclaredFilesReport;
  const notes = readNotes(props[NOTES]);
  const undeclared = await sortOut(session, layout, notes);
  if (undeclared === undefined) return lastReport(layout, props);
  const { inputs } = undeclared;
  const { bucket, prefix, unmanaged = "IGNORE" } = inputs;
  const place = { layout, bucket, ...(prefix === undefined ? {} : { prefix }) };
  const changing = await ruled(undeclared.view, inputs, unmanaged === "DELETE" ? [] : undeclared.files);
  await warnOfGap(session, layout, undeclared);
  if (unmanaged === "IGNORE") return place;
  const failure =
    unmanaged === "FAIL" && undeclared.gap === undefined ? unmanagedError(inputs, undeclared.files) : undefined;
  if (failure !== undefined) throw failure;
  const rows = await reported(undeclared.view, undeclared.files);
  warnOf(session, layout, inputs.unmanaged, rows);
  return { ...place, unmanagedFiles: undeclared.gap === undefined ? asLeft(rows, inputs.unmanaged, changing) : rows };
}

/** What the sweep leaves of the files: it comes after the report. */
function asLeft(
  rows: readonly UnmanagedFile[],
  unmanaged: string | undefined,
  changing: Awaited<ReturnType<typeof ruled>>,
): UnmanagedFile[] {
  if (unmanaged === "DELETE") return [];
  const goals = new Map(changing.map(({ file, visibility }) => [file.id, visibility]));
  return rows.map((row) => {
    const visibility = goals.get(row.id);
    return visibility === undefined ? row : { ...row, visibility };
  });
}

function lastReport(layout: string, { __last: last }: Raw): UndeclaredFilesReport {
  const files = typeof last === "string" && last !== "" ? (JSON.parse(last) as UnmanagedFile[]) : undefined;
  return { layout, ...(files === undefined ? {} : { unmanagedFiles: files }) };
}

function warnOf(
  session: Session,
  layout: string,
  unmanaged: string | undefined,
  files: readonly UnmanagedFile[],
): void {
  if (unmanaged !== "REPORT" || files.length === 0) return;
  const line = `${displayName(layout)}: ${String(files.length)} undeclared: ${firstOf(files.map(({ path }) => path))}.`;
  session.warnings.later(`${layout} undeclared`, () => line, { resource: "FileLayout", declaration: layout });
}

/** The error of `unmanaged: "FAIL"`, where there are undeclared files. */
export function unmanagedError(
  inputs: FileLayoutInputs,
  files: readonly { readonly path: string }[],
): MediasaurError | undefined {
  if (files.length === 0) return undefined;
  const message =
    `${whereOf(inputs)} ${files.length === 1 ? "is a file" : `are ${String(files.length)} files`} that no declaration has: ` +
    `${firstOf(files.map(({ path }) => path))}. Declare or remove them, or set unmanaged of ${displayName(inputs.__declaration ?? "")} to REPORT.`;
  return mediasaurError({ code: "unmanaged_files", message });
}
