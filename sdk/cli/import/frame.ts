import { wrap } from "../wrap";
import { commentText, LINE_WIDTH, narrowLiteral } from "./source-text";

/** The program that declares files, and what of them it could not declare. */
export interface ProgramText {
  readonly text: string;
  /** How many files it declares. */
  readonly declared: number;
  /** One line for each file that is left out. */
  readonly leftOut: readonly string[];
}

/** The import, and what this program is. */
export function header(bucket: string, prefix: string, count: number, leftOut: readonly string[]): string {
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

/** The bucket's name as a constant. */
export function bucketLine(bucket: string): string {
  const value = narrowLiteral(bucket);
  const oneLine = `const bucket = ${value};\n`;
  return oneLine.length <= LINE_WIDTH + 1 ? oneLine : `const bucket =\n  ${value};\n`;
}

/** The comment that begins a folder's files. */
export function folderComment(directory: string): string {
  return `// ${directory === "" ? "(no folder)" : commentText(`${directory}/`)}\n`;
}
