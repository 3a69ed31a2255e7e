import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../support/projects";

/** A block of TypeScript on a page. */
export interface CodeBlock {
  /** Such as `docs/guides/uploads.md`. */
  readonly page: string;
  /** The page's line on which its code begins, from 1. */
  readonly line: number;
  readonly code: string;
}

/** The blocks of TypeScript on a page. */
export function codeBlocks(page: string, text: string): CodeBlock[] {
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(({ index, 1: code = "" }) => ({
    page,
    line: text.slice(0, index).split("\n").length + 1,
    code,
  }));
}

/** What a fragment, a block without an import of its own, may take for granted. */
const PRELUDE: Readonly<Record<string, string>> = {
  pulumi: `import * as pulumi from "@pulumi/pulumi";`,
  mediasaur: `import * as mediasaur from "pulumi-mediasaur";`,
  media: `declare const media: import("pulumi-mediasaur").Bucket;`,
  hero: `declare const hero: import("pulumi-mediasaur").ManagedFile;`,
};

/** The block as a module: on the lines that it has on its page, with what it takes for granted before them. */
function moduleOf({ code, line }: CodeBlock): string {
  const isWhole = /^import /m.test(code);
  const uses = (name: string): boolean =>
    new RegExp(`\\b${name}\\.`).test(code) && !new RegExp(`\\b(const|let) ${name}\\b`).test(code);
  const prelude = isWhole ? [] : Object.keys(PRELUDE).filter(uses);
  const head = [...prelude.map((name) => PRELUDE[name]), "export {};"].join(" ");
  return head + "\n".repeat(line - 1) + code;
}

/** Statements that wait, outside of any function: a program has to be an ES module for that. */
function waits(code: string): boolean {
  return /^(?:[a-z].*[^\w.])?await /m.test(code);
}

/**
 * Compiles blocks in one go, as programs of a strict project that has the packages.
 *
 * @param folder - the project's, with the packages to be found from it
 * @returns the compiler's complaints, each with page and line: none where all is well
 */
export async function complaints(folder: string, blocks: readonly CodeBlock[]): Promise<string[]> {
  const files = blocks.map((block) => {
    const file = `${block.page.replaceAll("/", "_")}_${block.line}.${waits(block.code) ? "mts" : "ts"}`;
    writeFileSync(join(folder, file), moduleOf(block));
    return file;
  });
  const compilerOptions = {
    target: "ES2022",
    module: "nodenext",
    moduleResolution: "nodenext",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node", "jest"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-p", folder, "--pretty", "false"], {
    cwd: folder,
  }).catch((error: unknown) => error as { stdout: string });
  return stdout
    .split(/\n(?=\S)/)
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const at = files.findIndex((file) => line.startsWith(`${file}(`));
      const block = blocks[at];
      return block === undefined ? line : line.replace(files[at] ?? "", block.page);
    });
}
