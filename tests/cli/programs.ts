import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import ts from "typescript";
import { pathProblem } from "../../provider/model/paths";
import { ROOT } from "../support/projects";

/** A file as a program declares it. */
export interface Declared {
  name: string;
  bucket: string;
  path: string;
  visibility: string;
}

/** Paths that are hard to make names, literals or comments of. */
export const NASTY: readonly string[] = [
  "index.html",
  "a-b.txt",
  "a_b.txt",
  "a b.txt",
  "aB.txt",
  "v1.2",
  "v12",
  "v1/2",
  "new",
  "class",
  "await",
  "require",
  "exports",
  "arguments",
  "globalThis",
  "bucket",
  "mediasaur",
  "undefined",
  "2024/01.txt",
  "!!!/???",
  "日本/写真.jpg",
  "фото/лето.jpg",
  "straße/Äpfel & Öl.txt",
  "emoji/👩‍👩‍👧.png",
  "quotes/it's.txt",
  'quotes/"double".txt',
  'quotes/"both" it\'s.txt',
  "back\\slash.txt",
  "template/${x}`.txt",
  "comment/*/and/*.txt",
  "hidden/\u202egpj.exe",
  "hidden/a\u2028line.txt",
  "hidden/a\u00a0 space.txt",
  "__proto__",
  "constructor",
  "toString",
  `long/${"x".repeat(200)}.txt`,
  `deep/${"folder/".repeat(30)}file.txt`,
  `wide/${"ä".repeat(70)}.txt`,
  `wide/${"あ".repeat(40)}.txt`,
  `wide/${"😀".repeat(40)}.txt`,
  // Around the place where a line becomes too long.
  ...Array.from({ length: 30 }, (_, index) => `n/${"b".repeat(index + 5)}`),
];

const segment = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30, unit: "grapheme" }),
  fc.string({ minLength: 1, maxLength: 40, unit: "binary" }),
  fc.string({ minLength: 1, maxLength: 70, unit: fc.constantFrom(...Array.from("abcXYZ019-_. '\"\\$`äß日あ😀")) }),
);
/** A path that a program may declare, the worse the better. */
export const nastyPath = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join("/"))
  .filter((path) => pathProblem(path) === undefined);
/** Up to so many of them, all different. */
export const nastyPaths = (size: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(nastyPath, { minLength: 1, maxLength: size, selector: (path) => path.normalize("NFC") });

/** Files at these paths, as listed. */
export const filesAt = (paths: readonly string[]): { id: string; path: string; visibility: "PUBLIC" | "PRIVATE" }[] =>
  paths.map((path, index) => ({ id: `f_${index}`, path, visibility: index % 2 === 0 ? "PUBLIC" : "PRIVATE" }));

/** What the program declares when it runs. */
export function declaredBy(program: string): Declared[] {
  const declared: Declared[] = [];
  // Not an arrow function, as the program calls it with `new`.
  const ManagedFile = function (name: string, args: Omit<Declared, "name">): void {
    declared.push({ name, ...args });
  };
  runProgram(program, { ManagedFile });
  return declared;
}

/** A FileLayout as a program declares it. */
export interface DeclaredLayout {
  name: string;
  bucket: string;
  prefix?: string;
  files: Record<string, { path: string; visibility?: string }>;
}

/** The layout that the program declares when it runs. */
export function layoutOf(program: string): DeclaredLayout {
  const declared: DeclaredLayout[] = [];
  const FileLayout = function (name: string, args: Omit<DeclaredLayout, "name">): void {
    declared.push({ name, ...args });
  };
  runProgram(program, { FileLayout });
  expect(declared).toHaveLength(1);
  return declared[0]!;
}

function runProgram(program: string, mediasaur: object): void {
  const { outputText, diagnostics } = ts.transpileModule(program, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  expect(diagnostics).toEqual([]);
  runInNewContext(outputText, { exports: {}, require: () => mediasaur });
}

/** The program as Prettier writes it. */
export function prettified(program: string): string {
  const prettier = join(ROOT, "node_modules", "prettier", "bin", "prettier.cjs");
  const args = [prettier, "--no-config", "--stdin-filepath", "index.ts"];
  return execFileSync(process.execPath, args, { input: program, encoding: "utf8", maxBuffer: 1e9, cwd: "/" });
}

/** What the compiler says of it, beside the package's types. */
export function compile(folder: string): string {
  const compilerOptions = {
    target: "ES2022",
    module: "node16",
    moduleResolution: "node16",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    noImplicitReturns: true,
    noUnusedLocals: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    types: ["node"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  try {
    return execFileSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { encoding: "utf8" });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
