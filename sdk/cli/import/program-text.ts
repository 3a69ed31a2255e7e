import { pathProblem, splitPath } from "../../../provider/plan/paths";
import type { FileResult } from "../../functions";
import { wrap } from "../wrap";
import { namesFor } from "./names";
import { commentText, LINE_WIDTH, literal, narrowLiteral } from "./source-text";

/** The program that declares files, and what of them it could not declare. */
export interface ProgramText {
  readonly text: string;
  /** How many files it declares. */
  readonly declared: number;
  /** One line for each file that is left out. */
  readonly leftOut: readonly string[];
}

type Listed = Pick<FileResult, "id" | "path" | "visibility">;

/**
 * The TypeScript program that declares each file where it is and as visible as it is: creating these resources takes the
 * files over and changes nothing.
 *
 * @param bucket - the bucket's name
 * @param prefix - what was asked for, `""` for all of the bucket
 * @param files - as listed
 */
export function programText(bucket: string, prefix: string, files: readonly Listed[]): ProgramText {
  const { declarable, leftOut } = sort(files);
  const names = namesFor(declarable.map(({ path }) => path));
  const parts = [header(bucket, prefix, declarable.length, leftOut), bucketLine(bucket)];
  let current: string | undefined;
  for (const [index, file] of declarable.entries()) {
    const { directory } = splitPath(file.path);
    if (directory !== current) parts.push(`\n// ${directory === "" ? "(no folder)" : commentText(`${directory}/`)}\n`);
    current = directory;
    parts.push(declaration(names[index] ?? "", file));
  }
  return { text: parts.join(""), declared: declarable.length, leftOut };
}

/** By folder and name. What the provider would refuse is told apart. */
function sort(files: readonly Listed[]): { declarable: Listed[]; leftOut: string[] } {
  const holders = new Map<string, string[]>();
  for (const { path, id } of files) {
    const place = path.normalize("NFC");
    holders.set(place, [...(holders.get(place) ?? []), id]);
  }
  const declarable: Listed[] = [];
  const leftOut: string[] = [];
  for (const file of files) {
    const ids = holders.get(file.path.normalize("NFC")) ?? [];
    const problem =
      ids.length > 1 ? `${JSON.stringify(file.path)} is held by ${ids.length} files` : pathProblem(file.path);
    if (problem === undefined) declarable.push(file);
    else leftOut.push(commentText(`file ${file.id}: ${problem}`));
  }
  const keyOf = ({ path }: Listed): [string, string] => {
    const { directory, name } = splitPath(path);
    return [directory, name];
  };
  const keyed = declarable.map((file) => ({ file, key: keyOf(file) }));
  keyed.sort((a, b) => compare(a.key[0], b.key[0]) || compare(a.key[1], b.key[1]));
  return { declarable: keyed.map(({ file }) => file), leftOut };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function header(bucket: string, prefix: string, count: number, leftOut: readonly string[]): string {
  const which = count === 1 ? "The one file" : `The ${count} files`;
  const below = prefix === "" ? "" : ` whose path starts with ${JSON.stringify(prefix)}`;
  const text =
    `${which} of bucket ${JSON.stringify(bucket)}${below}, as "pulumi-mediasaur import" found ` +
    `${count === 1 ? "it" : "them"}. The first "pulumi up" takes over what is there and changes nothing at the service. ` +
    `A declaration that is taken out again leaves its file where it is.`;
  const lines = wrap(commentText(text), LINE_WIDTH - "// ".length);
  if (leftOut.length > 0)
    lines.push("", "Left out, as no program can declare them:", ...leftOut.map((line) => `- ${line}`));
  return `import * as mediasaur from "pulumi-mediasaur";\n\n${lines.map((line) => `// ${line}`.trimEnd()).join("\n")}\n`;
}

function bucketLine(bucket: string): string {
  const value = narrowLiteral(bucket);
  const oneLine = `const bucket = ${value};\n`;
  return oneLine.length <= LINE_WIDTH + 1 ? oneLine : `const bucket =\n  ${value};\n`;
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
