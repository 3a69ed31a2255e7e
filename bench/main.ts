// npm run bench [-- --files 100,1000 --layouts 10000 --latency 0,50 --subjects floor,plain,script --random 100 --dry]
// Measures everything side by side in one run, and writes docs/benchmarks.md, .svg and .json. --dry only prints; --page measures
// nothing, and writes the page anew from docs/benchmarks.json.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { ROOT } from "../tests/support/projects";
import { measureImportTime } from "./import-time";
import { measure, median, type Case, type Result } from "./measure";
import { measureDistances, timePlanner } from "./planner";
import { FLOORS, PROGRAMS } from "./programs";
import { page, picture, type Measured } from "./report";

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "100,1000" },
    layouts: { type: "string", default: "10000" },
    latency: { type: "string", default: "0,50" },
    subjects: { type: "string", default: [...Object.keys(PROGRAMS), "script"].join(",") },
    random: { type: "string", default: "100" },
    dry: { type: "boolean", default: false },
    page: { type: "boolean", default: false },
  },
});
const numbersIn = (text: string): number[] => text.split(",").filter(Boolean).map(Number);
const DOCS = join(ROOT, "docs");
const subjects = values.subjects.split(",");

/** Up to how many files a case is measured several times, as the engine's own start makes up most of it. */
const SMALL = 100;
const ROUNDS = 5;

function cases(): Case[] {
  const all: Case[] = [];
  const add = (files: number, among: readonly string[]): void => {
    numbersIn(values.latency).forEach((latency, index) => {
      const these = among.filter((subject) => subjects.includes(subject) && (!FLOORS.has(subject) || index === 0));
      all.push(...these.map((subject) => ({ subject, files, latency })));
    });
  };
  for (const files of numbersIn(values.files)) add(files, [...Object.keys(PROGRAMS), "script"]);
  for (const files of numbersIn(values.layouts)) add(files, ["FileLayout", "script"]);
  return all;
}

/** Every case, and the small ones again. In turns, so that what slows the machine down for a while slows all of them down. */
function rounds(): Case[] {
  const small = cases().filter(({ files }) => files <= SMALL);
  return [...cases(), ...Array.from({ length: ROUNDS - 1 }, () => small).flat()];
}

async function main(): Promise<void> {
  const importTime = measureImportTime();
  console.log(
    `import: ${importTime.own.toFixed(0)} ms beside the ${importTime.pulumi.toFixed(0)} ms of @pulumi/pulumi`,
  );
  const planner = timePlanner();
  for (const { label, seconds, requests, over } of planner) {
    console.log(
      `planner, ${label}: ${seconds.toFixed(2)} s, ${String(requests)} requests, the fewest + ${String(over)}`,
    );
  }
  const distances = measureDistances(Number(values.random));
  for (const { label, layouts, near, most } of distances) {
    console.log(
      `planner, ${label}: ${String(near)} of ${String(layouts)} at most 2 above the fewest, one ${String(most)}`,
    );
  }
  const measured = new Map<string, Result[]>();
  for (const one of rounds()) {
    const result = await measure(one);
    const key = JSON.stringify(one);
    measured.set(key, [...(measured.get(key) ?? []), result]);
    const phases = Object.entries(result.phases).map(
      ([name, { seconds, reads, writes, peakBytes = 0 }]) =>
        `${name} ${seconds.toFixed(1)} s, ${String(reads)} + ${String(writes)}, ${(peakBytes / 2 ** 20).toFixed(0)} MiB`,
    );
    console.log(
      `${one.subject}, ${String(one.files)} files, ${String(one.latency)} ms: ${phases.join("; ")}` +
        `; least ${String(result.least.rearrange)}, shuffle ${String(result.least.shuffle)}` +
        `; state ${String(result.stateBytes ?? "-")} B`,
    );
  }
  const results = [...measured.values()].map(median);
  if (values.dry) return;
  const [cpu] = cpus();
  const memory = `${String(Math.round(totalmem() / 2 ** 30))} GiB`;
  const machine = `${String(cpus().length)} x ${cpu?.model.trim() ?? "unknown processor"}, ${memory}, Node ${process.versions.node}`;
  await write({ machine, importTime, planner, distances, results });
}

async function write(measured: Measured): Promise<void> {
  mkdirSync(DOCS, { recursive: true });
  const text = await format(page(measured), { parser: "markdown", printWidth: 120 });
  writeFileSync(join(DOCS, "benchmarks.md"), text);
  writeFileSync(join(DOCS, "benchmarks.svg"), picture(measured.results));
  writeFileSync(join(DOCS, "benchmarks.json"), await format(JSON.stringify(measured), { parser: "json" }));
  console.log("written: docs/benchmarks.md, docs/benchmarks.svg, docs/benchmarks.json");
}

if (values.page) void write(JSON.parse(readFileSync(join(DOCS, "benchmarks.json"), "utf8")) as Measured);
else void main();
