import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/projects";

/** A row of docs/dialects.md: a cell, and what becomes of it. */
export interface Row {
  readonly name: string;
  /** `reached`, or `refused: code`. */
  readonly outcome: string;
}

/** docs/dialects.md */
export function page(): string {
  return readFileSync(join(ROOT, "docs", "dialects.md"), "utf8");
}

/** The rows of the page's tables. */
export function rows(): Row[] {
  return page()
    .split("\n")
    .flatMap((line) => {
      const cells = line.split("|").map((cell) => cell.trim().replaceAll("`", ""));
      const [, first = "", second = "", third = ""] = cells;
      if (/^(reached|refused: [a-z_]+)/.test(third)) return [{ name: `${first}=${second}`, outcome: outcomeIn(third) }];
      if (/^(reached|refused: [a-z_]+)/.test(second)) return [{ name: first, outcome: outcomeIn(second) }];
      return [];
    });
}

/** What the page says of a cell; of combinations it lists those that are refused. */
export function documented(name: string): string {
  const row = rows().find((each) => each.name === name);
  if (row === undefined && /^(pairwise|random) /.test(name)) return "reached";
  return row?.outcome ?? "not in docs/dialects.md: run node tools/dialects.mjs";
}

function outcomeIn(text: string): string {
  return /^(reached|refused: [a-z_]+)/.exec(text)?.[0] ?? "";
}

/** An error's words without what is another in each run: ids and addresses. */
export function toldAs(words: string): string {
  return words
    .replace(/ \(request id [^)]*\)/g, "")
    .replace(/\bf_[0-9a-f]{8,}\b/g, "f_…")
    .replace(/http:\/\/127\.0\.0\.1:\d+(\/run-\d+)?/g, "the base URL");
}
