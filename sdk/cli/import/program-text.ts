import { splitPath } from "../../../provider/plan/paths";
import { bucketLine, folderComment, header, type ProgramText } from "./frame";
import { sortListed, type Listed } from "./listed-files";
import { namesFor } from "./names";
import { LINE_WIDTH, literal } from "./source-text";

/**
 * The TypeScript program that declares each file where it is and as visible as it is: creating these resources takes the
 * files over and changes nothing.
 *
 * @param bucket - the bucket's name
 * @param prefix - what was asked for, `""` for all of the bucket
 * @param files - as listed
 */
export function programText(bucket: string, prefix: string, files: readonly Listed[]): ProgramText {
  const { declarable, leftOut } = sortListed(files);
  const names = namesFor(declarable.map(({ path }) => path));
  const parts = [header(bucket, prefix, declarable.length, leftOut), bucketLine(bucket)];
  let current: string | undefined;
  for (const [index, file] of declarable.entries()) {
    const { directory } = splitPath(file.path);
    if (directory !== current) parts.push(`\n${folderComment(directory)}\n`);
    current = directory;
    parts.push(declaration(names[index] ?? "", file));
  }
  return { text: parts.join(""), declared: declarable.length, leftOut };
}

function declaration(name: string, file: Listed): string {
  const start = `const ${name} = new mediasaur.ManagedFile(`;
  const label = literal(name);
  const oneLine = `${start}${label}, {`;
  if (oneLine.length <= LINE_WIDTH) return `${oneLine}\n${fields(2, file)}});\n`;
  return `${start}\n  ${label},\n  {\n${fields(4, file)}  },\n);\n`;
}

function fields(indent: number, { path, visibility }: Listed): string {
  const pad = " ".repeat(indent);
  return `${pad}bucket,\n${pad}path: ${literal(path)},\n${pad}visibility: "${visibility}",\n`;
}
