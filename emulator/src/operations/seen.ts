import { lagOf, valueOf } from "../dialect/arguments";
import type { Dialect } from "../dialect/dialects";
import { missing } from "../failure";
import { viewBefore } from "../history";
import { renderTime } from "../render/file";
import type { FileRow } from "../store/rows";
import type { StaleView } from "../store/view";
import type { Call, Surroundings } from "./call";
import { findFile, findTombstone, isMeantBy, requireFile } from "./lookup";
import { isInScope, outOfScope } from "./scope";

/** A file as a read of it sees it, which may be as it was, and what there is to say of it beyond its row. */
export function seenFile(
  { store, history }: Surroundings,
  { dialect, view: asked }: Call,
  id: string,
): { readonly file: FileRow; readonly more: Readonly<Record<string, unknown>> } {
  const isMeant = isMeantBy(id, dialect);
  const lag = lagOf(dialect, "consistency", "detail_lag");
  const view = asked ?? (lag && viewBefore(history.undetailed(lag, isMeant)));
  history.countDetail(isMeant);
  const earlier = view && [...view.files.values()].find((file) => file !== undefined && isMeant(file));
  if (earlier !== undefined) {
    if (!isInScope(store, earlier.bucket, dialect)) throw outOfScope(`File "${id}"`, dialect);
    return { file: earlier, more: {} };
  }
  const now = findFile(store, id, dialect);
  if (now !== undefined && view?.files.has(now.seq) === true) throw missing(`File "${id}"`);
  const buried = now === undefined ? findTombstone(store, id, dialect) : undefined;
  if (buried !== undefined) return { file: buried.file, more: { deleted_at: renderTime(buried.at, dialect) } };
  return { file: requireFile(store, id, dialect), more: {} };
}

/** The files as a list sees them; undefined for as they are. */
export function seenFiles({ history }: Surroundings, { dialect, view }: Call): StaleView | undefined {
  const lag = lagOf(dialect, "consistency", "list_lag");
  const seen = view ?? (lag && viewBefore(history.unlisted(lag)));
  history.countList();
  return seen;
}

/** Whether a file is ready, where the dialect says so. */
export function statusOf({ later }: Surroundings, { seq }: FileRow, dialect: Dialect): Record<string, unknown> {
  const isProcessing = later.isProcessing(seq);
  if (!isProcessing && valueOf(dialect, "upload.answer") !== "202_processing") return {};
  return { status: isProcessing ? "processing" : "ready" };
}
