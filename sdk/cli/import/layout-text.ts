import { readRules, type VisibilityRule } from "../../../provider/plan/file-layout";
import { splitPath } from "../../../provider/plan/paths";
import { bucketLine, folderComment, header, type ProgramText } from "./frame";
import { rulesFor } from "./layout-rules";
import { sortListed, type Listed } from "./listed-files";
import { namesFor } from "./names";
import { LINE_WIDTH, literal, narrowLiteral } from "./source-text";

/**
 * The TypeScript program that declares files as one FileLayout, as they are: creating it takes the files over and changes
 * nothing.
 *
 * @param bucket - the bucket's name
 * @param prefix - what was asked for, `""` for all of the bucket
 * @param files - as listed
 */
export function layoutText(bucket: string, prefix: string, files: readonly Listed[]): ProgramText {
  const { declarable, leftOut } = sortListed(files);
  // Rules and prefix also govern files that are not declared: they are only for a folder that is declared as a whole.
  const isWhole = leftOut.length === 0 && (prefix === "" || prefix.endsWith("/"));
  const rules = isWhole ? rulesFor(prefix, declarable) : [];
  const [name = ""] = namesFor([prefix === "" ? bucket : prefix]);
  const parts = [
    header(bucket, prefix, declarable.length, leftOut),
    bucketLine(bucket),
    `\nnew mediasaur.FileLayout(${literal(name)}, {\n  bucket,\n`,
    isWhole && prefix !== "" ? property("prefix", narrowLiteral(prefix)) : "",
    rulesText(rules),
    filesText(declarable, prefix, rules),
    "});\n",
  ];
  return { text: parts.join(""), declared: declarable.length, leftOut };
}

function property(key: string, value: string): string {
  const oneLine = `  ${key}: ${value},\n`;
  return oneLine.length <= LINE_WIDTH + 1 ? oneLine : `  ${key}:\n    ${value},\n`;
}

function rulesText(rules: readonly VisibilityRule[]): string {
  if (rules.length === 0) return "";
  const lines = rules.map(({ match, visibility }) => `{ match: ${literal(match)}, visibility: "${visibility}" }`);
  const [only = ""] = lines;
  const oneLine = `  rules: [${only}],\n`;
  // Formatters put several objects in an array on lines of their own, and a single one where it fits.
  if (lines.length === 1 && oneLine.length <= LINE_WIDTH + 1) return oneLine;
  return `  rules: [\n${lines.map((line) => `    ${line},\n`).join("")}  ],\n`;
}

function filesText(files: readonly Listed[], prefix: string, rules: readonly VisibilityRule[]): string {
  const ruled = readRules(rules);
  const folder = splitPath(prefix).directory;
  const keys = namesFor(files.map(({ path }) => (folder === "" ? path : path.slice(folder.length + 1))));
  const lines: string[] = [];
  let current: string | undefined;
  for (const [index, { path, visibility }] of files.entries()) {
    const { directory } = splitPath(path);
    if (directory !== current) lines.push(`${index === 0 ? "" : "\n"}    ${folderComment(directory)}`);
    current = directory;
    const own = ruled(path) === visibility ? [] : [`visibility: "${visibility}"`];
    lines.push(entry(keys[index] ?? "", [`path: ${literal(path)}`, ...own]));
  }
  return `  files: {\n${lines.join("")}  },\n`;
}

function entry(key: string, fields: readonly string[]): string {
  const oneLine = `    ${key}: { ${fields.join(", ")} },\n`;
  // How wide other characters are is nothing that programs agree on.
  if (oneLine.length <= LINE_WIDTH + 1 && /^[\u0000-\u007f]*$/.test(oneLine)) return oneLine;
  return `    ${key}: {\n${fields.map((field) => `      ${field},\n`).join("")}    },\n`;
}
