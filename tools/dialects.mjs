#!/usr/bin/env node
// node tools/dialects.mjs [--from RESULTS]: runs the dialect suite whole, and writes what it finds to docs/dialects.md. With --from
// it writes the page from what earlier runs of the suite left in the file that MEDIASAUR_DIALECT_RESULTS named.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./setup.mjs";
import { run } from "./lib/run.mjs";

const require = createRequire(join(ROOT, "package.json"));
const { dialects, presets } = require("mediasaur-emulator");

const INTRODUCTION = `# Stores that answer otherwise

Mediasaur documents what it is asked, and little of what it answers. So the provider takes nothing for granted: it reads whatever
spelling an answer has, looks a path up before it writes, and reads each file again afterwards. This page says what a user of a store
would see that differs from what we take for the likeliest, one difference at a time. Each row is one run of the same program against the
emulator: files are adopted, copied and uploaded, moved, renamed, swapped, hidden, given another content, put back after changes from
outside, and deleted, beside files of others whose paths it also tries to take. It is run twice: as so many ManagedFiles, and as one
FileLayout, which besides has two folders trade places, holds an undeclared file to a rule, and finds what somebody changed without a
refresh. **Reached** means that every file is where and as it is
declared, that a second run writes nothing and that a refresh finds no drift. **Refused** means that an error says what differs, that no
file of others was touched, and that nothing is left behind unnamed or public that was declared private. There is no third outcome: the suite
fails on one. *Requests* is what the whole program takes more, or less, than on the default store, waits for a late store included.`;

const SUBJECTS = ["ManagedFile", "FileLayout"];

const from = process.argv[2] === "--from" ? process.argv[3] : undefined;
const folder = mkdtempSync(join(tmpdir(), "mediasaur-dialects-"));
try {
  const results = from ?? join(folder, "results.jsonl");
  if (from === undefined) await runSuite(results);
  const lines = readFileSync(results, "utf8").trimEnd().split("\n");
  writeFileSync(join(ROOT, "docs", "dialects.md"), await pretty(pageOf(lines.map((line) => JSON.parse(line)))));
} catch (error) {
  console.error(`dialects: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function runSuite(results) {
  writeFileSync(results, "");
  const suites = ["presets", "switches", "pairwise", "random"].map((name) => `tests/dialects/${name}`).join("|");
  const args = ["--selectProjects", "dialects", "--testPathPatterns", suites, "--maxWorkers=2"];
  const env = { ...process.env, FULL: "1", MEDIASAUR_DIALECT_RESULTS: results };
  const jest = [require.resolve("jest/bin/jest"), ...args];
  const { code } = await run(process.execPath, jest, { cwd: ROOT, env, show: true });
  if (code !== 0) throw new Error("the suite failed: docs/dialects.md is as it was.");
}

function pageOf(all) {
  // Where a cell was run more than once, the last time counts.
  const found = new Map(all.map((row) => [`${row.subject} ${row.cell.name}`, row]));
  const rowOf = (subject, name) => {
    const row = found.get(`${subject} ${name}`);
    if (row === undefined) throw new Error(`the results have nothing about ${subject}, ${name}.`);
    return row;
  };
  const rowsOf = (name) => SUBJECTS.map((subject) => rowOf(subject, name));
  const usual = Object.fromEntries(SUBJECTS.map((subject) => [subject, rowOf(subject, "default").requests]));
  const singles = Object.entries(dialects).flatMap(([name, { values }]) =>
    values.slice(1).map((value) => ({ name, value, rows: rowsOf(`${name}=${value}`) })),
  );
  const cellsOf = (rows) => rows.flatMap((row) => [outcomeOf(row), costOf(row, usual)]).join(" | ");
  const columns = SUBJECTS.map((subject) => `${subject} | requests`).join(" | ");
  const table = { cellsOf, columns, refusedAlone: new Set() };
  const totals = SUBJECTS.map((subject, index) => {
    const reached = singles.map(({ rows }) => rows[index]).filter(({ outcome }) => outcome === "reached");
    const percent = ((100 * reached.length) / singles.length).toFixed(1);
    const most = Math.max(...reached.map(({ requests }) => requests - usual[subject]));
    return `- ${subject}: ${reached.length} of the ${singles.length} values (${percent} %), with at most ${most} requests more than the ${usual[subject]} of the default`;
  });
  for (const { name, value, rows } of singles) {
    if (rows.some(({ outcome }) => outcome === "refused")) table.refusedAlone.add(`${name}=${value}`);
  }
  const kinds = (is) => [...new Set(all.filter(({ kind }) => is(kind)).map(({ cell }) => cell.name))];
  return [
    INTRODUCTION,
    "",
    "These values reach the declared state; the others are refused:",
    "",
    ...totals,
    "",
    "The switches are those of `mediasaur-emulator --dialect`, " +
      "where each store can be tried. A late store is late by two looks, a key of `key.scope` sees the two buckets of the program and no other, " +
      "a token is tried where uploads take nothing else, and `rate.headers` comes with a 429. The page is made by `node tools/dialects.mjs`, and `npm test` compares.",
    "",
    "## One difference at a time",
    "",
    `| switch | value | ${columns} |`,
    dashes(6),
    ...singles.map(({ name, value, rows }) => `| \`${name}\` | \`${value}\` | ${cellsOf(rows)} |`),
    "",
    "## Whole profiles",
    "",
    `| preset | ${columns} | what it is like |`,
    dashes(6),
    ...Object.entries(presets).map(([name, { about }]) => `| \`${name}\` | ${cellsOf(rowsOf(name))} | ${about} |`),
    "",
    "## What the errors say",
    "",
    "As a user sees them, without the code.",
    "",
    "| store | resource | at | what is said |",
    dashes(4),
    ...[...singles.map(({ name, value }) => `${name}=${value}`), ...Object.keys(presets)]
      .flatMap(rowsOf)
      .filter(({ outcome }) => outcome === "refused")
      .map((row) => `| \`${row.cell.name}\` | ${row.subject} | ${row.stage} | ${wordsOf(row)} |`),
    "",
    "## Combinations",
    "",
    ...combinations(
      "In which every two values of the switches that interact meet",
      kinds((kind) => kind === "pairwise").map(rowsOf),
      table,
    ),
    ...combinations("At random, of all switches", kinds((kind) => kind.startsWith("random")).map(rowsOf), table),
  ].join("\n");
}

function dashes(count) {
  return `| ${Array(count).fill("---").join(" | ")} |`;
}

function combinations(what, stores, { refusedAlone, cellsOf, columns }) {
  const refused = stores.filter((rows) => rows.some(({ outcome }) => outcome === "refused"));
  const counts = SUBJECTS.map((subject, index) => {
    const reached = stores.filter((rows) => rows[index].outcome === "reached").length;
    return `${subject} ${reached} reached, ${stores.length - reached} refused`;
  });
  const line = `${what}: ${stores.length} stores; ${counts.join("; ")}.`;
  if (refused.length === 0) return [line, ""];
  const list = refused.map((rows) => {
    const [{ cell }] = rows;
    return `| ${cell.name} | ${cellsOf(rows)} | ${culprits(rows, refusedAlone)} |`;
  });
  return [line, "", `| store | ${columns} | because of |`, dashes(6), ...list, ""];
}

/** Those of a combination's values that are refused by themselves. */
function culprits(rows, refusedAlone) {
  const [{ cell }] = rows;
  const pairs = Object.entries(cell.dialect).map(([name, value]) => `${name}=${value}`);
  const named = pairs.filter((pair) => refusedAlone.has(pair)).map((pair) => `\`${pair}\``);
  return named.length > 0 ? named.join(", ") : wordsOf(rows.find(({ outcome }) => outcome === "refused"));
}

function outcomeOf(row) {
  return row.outcome === "reached" ? "reached" : `refused: \`${row.code}\``;
}

function wordsOf({ told }) {
  return told
    .replace(/^(\[[^\]]*\] )?(\d{3} )?[a-z_]+: /, "")
    .replace(/ The file is at "[^"]*" now;.*$/, "")
    .replace(/ \d+ of \d+ files are as declared now;.*$/, "")
    .replaceAll("|", "\\|");
}

function costOf(row, usual) {
  if (row.outcome !== "reached") return "";
  const more = row.requests - usual[row.subject];
  return more === 0 ? "" : more > 0 ? `+${more}` : String(more);
}

async function pretty(text) {
  const prettier = require("prettier");
  return prettier.format(text, {
    ...(await prettier.resolveConfig(join(ROOT, "docs", "dialects.md"))),
    parser: "markdown",
  });
}
