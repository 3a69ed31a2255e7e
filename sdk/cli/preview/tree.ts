import { countsOf, sizeText } from "../../../provider/model/effect-lines";
import { marksOf } from "../../../provider/model/effects";
import type { painter } from "../terminal";
import { becomingPublic, LABELS, requestsText, rowsIn, type Remark, type Report, type Row } from "./report";

type Paint = ReturnType<typeof painter>;

/** More than a person reads on a terminal. */
const MOST_LINES = 300;

/** The report as a tree for a terminal. */
export function treeText(report: Report, paint: Paint): string {
  const lines = [...publicLines(report, paint), ...remarkLines(report.remarks, paint)];
  for (const { name, rows } of report.buckets) {
    lines.push("", paint("bold", `bucket ${name}: ${countsOf(rows).join(", ")}`), ...bucketLines(rows, paint));
  }
  if (rowsIn(report).length > 0) lines.push("", `${requestsText(report)}.`);
  return `${lines.join("\n")}\n`;
}

function publicLines(report: Report, paint: Paint): string[] {
  const { certain, open } = becomingPublic(report);
  const place = ({ bucket, to = "", name }: Row): string => `  ${bucket}: ${to} (${name})`;
  const lines =
    certain.length === 0
      ? ["", "Nothing becomes public."]
      : [
          "",
          paint("red", `Becomes public: ${certain.length === 1 ? "1 file" : `${String(certain.length)} files`}`),
          ...cut(certain.map(place)),
        ];
  if (open.length > 0) {
    lines.push(
      paint("yellow", "New, with no visibility declared, so as the service makes it:"),
      ...cut(open.map(place)),
    );
  }
  return lines;
}

function remarkLines(remarks: readonly Remark[], paint: Paint): string[] {
  const words = { refusal: ["red", "refused"], warning: ["yellow", "warning"], note: ["dim", "note"] } as const;
  return remarks.map(({ kind, name, text }) => {
    const [style, word] = words[kind];
    const about = name === undefined || text.startsWith(`${name}:`) ? "" : `${name}: `;
    return `${paint(style, word)}: ${about}${text}`;
  });
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly lines: { readonly name: string; readonly text: string }[];
}

const newFolder = (): Folder => ({ folders: new Map(), lines: [] });

/** Each file where it is to be, with where it comes from; and where it was, with where it goes. */
function bucketLines(rows: readonly Row[], paint: Paint): string[] {
  const root = newFolder();
  for (const row of rows) {
    const { way, from, to, name } = row;
    const about = paint("dim", `  ${name}`);
    const isMoved = way === "kept" && from !== to;
    if (to !== undefined)
      put(root, to, (file) => `${signOf(row, paint)} ${file}${paint("dim", detailOf(row))}${about}`);
    if (from !== undefined && (to === undefined || isMoved)) {
      const goes = to === undefined ? LABELS[marksOf(row)[0] ?? "released"] : `goes to ${to}`;
      const sign = way === "released" ? " " : paint("red", "-");
      put(root, from, (file) => `${sign} ${file}${paint("dim", `  ${goes}`)}${to === undefined ? about : ""}`);
    }
  }
  return cut(draw(root, ""));
}

function signOf({ way, from, to }: Row, paint: Paint): string {
  return way === "kept" && from === to ? paint("yellow", "~") : paint("green", "+");
}

function detailOf(row: Row): string {
  const { from, to, fromBucket, bytes, after, before } = row;
  const words = marksOf(row).map((mark) => LABELS[mark]);
  const origin =
    from === undefined || from === to ? "" : ` from ${fromBucket === undefined ? "" : `${fromBucket}: `}${from}`;
  const size = bytes === undefined ? "" : ` (${sizeText(bytes)})`;
  const seen = after !== undefined && after !== before ? `, ${after}` : "";
  return `  ${words.join(", ")}${size}${origin}${seen}`;
}

function put(root: Folder, path: string, line: (file: string) => string): void {
  const names = path.split("/");
  const file = names.pop() ?? "";
  let folder = root;
  for (const name of names) {
    let inner = folder.folders.get(name);
    if (inner === undefined) folder.folders.set(name, (inner = newFolder()));
    folder = inner;
  }
  folder.lines.push({ name: file, text: line(file) });
}

function draw({ folders, lines }: Folder, indent: string): string[] {
  const byName = (a: string, b: string): number => (a < b ? -1 : 1);
  return [
    ...[...folders]
      .sort(([a], [b]) => byName(a, b))
      .flatMap(([name, folder]) => [`${indent}  ${name}/`, ...draw(folder, `${indent}  `)]),
    ...[...lines].sort((a, b) => byName(a.name, b.name)).map(({ text }) => `${indent}  ${text}`),
  ];
}

function cut(lines: readonly string[]): string[] {
  if (lines.length <= MOST_LINES) return [...lines];
  return [
    ...lines.slice(0, MOST_LINES),
    `  ... and ${String(lines.length - MOST_LINES)} more lines: --html FILE shows all`,
  ];
}
