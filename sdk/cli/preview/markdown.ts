import { countsOf, sizeText } from "../../../provider/model/effect-lines";
import { MARKS, marksOf } from "../../../provider/model/effects";
import { becomingPublic, LABELS, requestsText, rowsIn, type Remark, type Report, type Row } from "./report";

/** By this line a comment is found again, so that it is updated. */
export const MARKER = "<!-- pulumi-mediasaur preview -->";

/** A comment of GitHub has at most 65,536 characters: from here on only what becomes public is still named. */
const MOST_CHARACTERS = 60_000;

/** The report for the comment of a pull request. */
export function markdownText(report: Report): string {
  const first = [MARKER, ...publicSection(report), ...remarkSection(report.remarks)];
  let room = MOST_CHARACTERS - first.join("\n").length;
  const lines: string[] = [];
  for (const { name, rows } of report.buckets) {
    const head = [
      "",
      `## Bucket ${code(name)}: ${countsOf(rows).join(", ")}`,
      "",
      "| file | what happens | declaration |",
      "| --- | --- | --- |",
    ];
    lines.push(...head);
    room -= head.join("\n").length;
    const ordered = [...rows].sort((a, b) => rank(a) - rank(b));
    let shown = 0;
    for (const row of ordered) {
      const line = `| ${placeOf(row)} | ${detailOf(row)} | ${cell(row.name)} |`;
      room -= line.length + 1;
      if (room < 0) break;
      lines.push(line);
      shown += 1;
    }
    if (shown < rows.length) lines.push("", `... and ${String(rows.length - shown)} more files of this bucket.`);
  }
  const end = rowsIn(report).length === 0 ? ["", "No file changes."] : ["", `An update sends ${requestsText(report)}.`];
  return `${[...first, ...lines, ...end].join("\n")}\n`;
}

function publicSection(report: Report): string[] {
  const { certain, open } = becomingPublic(report);
  const item = (row: Row): string => {
    const { bucket, from, to = "", way, name } = row;
    const origin = way === "kept" && from !== undefined && from !== to ? `, from ${code(from)}` : "";
    return `- ${code(to)} in bucket ${code(bucket)} (${cell(name)})${origin}`;
  };
  const lines =
    certain.length === 0
      ? ["## Nothing becomes public"]
      : [
          `## Becomes public: ${certain.length === 1 ? "1 file" : `${String(certain.length)} files`}`,
          "",
          ...certain.map(item),
        ];
  if (open.length > 0) {
    lines.push("", "New, with no visibility declared, so as the service makes it:", "", ...open.map(item));
  }
  return lines;
}

function remarkSection(remarks: readonly Remark[]): string[] {
  const section = (kind: Remark["kind"], title: string): string[] => {
    const some = remarks.filter((remark) => remark.kind === kind);
    if (some.length === 0) return [];
    const items = some.map(({ name, text }) => `- ${name === undefined ? "" : `${code(name)}: `}${escaped(text)}`);
    return ["", `## ${title}`, "", ...items];
  };
  return [...section("refusal", "Refused"), ...section("warning", "Warnings"), ...section("note", "Notes")];
}

function rank(row: Row): number {
  return MARKS.indexOf(marksOf(row)[0] ?? "released");
}

function placeOf({ from, to, way, fromBucket }: Row): string {
  if (to === undefined) return code(from ?? "");
  if (from === undefined || from === to) return code(to);
  const source = fromBucket === undefined ? code(from) : `${code(from)} of ${code(fromBucket)}`;
  return way === "copied" ? `${code(to)} from ${source}` : `${source} → ${code(to)}`;
}

function detailOf(row: Row): string {
  const { bytes, after, before, replaces } = row;
  const words = marksOf(row).map((mark) => (mark === "published" ? "**published**" : LABELS[mark]));
  if (after !== undefined && after !== before && !words.includes("**published**") && !words.includes("hidden"))
    words.push(after);
  if (bytes !== undefined) words.push(sizeText(bytes));
  if (replaces === true) words.push("the file that it replaces is deleted");
  return words.join(", ");
}

/** A name as code, whatever is in it; a table's cell ends at no bar of it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 ? " " : "";
  return `${fence}${space}${text.replaceAll("|", "\\|")}${space}${fence}`;
}

function cell(text: string): string {
  return code(text);
}

/** A text in which nothing is markup, a mention or a reference. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&").replace(/@/g, "@\u200b");
}
