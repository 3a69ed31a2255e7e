import { splitPath } from "../../../provider/model/paths";
import { bucketLine, folderComment, header, type ProgramText } from "./frame";
import { sortListed, type Listed } from "./listed-files";
import { namesFor } from "./names";
import { literal } from "./source-text";

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
    if (directory !== current) parts.push(`\n${folderComment(directory)}`);
    current = directory;
    parts.push(declaration(names[index] ?? "", file));
  }
  return { text: parts.join(""), declared: declarable.length, leftOut };
}

/** No variable: compilers and linters complain of those that nothing reads. The longest name fits the line. */
function declaration(name: string, { path, visibility }: Listed): string {
  return [
    `new mediasaur.ManagedFile(${literal(name)}, {`,
    "  bucket,",
    `  path: ${literal(path)},`,
    `  visibility: "${visibility}",`,
    "});\n",
  ].join("\n");
}
