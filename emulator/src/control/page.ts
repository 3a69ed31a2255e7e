import { escapeHtml } from "../render/html";
import type { EmulatorState } from "../state";
import { describeState } from "./describe";

const SHOWN = 200;

/** A page that shows buckets, files, rules and the latest requests. It holds no script and no key, and loads nothing. */
export function renderPage(state: EmulatorState): string {
  const { buckets, files } = describeState(state, undefined);
  const requests = state.journal.since(0).slice(-SHOWN).reverse();
  const rules = state.faults.list();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Mediasaur emulator</title>
<style>
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem; }
table { border-collapse: collapse; }
th, td { border: 1px solid #ccc; padding: 0.2rem 0.6rem; text-align: left; }
</style>
</head>
<body>
<h1>Mediasaur emulator</h1>
<h2>Buckets</h2>
${table(
  ["name", "plan", "files", "bytes"],
  buckets.map(({ name, plan, file_count, storage_bytes }) => [name, plan, file_count, storage_bytes]),
)}
<h2>Files</h2>
${table(
  ["bucket", "path", "id", "size", "visibility", "updated"],
  files.slice(0, SHOWN).map((file) => [file.bucket, file.path, file.id, file.size, file.visibility, file.updated_at]),
)}
${files.length > SHOWN ? `<p>and ${String(files.length - SHOWN)} more</p>` : ""}
<h2>Faults</h2>
${table(
  ["op", "kind", "hits"],
  rules.map(({ op, kind, hits }) => [op, kind, hits]),
)}
<h2>Latest requests</h2>
${table(
  ["#", "method", "path", "operation", "status", "fault"],
  requests.map(({ seq, method, path, operation, status, fault }) => [seq, method, path, operation, status, fault]),
)}
</body>
</html>
`;
}

function table(heads: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  if (rows.length === 0) return "<p>none</p>";
  const line = (cells: readonly (string | number | null)[], tag: string): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(String(cell ?? ""))}</${tag}>`).join("")}</tr>`;
  return `<table>\n${line(heads, "th")}\n${rows.map((row) => line(row, "td")).join("\n")}\n</table>`;
}
