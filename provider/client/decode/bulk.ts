import { ALIASES, fold, foldedKeys, pick } from "./aliases";
import { isObject, type Body, type JsonObject } from "./body";
import { isEntity, unwrap, wrappedIn } from "./envelope";
import { countOf, textOf } from "./values";

/** What the answer to a bulk request hinted at. */
export interface BulkAnswer {
  /** Rows that are objects and no failures. */
  rows: unknown[];
  /** Every id named, of rows that are no failures. */
  ids: string[];
  /** What did not work. */
  failures: { id?: string; text: string }[];
}

const SUCCEEDED = [
  "files",
  "copied",
  "moved",
  "results",
  "successful",
  "succeeded",
  "data",
  "items",
  "file_ids",
  "ids",
];
const FAILED = ["failed", "errors", "problems", "skipped", "failures"];
const ITEM_ID = [...ALIASES.id, "file", "item"];

/** Reads objects, ids, counts or nothing; failures wherever they are listed. */
export function readBulk(body: Body): BulkAnswer {
  const answer: BulkAnswer = { rows: [], ids: [], failures: [] };
  if (body.kind !== "json") return answer;
  const value = body.value;
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) take(item, answer);
    return answer;
  }
  if (!isObject(value)) return answer;
  for (const object of withInner(value, 2)) collect(object, answer);
  if (answer.rows.length === 0 && answer.ids.length === 0) {
    const single = unwrap(value);
    if (isObject(single) && pick(single, ALIASES.id) !== undefined) take(single, answer);
  }
  return answer;
}

function withInner(object: JsonObject, depth: number): JsonObject[] {
  if (depth === 0 || isEntity(object)) return [object];
  return [object, ...wrappedIn(object, ["payload"]).flatMap((inner) => withInner(inner, depth - 1))];
}

function collect(object: JsonObject, answer: BulkAnswer): void {
  const folded = foldedKeys(object);
  for (const key of SUCCEEDED) {
    const list = folded.get(fold(key));
    if (Array.isArray(list)) for (const item of list as unknown[]) take(item, answer);
  }
  for (const key of FAILED) {
    const list = folded.get(key);
    if (Array.isArray(list)) for (const item of list as unknown[]) answer.failures.push(failureOf(item, key));
    else if (isObject(list))
      for (const [id, problem] of Object.entries(list)) answer.failures.push({ id, text: textIn(problem) ?? key });
    else if ((countOf(list) ?? 0) > 0) answer.failures.push({ text: `${String(list)} ${key}` });
  }
}

function take(item: unknown, answer: BulkAnswer): void {
  const id = idOf(item);
  if (isObject(item) && failed(item)) {
    answer.failures.push(failureOf(item, "failed"));
    return;
  }
  if (id !== undefined && !answer.ids.includes(id)) answer.ids.push(id);
  if (isObject(item)) answer.rows.push(item);
}

function failed(item: JsonObject): boolean {
  if (pick(item, ["success"]) === false || pick(item, ["ok"]) === false) return true;
  const error = pick(item, ["error"]);
  if (error !== undefined && error !== false && error !== "") return true;
  const status = pick(item, ["status", "status_code"]);
  const code = countOf(status);
  if (code !== undefined && code >= 400) return true;
  return (
    typeof status === "string" && ["error", "failed", "failure", "skipped", "conflict"].includes(status.toLowerCase())
  );
}

function failureOf(item: unknown, fallback: string): { id?: string; text: string } {
  const id = idOf(item);
  const text = (isObject(item) ? textIn(item) : id === undefined ? textOf(item) : undefined) ?? fallback;
  return id === undefined ? { text } : { id, text };
}

function textIn(value: unknown): string | undefined {
  if (!isObject(value)) return textOf(value);
  const said = pick(value, ["error", "message", "reason", "detail", "msg", "code"]);
  return isObject(said) ? textOf(pick(said, ["message", "detail", "code"])) : textOf(said);
}

function idOf(item: unknown): string | undefined {
  if (!isObject(item)) return textOf(item);
  const direct = textOf(pick(item, ITEM_ID));
  if (direct !== undefined) return direct;
  const inner = unwrap(item);
  return isObject(inner) ? textOf(pick(inner, ALIASES.id)) : undefined;
}
