#!/usr/bin/env node
// npm run docs: generates docs/reference from the docstrings. With --check, compares it with the one that is there, and changes
// nothing. Both fail where an export is undocumented or a link leads nowhere (typedoc.json).
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { excerpt, run } from "./lib/run.mjs";
import { ROOT } from "./setup.mjs";

const REFERENCE = join(ROOT, "docs", "reference");

async function generate(folder) {
  const manifest = createRequire(import.meta.url).resolve("typedoc/package.json");
  const typedoc = join(dirname(manifest), JSON.parse(readFileSync(manifest, "utf8")).bin.typedoc);
  const args = [typedoc, "--options", join(ROOT, "typedoc.json"), "--out", folder, "--logLevel", "Warn"];
  const { code, output } = await run(process.execPath, args, { cwd: ROOT, env: { ...process.env, NO_COLOR: "1" } });
  if (code !== 0) throw new Error(`typedoc failed:\n${excerpt(output)}`);
}

/** The text of each page, by its path. */
function pages(folder) {
  try {
    const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".md"));
    return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
  } catch (error) {
    if (error.code === "ENOENT") return new Map();
    throw error;
  }
}

async function check() {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-mediasaur-docs-"));
  try {
    await generate(folder);
    const fresh = pages(folder);
    const committed = pages(REFERENCE);
    const names = [...new Set([...fresh.keys(), ...committed.keys()])];
    const stale = names.filter((name) => fresh.get(name) !== committed.get(name));
    if (stale.length > 0) {
      throw new Error(`docs/reference is not what the docstrings give (${stale.join(", ")}): run \`npm run docs\`.`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  await (process.argv.includes("--check") ? check() : generate(REFERENCE));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
