import type { Answer as Received } from "../../../../provider/client/http/transport";
import { isObject } from "../../../../provider/client/decode/body";
import { unwrap } from "../../../../provider/client/decode/envelope";
import { readList } from "../../../../provider/client/decode/list";
import { ALIASES, pick } from "../../../../provider/client/decode/aliases";
import type { Notebook } from "./notebook";
import type { Lab } from "./lab";
import { failureOf } from "./shapes";

/** Finds out what a listing filters by, and how long a page can be. */
export async function tryLists(lab: Lab, notebook: Notebook): Promise<void> {
  await notebook.attempt("filters of a listing", () => tryFilter(lab, notebook));
  await notebook.attempt("the length of a page", () => tryLimit(lab, notebook));
}

async function tryFilter(lab: Lab, notebook: Notebook): Promise<void> {
  const above = await lab.make("list/above.txt");
  const below = await lab.make("list/deeper/below.txt");
  const folder = lab.path("list");
  const finds = async (filter: string): Promise<string> => {
    const ids = rowIds(await ask(lab, { path: filter }));
    if (ids === undefined) return "refused";
    return `${ids.has(above.id) ? "above" : ""}${ids.has(below.id) ? "below" : ""}`;
  };
  const bare = await finds(folder);
  const slash = await finds(`${folder}/`);
  const part = await finds(folder.slice(0, -2));
  const wild = await finds(lab.path("_is_/"));
  const seen = `"a": ${bare || "nothing"}, "a/": ${slash || "nothing"}, a part of "a": ${part || "nothing"}`;
  notebook.tell("list.filter", filterOf(bare, slash, part, wild), seen);
}

function filterOf(bare: string, slash: string, part: string, wild: string): string | undefined {
  const both = "abovebelow";
  if (part === both) return wild === both ? "ilike" : "string_prefix";
  if (slash === "refused") return bare === both ? "rejects_trailing_slash" : undefined;
  if (bare === "above") return "dir_one_level";
  if (bare === both) return "dir_recursive";
  return bare === "" && slash === both ? "needs_trailing_slash" : undefined;
}

async function tryLimit(lab: Lab, notebook: Notebook): Promise<void> {
  const answer = await ask(lab, { limit: "1000" });
  if (failureOf(answer) === "invalid_request") {
    notebook.tell("list.max_limit", "reject_over", "limit=1000 is refused");
    return;
  }
  const ids = rowIds(answer);
  if (ids === undefined) {
    notebook.tell("list.max_limit", undefined, `limit=1000 fails: HTTP ${answer.status}`);
    return;
  }
  const next = rowIds(await ask(lab, { limit: "1000", offset: String(ids.size) }));
  const isAll = next === undefined || next.size === 0;
  const clamps = ["10", "50", "100"].find((size) => Number(size) === ids.size);
  if (!isAll) notebook.tell("list.max_limit", clamps, `limit=1000 gives ${ids.size} rows of more`);
  else
    notebook.tell(
      "list.max_limit",
      ids.size > 100 ? "none" : undefined,
      `at least ${ids.size}: the bucket has no more files`,
    );
}

function ask(lab: Lab, query: Record<string, string>): Promise<Received> {
  const parameters = new URLSearchParams({ bucket: lab.bucket, ...query });
  return lab.ask("GET", `/files?${parameters.toString()}`);
}

/** The ids of the rows; `undefined` where no listing came. */
function rowIds(answer: Received): Set<string> | undefined {
  if (failureOf(answer) !== undefined) return undefined;
  const { rows } = readList(answer.body, { operation: "GET /files", status: answer.status }, answer.headers);
  const ids = rows.map((row) => {
    const object = unwrap(row);
    return isObject(object) ? pick(object, ALIASES.id) : undefined;
  });
  return new Set(ids.filter((id) => id !== undefined && id !== null).map(String));
}
