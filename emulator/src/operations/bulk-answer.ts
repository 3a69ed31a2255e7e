import type { Answer } from "../answer";
import { lagOf, valueOf } from "../dialect/arguments";
import type { Dialect } from "../dialect/dialects";
import { ApiFailure } from "../failure";
import { wrapRows } from "../render/envelope";
import { renderFile } from "../render/file";
import type { FileRow } from "../store/rows";
import type { Call, Surroundings } from "./call";

/** One item of a bulk operation: what it was asked for, and what has become of it (undefined: it failed). */
export interface BulkOutcome {
  readonly source: FileRow | { readonly id: string };
  readonly result: FileRow | undefined;
  readonly error?: string;
}

type AnswerSwitch = "copy.answer" | "move.answer";

const itemByItem: readonly string[] = ["207_items", "problems_map_200"];

/**
 * Runs the items of a bulk operation: all or none, or, where the dialect's answer tells of each, as many as can be; now, or
 * after a while.
 */
export function runBulk(
  around: Surroundings,
  call: Call,
  answer: AnswerSwitch,
  items: readonly { readonly id: string; readonly find: () => FileRow; readonly run: (source: FileRow) => FileRow }[],
): Answer {
  const { store, later, history } = around;
  const { dialect, partial } = call;
  const runAll = (): BulkOutcome[] =>
    store.transaction(() => {
      if (itemByItem.includes(dialect[answer]))
        return items.map((item, index) => runOne(item, partial?.index === index));
      // Every file is looked up before the first is touched, as any that is missing fails the whole.
      const sources = items.map(({ find, run }) => ({ source: find(), run }));
      return sources.map(({ source, run }, index) => ({
        source,
        result: partial?.index === index ? undefined : run(source),
      }));
    });
  const lag = lagOf(dialect, answer, "202_async");
  if (lag === undefined) return answerBulk(valueOf(dialect, answer), runAll(), around, call);
  for (const { find } of items) find();
  later.add(lag, () => {
    try {
      history.record(runAll);
    } catch (error) {
      // A job that fails is heard of no more.
      if (!(error instanceof ApiFailure)) throw error;
    }
  });
  return { status: 202, body: { status: "accepted", count: items.length } };
}

function runOne(
  { id, find, run }: { readonly id: string; readonly find: () => FileRow; readonly run: (source: FileRow) => FileRow },
  isToFail: boolean,
): BulkOutcome {
  let source: BulkOutcome["source"] = { id };
  try {
    const found = find();
    source = found;
    return { source, result: isToFail ? undefined : run(found) };
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return { source, result: undefined, error: error.message };
  }
}

function answerBulk(
  form: "objects" | "ids" | "count" | "empty_object" | "204" | "207_items" | "202_async" | "problems_map_200",
  outcomes: readonly BulkOutcome[],
  { urls }: Surroundings,
  { dialect, partial }: Call,
): Answer {
  const done = outcomes.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const failed = outcomes.filter(({ result }) => result === undefined);
  const rendered = (): unknown[] => done.map((file) => renderFile(file, dialect, urls));
  const idOf = (file: BulkOutcome["source"]): unknown => shownId(file, dialect);
  const items = (): unknown[] =>
    outcomes.map(({ source, result, error = "Internal error" }) =>
      result === undefined
        ? { id: idOf(source), status: 500, success: false, error }
        : { id: idOf(result), status: 200, success: true },
    );
  if (failed.length > 0 && partial?.form === "207") return { status: 207, body: { results: items() } };
  if (failed.length > 0 && partial?.form === "200_errors") {
    const errors = failed.map(({ source, error = "Internal error" }) => ({ id: idOf(source), error }));
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
    case "problems_map_200": {
      const told = partial?.form === "silent" ? failed.filter(({ error }) => error !== undefined) : failed;
      const problems = told.map(({ source, error = "Internal error" }) => [String(idOf(source)), error] as const);
      return { status: 200, body: { status: "ok", result: rendered(), problems: Object.fromEntries(problems) } };
    }
    case "empty_object":
    case "202_async":
      return { status: 200, body: {} };
  }
}

function shownId(file: BulkOutcome["source"], dialect: Dialect): unknown {
  return dialect["object.id"] === "numeric_id" && "seq" in file ? file.seq : file.id;
}
