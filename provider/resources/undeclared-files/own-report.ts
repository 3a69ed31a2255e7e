import type { MediasaurError } from "../../client";
import type { FileLayoutInputs, UnmanagedFile } from "../../model/file-layout";
import type { Session } from "../../reconcile/run/session";
import type { ListedView } from "../../reconcile/listed-view";
import { unmanagedError } from "./report";
import { reported, undeclaredIn } from "./sort-out";

/**
 * What a layout reports by itself, where nobody tells when the program has ended (the resource plugin): what no declaration has so far.
 * It is only told; nothing is done to these files.
 */
export async function ownReport(
  session: Session,
  view: ListedView,
  inputs: FileLayoutInputs,
): Promise<UnmanagedFile[] | undefined> {
  if (!session.layoutsReport || (inputs.unmanaged ?? "IGNORE") === "IGNORE") return undefined;
  return reported(view, undeclaredIn(session, view, inputs, []));
}

/** The error of such a layout where `unmanaged` is "FAIL", and there are undeclared files. */
export function ownRefusal(session: Session, view: ListedView, inputs: FileLayoutInputs): MediasaurError | undefined {
  if (!session.layoutsReport || inputs.unmanaged !== "FAIL") return undefined;
  return unmanagedError(inputs, undeclaredIn(session, view, inputs, []));
}
