import { splitPath } from "../../../provider/model/paths";
import { bucketLine, folderComment, header, type ProgramText } from "./frame";
import { sortListed, type Listed } from "./listed-files";
import { namesFor } from "./names";
import { LINE_WIDTH, literal, narrowLiteral } from "./source-text";

/**
 * The TypeScript program that declares files as one FileLayout, as they are: creating it takes the files over and changes
 * nothing. It has no rules, as these would have a say over files that come later, and that nobody has declared.
 *
 * @param bucket - the bucket's name
 * @param prefix - what was asked for, `""` for all of the bucket
 * @param files - as listed
 */
export function layoutText(bucket: string, prefix: string, files: readonly Listed[]): ProgramText {
  const { declarable, leftOut } = sortListed(files);
  // The layout of a folder, and not of whatever else begins like it.
  const isWhole = leftOut.length === 0 && prefix.endsWith("/");
  const [name = ""] = namesFor([prefix === "" ? bucket : prefix]);
  const parts = [
    header(bucket, prefix, declarable.length, leftOut),
    bucketLine(bucket),
    `\nnew mediasaur.FileLayout(${literal(name)}, {\n  bucket,\n`,
    isWhole ? property("prefix", narrowLiteral(prefix)) : "",
    filesText(declarable, prefix),
    "});\n",
  ];
  return { text: parts.join(""), declared: declarable.length, leftOut };
}

function property(key: string, value: string): string {
  const oneLine = `  ${key}: ${value},\n`;
  return oneLine.length <= LINE_WIDTH + 1 ? oneLine : `  ${key}:\n    ${value},\n`;
}

function filesText(files: readonly Listed[], prefix: string): string {
  const folder = splitPath(prefix).directory;
  const keys = namesFor(files.map(({ path }) => (folder === "" ? path : path.slice(folder.length + 1))));
  const lines: string[] = [];
  let current: string | undefined;
  for (const [index, { path, visibility }] of files.entries()) {
    const { directory } = splitPath(path);
    if (directory !== current) lines.push(`${index === 0 ? "" : "\n"}    ${folderComment(directory)}`);
    current = directory;
    lines.push(entry(keys[index] ?? "", [`path: ${literal(path)}`, `visibility: "${visibility}"`]));
  }
  return `  files: {\n${lines.join("")}  },\n`;
}

function entry(key: string, fields: readonly string[]): string {
  const oneLine = `    ${key}: { ${fields.join(", ")} },\n`;
  // How wide other characters are is nothing that programs agree on.
  if (oneLine.length <= LINE_WIDTH + 1 && /^[\u0000-\u007f]*$/.test(oneLine)) return oneLine;
  return `    ${key}: {\n${fields.map((field) => `      ${field},\n`).join("")}    },\n`;
}
