import type { Answer } from "../answer";
import type { Dialect } from "../dialects";
import { wrapRows } from "../render/envelope";
import { renderFile } from "../render/file";
import type { FileRow } from "../store/rows";
import type { Call, Surroundings } from "./call";

/** One item of a bulk operation: what it was, and what has become of it (undefined: it failed). */
export interface BulkOutcome {
  readonly source: FileRow;
  readonly result: FileRow | undefined;
}

/** The answer to a bulk operation. */
export function answerBulk(
  form: Dialect["copy.answer"],
  outcomes: readonly BulkOutcome[],
  { urls }: Surroundings,
  { dialect, partial }: Call,
): Answer {
  const done = outcomes.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const failed = outcomes.filter(({ result }) => result === undefined);
  const idOf = (file: FileRow): unknown => (dialect["object.id"] === "numeric_id" ? file.seq : file.id);
  const rendered = (): unknown[] => done.map((file) => renderFile(file, dialect, urls));
  const error = "Internal error";
  const items = (): unknown[] =>
    outcomes.map(({ source, result }) =>
      result === undefined
        ? { id: idOf(source), status: 500, success: false, error }
        : { id: idOf(result), status: 200, success: true },
    );
  if (failed.length > 0 && partial?.form === "207") return { status: 207, body: { results: items() } };
  if (failed.length > 0 && partial?.form === "200_errors") {
    const errors = failed.map(({ source }) => ({ id: idOf(source), error }));
    return { status: 200, body: { files: rendered(), errors } };
  }
  switch (form) {
    case "objects":
      return { status: 200, body: wrapRows(rendered(), dialect) };
    case "ids":
      return { status: 200, body: { ids: done.map(idOf) } };
    case "count":
      return { status: 200, body: { count: done.length } };
    case "204":
      return { status: 204 };
    case "207_items":
      return { status: 207, body: { results: items() } };
    case "empty_object":
    case "202_async":
    case "problems_map_200":
      return { status: 200, body: {} };
  }
}
