import { dirname } from "node:path/posix";
import type { Stored } from "../support/emulator";
import { digest } from "../support/declarations";
import type { Declared, Program } from "./program";
import { ORIGINS, SEED, seededText } from "./scenario";

/** The seeded files that no declaration takes over. */
const STRANGERS = Object.keys(SEED).filter(
  (path) => !["a", "b", "stay", "one", "two", "case", "odd"].some((name) => ORIGINS[name] === path),
);

/** What is wrong with the strangers' files: each has to be as it was seeded, the same file. */
export function strangersHarmed(before: readonly Stored[], after: readonly Stored[]): string[] {
  const wanted = before.filter(({ bucket, path }) => bucket !== "media" || STRANGERS.includes(path));
  return wanted.flatMap((file) => {
    const now = after.filter(({ bucket, path }) => bucket === file.bucket && path === file.path);
    const same = now.some(
      ({ id, sha256, visibility }) => id === file.id && sha256 === file.sha256 && visibility === file.visibility,
    );
    return same && now.length === 1
      ? []
      : [`the stranger's "${file.path}" in bucket "${file.bucket}" is not as it was`];
  });
}

/** What differs between a bucket and what is declared of it, strangers' files aside. */
export function notReached(program: Program, files: readonly Stored[]): string[] {
  const ours = mine(files);
  const wrong = Object.entries(program).flatMap(([name, declared]) => {
    const found = ours.filter((file) => file.path === declared.path);
    if (found.length !== 1) return [`${name}: ${String(found.length)} files are at "${declared.path}"`];
    const [{ visibility, sha256 }] = found as [Stored];
    return [
      ...(visibility === declared.visibility ? [] : [`${name}: it is ${visibility}`]),
      ...(sha256 === digest(textOf(name, declared)) ? [] : [`${name}: another content is at "${declared.path}"`]),
    ];
  });
  const paths = new Set(Object.values(program).map(({ path }) => path));
  return [...wrong, ...ours.filter(({ path }) => !paths.has(path)).map(({ path }) => `"${path}" is left over`)];
}

/** What a refusal must not have left behind: files that nobody declares or speaks of, and public ones declared PRIVATE. */
export function leftBehind(
  programs: readonly Program[],
  errors: readonly string[],
  before: readonly Stored[],
  after: readonly Stored[],
): string[] {
  const declared = programs.flatMap((program) => Object.values(program));
  const places = new Set([...declared.map(({ path }) => path), ...Object.values(ORIGINS)]);
  const told = errors.join("\n");
  const untouched = (file: Stored): boolean =>
    before.some(({ id, path, visibility }) => id === file.id && path === file.path && visibility === file.visibility);
  return mine(after).flatMap((file) => {
    const isTold = told.includes(file.path) || told.includes(`"${dirname(file.path)}"`);
    const orphan = !places.has(file.path) && !isTold;
    const [declaration] = declared.filter(({ path }) => path === file.path).slice(-1);
    const open = declaration?.visibility === "PRIVATE" && file.visibility === "PUBLIC" && !untouched(file);
    return [
      ...(orphan ? [`"${file.path}" is left behind, and no error names it`] : []),
      ...(open ? [`"${file.path}" is declared PRIVATE, and PUBLIC`] : []),
    ];
  });
}

function mine(files: readonly Stored[]): Stored[] {
  return files.filter(({ bucket, path }) => bucket === "media" && !STRANGERS.includes(path));
}

function textOf(name: string, { source }: Declared): string {
  const asset = source?.upload as { text: string } | undefined;
  return asset === undefined ? seededText(ORIGINS[name] ?? "") : asset.text;
}

/** The stable code of an error of the provider, or the property that a check refuses; `undefined` for anything else. */
export function codeOf(error: string): string | undefined {
  if (error.includes("\n") || /\bat .+:\d+:\d+|is not a function|Cannot read prop/.test(error)) return undefined;
  const named = /^(?:\[(?:GET|POST|PATCH|DELETE) [^\]]+\] )?(?:\d{3} )?([a-z]+(?:_[a-z]+)*): /.exec(error);
  return named?.[1];
}
