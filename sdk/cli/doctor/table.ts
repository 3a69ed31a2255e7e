import { painter, widthOf, type Style } from "../terminal";
import { wrap } from "../wrap";
import { ASSURANCE } from "./assumptions";
import type { Status } from "./check";
import type { Report } from "./examine";

const WORDS: Record<Status, readonly [word: string, style: Style]> = {
  ok: ["ok", "green"],
  warning: ["warning", "yellow"],
  failed: ["FAILED", "red"],
  skipped: ["skipped", "dim"],
};

/** The report for people. */
export function tableOf(report: Report, stream: NodeJS.WriteStream): string {
  const paint = painter(stream);
  const words = Math.max(...Object.values(WORDS).map(([word]) => word.length));
  const titles = Math.max(...report.checks.map(({ title }) => title.length));
  const indent = words + titles + 4;
  const lines = report.checks.map(({ status, title, detail }) => {
    const [word, style] = WORDS[status];
    const text = wrap(detail, widthOf(stream) - indent).join(`\n${" ".repeat(indent)}`);
    return `${paint(style, word.padEnd(words))}  ${title.padEnd(titles)}  ${text}`;
  });
  const failed = report.checks.filter(({ status }) => status === "failed").length;
  if (failed > 0) {
    const verdict = `${failed} ${failed === 1 ? "check has" : "checks have"} failed.`;
    return [...lines, "", paint("red", verdict), ""].join("\n");
  }
  return [
    ...lines,
    "",
    ...(report.assumptions.length === 0 ? [] : assumed(report.assumptions)),
    paint("green", "Nothing that can be checked without writing stands in the way of the provider."),
    "",
  ].join("\n");
}

function assumed(assumptions: readonly string[]): string[] {
  const lines = assumptions.map((line) => `  - ${line}`);
  return ["Assumed, as nothing but a write could show it (doctor --write tries it):", ...lines, ASSURANCE, ""];
}
