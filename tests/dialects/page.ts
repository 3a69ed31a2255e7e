import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../support/projects";

/** The kinds of resources that the page speaks of, in the order of its columns. */
export const SUBJECT_NAMES = ["ManagedFile", "FileLayout"] as const;

/** A kind of resource that the page speaks of. */
export type SubjectName = (typeof SUBJECT_NAMES)[number];

/** A row of docs/dialects.md: a cell, and what becomes of it. */
export interface Row {
  readonly name: string;
  /** `reached`, or `refused: code`. */
  readonly outcomes: Readonly<Record<SubjectName, string>>;
}

const OUTCOME = /^(reached|refused: [a-z_]+)/;

/** docs/dialects.md */
export function page(): string {
  return readFileSync(join(ROOT, "docs", "dialects.md"), "utf8");
}

/** The rows of the page's tables of outcomes: what the cell is called, then an outcome and its requests for each kind of resource. */
export function rows(): Row[] {
  return page()
    .split("\n")
    .flatMap((line) => {
      const cells = line.split("|").map((cell) => cell.trim().replaceAll("`", ""));
      const first = cells.findIndex((cell) => OUTCOME.test(cell));
      if (first < 2) return [];
      const [ManagedFile, FileLayout] = [outcomeIn(cells[first]), outcomeIn(cells[first + 2])];
      return [{ name: cells.slice(1, first).join("="), outcomes: { ManagedFile, FileLayout } }];
    });
}

/** What the page says of a cell; of combinations it lists those that are refused. */
export function documented(subject: SubjectName, name: string): string {
  const row = rows().find((each) => each.name === name);
  if (row === undefined && /^(pairwise|random) /.test(name)) return "reached";
  return row?.outcomes[subject] ?? "not in docs/dialects.md: run node tools/dialects.mjs";
}

function outcomeIn(text = ""): string {
  return OUTCOME.exec(text)?.[0] ?? "";
}

/** An error's words without what is another in each run: ids and addresses. */
export function toldAs(words: string): string {
  return words
    .replace(/ \(request id [^)]*\)/g, "")
    .replace(/\bf_[0-9a-f]{8,}\b/g, "f_…")
    .replace(/http:\/\/127\.0\.0\.1:\d+(\/run-\d+)?/g, "the base URL");
}
