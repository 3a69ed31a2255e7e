import { sizeText } from "../../../provider/model/effect-lines";
import { MARKS, marksOf, type Mark } from "../../../provider/model/effects";
import { PAGE_SCRIPT } from "./page-script";
import { PAGE_STYLE } from "./page-style";
import { becomingPublic, LABELS, requestsText, rowsIn, type Remark, type Report, type Row } from "./report";

/** What the page's script draws from: one entry a file. */
interface Drawn {
  readonly bucket: string;
  readonly name: string;
  /** Where it was, in this bucket. */
  readonly before?: string | undefined;
  /** Where it is to be. */
  readonly after?: string | undefined;
  readonly marks: readonly Mark[];
  /** Said beside its old and its new place. */
  readonly goes: string;
  readonly comes: string;
}

/** The report as a page of one file: it works without a network, asks for nothing, and runs no script but its own. */
export function pageText(report: Report): string {
  const rows = rowsIn(report);
  const counts = Object.fromEntries(
    MARKS.map((mark) => [mark, rows.filter((row) => marksOf(row).includes(mark)).length]),
  );
  const filters = MARKS.filter((mark) => (counts[mark] ?? 0) > 0).map(
    (mark) =>
      `<button type="button" aria-pressed="false" data-mark="${escaped(mark)}"><i class="m ${classOf(mark)}"></i>${escaped(capital(LABELS[mark]))} <b>${String(counts[mark])}</b></button>`,
  );
  const data = {
    files: rows.map(drawn),
    labels: LABELS,
    classes: Object.fromEntries(MARKS.map((mark) => [mark, classOf(mark)])),
  };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>Preview: ${escaped(headline(report))}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${escaped(headline(report))}</h1>
<p class="sub">${escaped(subline(report))}</p>
</header>
<main>
${publicSection(report)}
${remarkSection(report.remarks)}
<div class="bar" role="search">
<input type="search" id="search" aria-label="Search files and declarations" placeholder="Search files and declarations">
<div class="filters" role="group" aria-label="Show only">${filters.join("")}</div>
<p id="shown" role="status"></p>
</div>
<div id="trees"></div>
</main>
<script type="application/json" id="data">${JSON.stringify(data).replace(/[<\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function headline(report: Report): string {
  const { certain } = becomingPublic(report);
  const total = rowsIn(report).length;
  const files = total === 1 ? "1 file" : `${String(total)} files`;
  if (report.failed) return `The preview failed${total === 0 ? "" : `; ${files} so far`}`;
  if (total === 0) return "No file changes";
  if (certain.length === 0) return `${files}, and nothing becomes public`;
  return `${files}, ${certain.length === total ? "all" : String(certain.length)} ${certain.length === 1 ? "becomes" : "become"} public`;
}

function subline(report: Report): string {
  const buckets = report.buckets.map(({ name }) => name).join(", ");
  if (buckets === "") return "Nothing at the service is touched.";
  return `In ${report.buckets.length === 1 ? "bucket" : "buckets"} ${buckets}. An update sends ${requestsText(report)}.`;
}

function publicSection(report: Report): string {
  const { certain, open } = becomingPublic(report);
  const rows = rowsIn(report);
  const numbers = new Map(rows.map((row, number) => [key(row), number]));
  const item = (row: Row): string => {
    const { bucket, from, to = "", way, name } = row;
    const origin =
      way === "kept" && from !== undefined && from !== to ? ` <span class="d">from ${escaped(from)} · </span>` : "";
    return `<li data-file="${String(numbers.get(key(row)))}"><span class="p">${escaped(to)}</span>${origin} <span class="d">${escaped(bucket)} · ${escaped(name)}</span></li>`;
  };
  const list = (some: readonly Row[]): string => `<ul class="long">${some.map(item).join("\n")}</ul>`;
  const parts =
    certain.length === 0
      ? [`<h2>Nothing becomes public</h2>`]
      : [
          `<h2>Becomes public: ${certain.length === 1 ? "1 file" : `${String(certain.length)} files`}</h2>`,
          list(certain),
        ];
  if (open.length > 0) parts.push(`<h3>New, with no visibility declared, so as the service makes it</h3>`, list(open));
  return `<section class="card ${certain.length === 0 ? "calm" : "public"}">${parts.join("\n")}</section>`;
}

function key({ bucket, name, from = "", to = "" }: Row): string {
  return [bucket, name, from, to].join("\0");
}

function remarkSection(remarks: readonly Remark[]): string {
  const section = (kind: Remark["kind"], title: string): string => {
    const some = remarks.filter((remark) => remark.kind === kind);
    if (some.length === 0) return "";
    const items = some.map(
      ({ name, text }) => `<li>${name === undefined ? "" : `<b>${escaped(name)}</b>: `}${escaped(text)}</li>`,
    );
    return `<section class="card ${kind}"><h2>${title}</h2><ul>${items.join("\n")}</ul></section>`;
  };
  return section("refusal", "Refused") + section("warning", "Warnings") + section("note", "Notes");
}

function drawn(row: Row): Drawn {
  const { bucket, name, way, from, fromBucket, to, bytes, before, after, replaces } = row;
  const marks = marksOf(row);
  const size = bytes === undefined ? "" : `, ${sizeText(bytes)}`;
  const seen = after === undefined || after === before ? "" : `, ${after}`;
  const source = fromBucket === undefined ? from : `${fromBucket}: ${String(from)}`;
  const instead = replaces === true ? "; the file that it replaces is deleted" : "";
  const comes =
    way === "copied"
      ? `copied from ${String(source)} to ${String(to)}${seen}${instead}`
      : way === "uploaded"
        ? `uploaded to ${String(to)}${size}${seen}${instead}`
        : from === to
          ? `${String(to)}${seen}`
          : `from ${String(from)} to ${String(to)}${seen}`;
  const goes =
    way === "deleted"
      ? `${String(from)} is deleted`
      : replaces === true
        ? `${String(to)} is replaced`
        : way === "released"
          ? `${String(from)} stays, and is declared no more`
          : from === to
            ? `${String(from)}${before === undefined ? "" : `, ${before}`}`
            : `to ${String(to)}`;
  const isThere = way === "kept" || way === "deleted" || way === "released";
  const stays = way === "released" ? from : to;
  return {
    bucket,
    name,
    before: isThere ? from : replaces === true ? to : undefined,
    after: stays,
    marks,
    goes,
    comes: way === "released" ? goes : comes,
  };
}

/** A mark as a class of the style sheet. */
function classOf(mark: Mark): string {
  return mark.replace(" ", "-");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
