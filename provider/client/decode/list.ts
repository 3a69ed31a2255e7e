import { ALIASES, foldedKeys, pick, pickWhere } from "./aliases";
import { isObject, type Body, type JsonObject } from "./body";
import { wrappedIn } from "./envelope";
import { badAnswer, lacks, type At } from "./problem";
import { countOf } from "./values";

/** The rows of a listing, and what it says about what follows. */
export interface RawList {
  /** As they came. */
  rows: unknown[];
  /** Rows that match in all. */
  total?: number;
  /** Whether more follow, where it says so. */
  more?: boolean;
}

/** Finds the rows. Anything without an array of rows is an error, never an empty list. */
export function readList(body: Body, at: At, headers: Readonly<Record<string, string>> = {}): RawList {
  if (body.kind !== "json") throw badAnswer(at, `the answer to a listing is ${describe(body)}, not a list.`);
  const found = rowsOf(body.value);
  if (!found) throw lacks(at, "list", body.value, ALIASES.rows);
  const list: RawList = { rows: found.rows };
  const total = found.around.map((object) => countOf(pick(object, ALIASES.total))).find((count) => count !== undefined);
  const counted = total ?? countOf(headers["x-total-count"]);
  if (counted !== undefined) list.total = counted;
  const more = found.around.map(moreOf).find((word) => word !== undefined);
  if (more !== undefined) list.more = more;
  return list;
}

/** What a body is, in words, without any of it. */
function describe(body: Body): string {
  if (body.kind === "html") return "an HTML page";
  if (body.kind === "empty") return "empty";
  if (body.kind === "unreadable") return `unreadable (${body.reason})`;
  return body.kind === "text" ? "text that is not JSON" : "JSON";
}

function rowsOf(value: unknown, depth = 2): { rows: unknown[]; around: JsonObject[] } | undefined {
  if (Array.isArray(value)) return { rows: value as unknown[], around: [] };
  if (!isObject(value)) return undefined;
  const direct = pickWhere(value, ALIASES.rows, Array.isArray);
  if (Array.isArray(direct)) return { rows: direct as unknown[], around: [value] };
  if (depth === 0) return undefined;
  for (const inner of wrappedIn(value, ["payload"])) {
    const found = rowsOf(inner, depth - 1);
    if (found !== undefined) return { rows: found.rows, around: [...found.around, value] };
  }
  return undefined;
}

function moreOf(object: JsonObject): boolean | undefined {
  const said = pick(object, ALIASES.more);
  if (typeof said === "boolean") return said;
  const around = [
    object,
    ...["pagination", "meta", "links"].map((key) => foldedKeys(object).get(key)).filter(isObject),
  ];
  for (const each of around) {
    for (const [key, value] of foldedKeys(each)) {
      if (key.startsWith("next")) return !(value === null || value === false || value === "");
    }
  }
  return undefined;
}
