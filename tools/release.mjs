#!/usr/bin/env node
// Releases, both packages together:
//   node tools/release.mjs set 0.2.0      writes the version into both packages, the lock file, the examples and the changelog
//   node tools/release.mjs check v0.2.0   fails where a tag and what it would publish differ
//   node tools/release.mjs notes v0.2.0   prints the changelog's section
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./setup.mjs";

const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const CHANGELOG = join(ROOT, "CHANGELOG.md");
const MANIFESTS = ["package.json", "emulator/package.json"];
const EXAMPLES = "examples/*/package.json"; // as git matches: also in folders of an example

const [command, given = ""] = process.argv.slice(2);
const version = given.replace(/^v/, "");
const commands = { set, check, notes };
try {
  if (!Object.hasOwn(commands, command) || !VERSION.test(version)) {
    throw new Error("usage: node tools/release.mjs set|check|notes 1.2.3");
  }
  commands[command]();
} catch (error) {
  console.error(`release: ${error.message}`);
  process.exitCode = 1;
}

function set() {
  const changelog = readFileSync(CHANGELOG, "utf8");
  if (section("Unreleased") === "") throw new Error("CHANGELOG.md has nothing under [Unreleased]");
  const heading = `## [${version}] - ${new Date().toISOString().slice(0, 10)}`;
  writeFileSync(CHANGELOG, changelog.replace("## [Unreleased]", `## [Unreleased]\n\n${heading}`));
  const args = ["version", version, "--no-git-tag-version", "--allow-same-version", "--workspaces"];
  execFileSync("npm", [...args, "--include-workspace-root"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  setExamples();
  // The schema has the package's version, and is in the package.
  execFileSync(process.execPath, [join(ROOT, "tools", "schema.mjs")], { stdio: ["ignore", "ignore", "inherit"] });
}

/** Has every example take this version: a range such as `^0.1.0` leaves 0.2.0 out. */
function setExamples() {
  const names = MANIFESTS.map((manifest) => JSON.parse(readFileSync(join(ROOT, manifest), "utf8")).name);
  const ranges = new RegExp(`("(?:${names.join("|")})": ")[^"]*"`, "g");
  const found = execFileSync("git", ["ls-files", EXAMPLES], { cwd: ROOT, encoding: "utf8" });
  for (const manifest of found.trim().split("\n")) {
    const file = join(ROOT, manifest);
    writeFileSync(file, readFileSync(file, "utf8").replace(ranges, `$1^${version}"`));
  }
}

function check() {
  for (const manifest of MANIFESTS) {
    const { version: found } = JSON.parse(readFileSync(join(ROOT, manifest), "utf8"));
    if (found !== version) throw new Error(`${manifest} has version ${found}, the tag ${version}`);
  }
  const schema = JSON.parse(readFileSync(join(ROOT, "plugin", "schema.json"), "utf8"));
  if (schema.version !== version)
    throw new Error(`plugin/schema.json has version ${schema.version}, the tag ${version}`);
  if (section(version) === "") throw new Error(`CHANGELOG.md has no section [${version}], or an empty one`);
}

function notes() {
  console.log(section(version));
}

/** What the changelog says of a version, without the heading. */
function section(name) {
  const [, ...sections] = readFileSync(CHANGELOG, "utf8").split(/^## /m);
  const found = sections.find((text) => text.startsWith(`[${name}]`)) ?? "";
  return found.split("\n").slice(1).join("\n").trim();
}
