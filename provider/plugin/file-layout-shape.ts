import type { Raw } from "../adapter/kinds";
import { layoutProblems, readRules, type VisibilityRule } from "../model/file-layout";
import { hasUnknown, UNKNOWN } from "../model/unknown";
import type { Shape } from "./shape";

/** Hidden, beside what `resources` keeps: the rules as the program has them. */
const SETTINGS = ["rules", "unmanaged"] as const;

/**
 * The FileLayout of the schema. Where no SDK of this package runs, nobody can tell what else a program declares, so that a file which
 * seems undeclared may be another declaration's: rules hold for declared files only, and what is undeclared is told, never touched.
 */
export const fileLayoutShape: Shape = {
  inputs: ["bucket", "files", "prefix", "rules", "unmanaged", "maxDeletes", "deletionPolicy"],
  follows: {
    bucket: ["bucket", "files"],
    files: ["files", "summary"],
    prefix: ["prefix", "files", "unmanagedFiles", "summary"],
    rules: ["rules"],
  },

  refusals({ unmanaged, rules }) {
    const problems = layoutProblems({ bucket: UNKNOWN, declared: UNKNOWN, rules });
    if (unmanaged !== "DELETE") return problems;
    const reason =
      "DELETE is for programs in TypeScript with the dynamic FileLayout, which knows what else the program declares. Use REPORT, and " +
      "delete what unmanagedFiles names";
    return [...problems, { property: "unmanaged", reason }];
  },

  inward(inputs) {
    const { files, rules, unmanaged, ...others } = inputs;
    const report = rules === undefined || rules === null || unmanaged !== undefined ? unmanaged : "REPORT";
    const known = { ...others, ...(report === undefined ? {} : { unmanaged: report }) };
    return isObject(files) ? { ...known, declared: ruled(files, rules) } : { ...known, declared: files };
  },

  outward(state, news) {
    const settings = Object.fromEntries(SETTINGS.map((name) => [name, news[name]]));
    return { ...state, ...settings };
  },

  stateInward(outputs) {
    const { rules, unmanaged, ...others } = outputs;
    const report = rules === undefined || rules === null || unmanaged !== undefined ? unmanaged : "REPORT";
    return { ...others, ...(report === undefined ? {} : { unmanaged: report }) };
  },

  found(inputs, before) {
    const { declared, ...others } = inputs;
    const settings = Object.fromEntries(SETTINGS.map((name) => [name, before[name]]));
    return { ...others, ...settings, files: isObject(declared) ? asWritten(declared, before) : declared };
  },

  isState: ({ files, summary }) => files !== undefined && summary !== undefined,

  preview: (news) => {
    const { files: _files, ...settings } = news;
    return { ...settings, files: UNKNOWN, unmanagedFiles: UNKNOWN, summary: UNKNOWN };
  },
};

/** The files, each with the visibility that the rules give it where it has none of its own. */
function ruled(files: Raw, rules: unknown): Raw {
  if (!Array.isArray(rules) || rules.length === 0) return files;
  const isUnknown = hasUnknown(rules);
  const ruleOf = isUnknown || !rules.every(isRule) ? undefined : readRules(rules);
  const entries = Object.entries(files).map(([key, file]) => {
    if (!isObject(file) || (file.visibility ?? null) !== null) return [key, file] as const;
    if (isUnknown || file.path === UNKNOWN) return [key, { ...file, visibility: UNKNOWN }] as const;
    const visibility = typeof file.path === "string" ? ruleOf?.(file.path) : undefined;
    return [key, visibility === undefined ? file : { ...file, visibility }] as const;
  });
  return Object.fromEntries(entries);
}

/** Without the visibility of files that the program leaves to the rules, as long as they are as the rules have them. */
function asWritten(declared: Raw, before: Raw): Raw {
  const written = isObject(before.files) ? before.files : undefined;
  if (written === undefined) return declared;
  const meant = ruled(written, before.rules);
  const entries = Object.entries(declared).map(([key, file]) => {
    const own = written[key];
    const ruledFile = meant[key];
    if (!isObject(file) || !isObject(own) || !isObject(ruledFile) || own.visibility !== undefined)
      return [key, file] as const;
    if (file.visibility !== ruledFile.visibility) return [key, file] as const;
    const { visibility: _ruled, ...others } = file;
    return [key, others] as const;
  });
  return Object.fromEntries(entries);
}

function isRule(rule: unknown): rule is VisibilityRule {
  return (
    isObject(rule) && typeof rule.match === "string" && (rule.visibility === "PUBLIC" || rule.visibility === "PRIVATE")
  );
}

function isObject(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
