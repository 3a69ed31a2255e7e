import { foldCase } from "../case-folding";
import { inputProblems, type Problem } from "../managed-file";
import { pathProblem } from "../paths";
import { hasUnknown, UNKNOWN } from "../unknown";
import { folderOf } from "./scope";
import type { FileLayoutInputs } from "./types";

type Raw = Record<string, unknown>;

/** Keys that JavaScript or Pulumi would take for something else. */
const UNUSABLE_KEYS = ["", "__proto__", "__provider", "__defaults"];

const FIELDS = ["path", "visibility", "source"];

/** Says what is wrong with a layout by itself, as far as it is known. No request is made. */
export function layoutProblems(inputs: Raw): Problem[] {
  const { bucket, declared, prefix, rules, unmanaged, maxDeletes, deletionPolicy } = inputs;
  const problems: Problem[] = inputProblems({ bucket, path: UNKNOWN, deletionPolicy });
  const refuse = (property: string, reason: string | undefined): void => {
    if (reason !== undefined) problems.push({ property, reason });
  };
  refuse("prefix", prefixProblem(prefix));
  problems.push(...ruleProblems(rules));
  refuse("unmanaged", unmanagedProblem(unmanaged));
  refuse("maxDeletes", countProblem(maxDeletes));
  if (declared === UNKNOWN) return problems;
  if (!isObject(declared)) {
    refuse("files", "has to be an object: a key for each file, and what is declared of it");
    return problems;
  }
  const known = typeof prefix === "string" && prefix !== UNKNOWN && prefixProblem(prefix) === undefined;
  for (const [key, file] of Object.entries(declared))
    problems.push(...fileProblems(key, file, known ? prefix : undefined));
  problems.push(...duplicateProblems(declared));
  return problems;
}

/** The name of a file's field as a program has it. */
export function propertyOf(key: string, field?: string): string {
  const file = /^[A-Za-z_$][\w$]*$/.test(key) ? `files.${key}` : `files[${JSON.stringify(key)}]`;
  return field === undefined || field === "" ? file : `${file}.${field}`;
}

function fileProblems(key: string, file: unknown, prefix: string | undefined): Problem[] {
  if (file === UNKNOWN) return [];
  if (UNUSABLE_KEYS.includes(key)) {
    return [
      { property: propertyOf(key), reason: "is a key that can't be used: it is empty, or has a meaning of its own" },
    ];
  }
  if (!isObject(file)) return [{ property: propertyOf(key), reason: "has to be an object with the file's path" }];
  const { path, visibility, source } = file;
  const problems = inputProblems({ bucket: UNKNOWN, path, visibility, source }).map(({ property, reason }) => ({
    property: propertyOf(key, property),
    reason,
  }));
  for (const field of Object.keys(file)) {
    if (FIELDS.includes(field) || file[field] === undefined) continue;
    const reason =
      field === "deletionPolicy" || field === "bucket"
        ? `is set for the whole layout, beside "files"`
        : `is not a field of a file: these are ${FIELDS.join(", ")}`;
    problems.push({ property: propertyOf(key, field), reason });
  }
  if (
    prefix !== undefined &&
    typeof path === "string" &&
    pathProblem(path) === undefined &&
    path !== UNKNOWN &&
    !path.startsWith(folderOf(prefix))
  ) {
    const reason = `"${path}" is outside of this layout's prefix, "${prefix}"`;
    problems.push({ property: propertyOf(key, "path"), reason });
  }
  return problems;
}

function duplicateProblems(declared: Raw): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  for (const [key, file] of Object.entries(declared)) {
    const path = isObject(file) ? file.path : undefined;
    if (typeof path !== "string" || path === UNKNOWN) continue;
    const other = seen.get(path);
    if (other === undefined) seen.set(path, key);
    else {
      const reason = `"${path}" is declared twice: by ${propertyOf(other)} as well`;
      problems.push({ property: propertyOf(key, "path"), reason });
    }
  }
  return problems;
}

/**
 * Says which paths differ only in case, which not every store keeps apart.
 *
 * @param isHeld - whether a file is at a path already, whichever it is: where both are held, the store does keep them apart
 */
export function caseProblems(declared: FileLayoutInputs["declared"], isHeld: (path: string) => boolean): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  for (const [key, { path }] of Object.entries(declared)) {
    const folded = foldCase(path);
    const other = seen.get(folded);
    if (other === undefined) seen.set(folded, key);
    else if (!isHeld(path) || !isHeld(declared[other]?.path ?? "")) {
      const reason = `"${path}" differs only in case from "${declared[other]?.path ?? ""}" of ${propertyOf(other)}`;
      problems.push({ property: propertyOf(key, "path"), reason, code: "invalid_declaration" });
    }
  }
  return problems;
}

function prefixProblem(prefix: unknown): string | undefined {
  if (prefix === undefined || prefix === null || prefix === UNKNOWN || prefix === "") return undefined;
  if (typeof prefix !== "string") return 'must be a string: a folder of the bucket, such as "site/"';
  return pathProblem(prefix.replace(/\/$/, ""));
}

function ruleProblems(rules: unknown): Problem[] {
  if (rules === undefined || rules === null || rules === UNKNOWN) return [];
  if (!Array.isArray(rules)) return [{ property: "rules", reason: "has to be a list of { match, visibility }" }];
  return rules.flatMap((rule: unknown, index): Problem[] => {
    const property = `rules[${String(index)}]`;
    if (rule === UNKNOWN) return [];
    if (!isObject(rule)) return [{ property, reason: "has to be { match, visibility }" }];
    const { match, visibility } = rule;
    const problems: Problem[] = [];
    if (match !== UNKNOWN && (typeof match !== "string" || match === "")) {
      problems.push({ property: `${property}.match`, reason: 'must be a glob over full paths, such as "site/**"' });
    } else if (typeof match === "string" && match.startsWith("/")) {
      const reason = `"${match}" starts with a slash, and no path does: it would match nothing`;
      problems.push({ property: `${property}.match`, reason });
    }
    if (visibility !== UNKNOWN && visibility !== "PUBLIC" && visibility !== "PRIVATE") {
      const reason = `is ${visibility === undefined ? "missing" : JSON.stringify(visibility)}, and has to be "PUBLIC" or "PRIVATE"`;
      problems.push({ property: `${property}.visibility`, reason });
    }
    return problems;
  });
}

function unmanagedProblem(unmanaged: unknown): string | undefined {
  if (unmanaged === undefined || unmanaged === null || unmanaged === UNKNOWN) return undefined;
  if (typeof unmanaged === "string" && ["IGNORE", "REPORT", "FAIL", "DELETE"].includes(unmanaged)) return undefined;
  return `is ${JSON.stringify(unmanaged)}, and has to be "IGNORE", "REPORT", "FAIL" or "DELETE"`;
}

function countProblem(count: unknown): string | undefined {
  if (count === undefined || count === null || count === UNKNOWN) return undefined;
  return typeof count === "number" && Number.isInteger(count) && count >= 0
    ? undefined
    : "has to be a whole number, 0 or more";
}

function isObject(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A layout as far as it is known. */
export interface KnownLayout {
  readonly inputs: FileLayoutInputs;
  /** Whether every file and every setting is known; where not, nothing can be said of files that seem undeclared. */
  readonly complete: boolean;
  /** Every key, those included of which too little is known. */
  readonly keys: ReadonlySet<string>;
}

/** The layout with the files of which every value is known; `undefined` where not even the bucket is. */
export function knownLayout(inputs: Raw): KnownLayout | undefined {
  const { declared, ...settings } = inputs;
  if (settings.bucket === UNKNOWN || !isObject(declared)) return undefined;
  const files = Object.entries(declared).filter(([, file]) => !hasUnknown(file));
  const known = Object.fromEntries(Object.entries(settings).filter(([, value]) => !hasUnknown(value)));
  const complete =
    files.length === Object.keys(declared).length && Object.keys(known).length === Object.keys(settings).length;
  const keys = new Set(Object.keys(declared));
  return { keys, inputs: { ...known, declared: Object.fromEntries(files) } as unknown as FileLayoutInputs, complete };
}
