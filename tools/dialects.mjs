#!/usr/bin/env node
// node tools/dialects.mjs: runs the dialect suite whole, and writes what it finds to docs/dialects.md.
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
outside, and deleted, beside files of others whose paths it also tries to take. **Reached** means that every file is where and as it is
declared, that a second run writes nothing and that a refresh finds no drift. **Refused** means that an error says what differs, that no
file of others was touched, and that nothing is left behind unnamed or public that was declared private. There is no third outcome: the suite
fails on one. *Requests* is what the whole program takes more, or less, than on the default store, waits for a late store included.`;

const folder = mkdtempSync(join(tmpdir(), "mediasaur-dialects-"));
try {
  const results = join(folder, "results.jsonl");
  writeFileSync(results, "");
  const suites = ["presets", "switches", "pairwise", "random"].map((name) => `tests/dialects/${name}`).join("|");
  const args = ["--selectProjects", "dialects", "--testPathPatterns", suites, "--maxWorkers=2"];
  const env = { ...process.env, FULL: "1", MEDIASAUR_DIALECT_RESULTS: results };
  const { code } = await run(process.execPath, [require.resolve("jest/bin/jest"), ...args], {
    cwd: ROOT,
    env,
    show: true,
  });
  if (code !== 0) throw new Error("the suite failed: docs/dialects.md is as it was.");
  const rows = readFileSync(results, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  writeFileSync(join(ROOT, "docs", "dialects.md"), await pretty(pageOf(rows)));
} catch (error) {
  console.error(`dialects: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pageOf(rows) {
  const refusedAlone = new Set(
    rows.filter(({ cell, outcome }) => cell.name.includes("=") && outcome === "refused").map(({ cell }) => cell.name),
  );
  const byName = new Map(rows.map((row) => [row.cell.name, row]));
  const usual = byName.get("default").requests;
  const singles = Object.entries(dialects).flatMap(([name, { values }]) =>
    values.slice(1).map((value) => ({ name, value, row: byName.get(`${name}=${value}`) })),
  );
  const reached = singles.filter(({ row }) => row.outcome === "reached");
  const most = Math.max(...reached.map(({ row }) => row.requests - usual));
  const percent = ((100 * reached.length) / singles.length).toFixed(1);
  const switches = singles.map(
    ({ name, value, row }) => `| \`${name}\` | \`${value}\` | ${outcomeOf(row)} | ${costOf(row, usual)} |`,
  );
  const profiles = Object.entries(presets).map(([name, { about }]) => {
    const row = byName.get(name);
    return `| \`${name}\` | ${outcomeOf(row)} | ${costOf(row, usual)} | ${about} |`;
  });
  return [
    INTRODUCTION,
    "",
    `${reached.length} of the ${singles.length} values below reach the declared state (${percent} %), with at most ${most} requests more than the ${usual} of the default; the others are refused.`,
    "",
    "What the errors say is in the table as a user sees it, with the code first. The switches are those of `mediasaur-emulator --dialect`, " +
      "where each store can be tried. A late store is late by two looks, a key of `key.scope` sees the two buckets of the program and no other, " +
      "a token is tried where uploads take nothing else, and `rate.headers` comes with a 429. The page is made by `node tools/dialects.mjs`, and `npm test` compares.",
    "",
    "## One difference at a time",
    "",
    "| switch | value | outcome | requests |",
    "| --- | --- | --- | --- |",
    ...switches,
    "",
    "## Whole profiles",
    "",
    "| preset | outcome | requests | what it is like |",
    "| --- | --- | --- | --- |",
    ...profiles,
    "",
    "## Combinations",
    "",
    ...combinations(
      "In which every two values of the switches that interact meet",
      rows.filter(({ kind }) => kind === "pairwise"),
      refusedAlone,
    ),
    ...combinations(
      "At random, of all switches",
      rows.filter(({ kind }) => kind.startsWith("random")),
      refusedAlone,
    ),
  ].join("\n");
}

function combinations(what, rows, refusedAlone) {
  const refused = rows.filter(({ outcome }) => outcome === "refused");
  const line = `${what}: ${rows.length} stores, ${rows.length - refused.length} reached, ${refused.length} refused.`;
  if (refused.length === 0) return [line, ""];
  const list = refused.map((row) => `| ${row.cell.name} | refused: \`${row.code}\` | ${culprits(row, refusedAlone)} |`);
  return [line, "", "| store | outcome | because of |", "| --- | --- | --- |", ...list, ""];
}

/** Those of a combination's values that are refused by themselves. */
function culprits({ cell, told }, refusedAlone) {
  const pairs = Object.entries(cell.dialect).map(([name, value]) => `${name}=${value}`);
  const named = pairs.filter((pair) => refusedAlone.has(pair)).map((pair) => `\`${pair}\``);
  return named.length > 0 ? named.join(", ") : told.replaceAll("|", "\\|");
}

function outcomeOf(row) {
  if (row.outcome === "reached") return "reached";
  const words = row.told
    .replace(/^(\[[^\]]*\] )?(\d{3} )?[a-z_]+: /, "")
    .replace(/ The file is at "[^"]*" now;.*$/, "")
    .replaceAll("|", "\\|");
  return `refused: \`${row.code}\`, at "${row.stage}". ${words}`;
}

function costOf(row, usual) {
  if (row.outcome !== "reached") return "";
  const more = row.requests - usual;
  return more === 0 ? "" : more > 0 ? `+${more}` : String(more);
}

async function pretty(text) {
  const prettier = require("prettier");
  return prettier.format(text, {
    ...(await prettier.resolveConfig(join(ROOT, "docs", "dialects.md"))),
    parser: "markdown",
  });
}
