import { isDeepStrictEqual } from "node:util";
import { sameSource } from "../diff";
import { sourceFound, type Visibility } from "../managed-file";
import { readRecord, record } from "./recorded";
import { readRules } from "./rules";
import type { FileLayoutInputs, FileLayoutState, LayoutFileState } from "./types";
import { ownEntry } from "../own-entry";

/** The visibility that each declared file is to have: its own, or what the rules give to its path. */
export function wantedVisibility(
  inputs: Pick<FileLayoutInputs, "rules">,
): (file: { path: string; visibility?: Visibility }) => Visibility | undefined {
  const ruled = readRules(inputs.rules);
  return ({ path, visibility }) => visibility ?? ruled(path);
}

/**
 * The key that state has for each key of the program. A key that is new, and has path and source of one that left, is that one
 * under another name.
 */
export function stateKeys(state: FileLayoutState | undefined, inputs: FileLayoutInputs): Map<string, string> {
  const keys = new Map<string, string>();
  if (state === undefined) return keys;
  const left = new Map<string, string>();
  for (const [key, { path }] of Object.entries(state.files)) {
    if (Object.hasOwn(inputs.declared, key)) keys.set(key, key);
    else left.set(path, key);
  }
  for (const [key, { path, source }] of Object.entries(inputs.declared)) {
    const before = left.get(path);
    if (keys.has(key) || before === undefined) continue;
    const recorded = readRecord(ownEntry(state.__declared, before)).source;
    if (source !== undefined && !sameSource(recorded, source, state.bucket)) continue;
    keys.set(key, before);
    left.delete(path);
  }
  return keys;
}

const SETTINGS = ["bucket", "prefix", "rules", "unmanaged", "maxDeletes", "deletionPolicy"] as const;

/**
 * Whether the program asks for something else than state has, as far as that can be said without looking at the bucket: a
 * source that names a file to adopt may name the one that state has, in other words.
 */
export function changesState(state: FileLayoutState, inputs: FileLayoutInputs): boolean {
  if (SETTINGS.some((name) => !isDeepStrictEqual(state[name], inputs[name]))) return true;
  if ((state.__leaving ?? []).length > 0) return true;
  const declared = Object.entries(inputs.declared);
  if (declared.length !== Object.keys(state.files).length) return true;
  const visibilityOf = wantedVisibility(inputs);
  return declared.some(([key, file]) => {
    const held = ownEntry(state.files, key);
    if (held?.path !== file.path) return true;
    const { visibilityDeclared, source } = readRecord(ownEntry(state.__declared, key));
    if (visibilityDeclared !== (file.visibility !== undefined)) return true;
    const visibility = visibilityOf(file);
    if (visibility !== undefined && visibility !== held.visibility) return true;
    return file.source !== undefined && !("adopt" in file.source) && !sameSource(file.source, source, state.bucket);
  });
}

/** The inputs that would declare the files as state has them, with only what the program had set. */
export function inputsFound(state: FileLayoutState): FileLayoutInputs {
  const declared = Object.entries(state.files).map(([key, { path, visibility }]): [string, object] => {
    const { visibilityDeclared, source } = readRecord(ownEntry(state.__declared, key));
    return [
      key,
      defined({ path, visibility: visibilityDeclared ? visibility : undefined, source: sourceFound(source) }),
    ];
  });
  const { bucket, prefix, rules, unmanaged, maxDeletes, deletionPolicy, __declaration, __secret } = state;
  const settings = { bucket, prefix, rules, unmanaged, maxDeletes, deletionPolicy, __declaration, __secret };
  return { ...defined(settings), declared: Object.fromEntries(declared) } as unknown as FileLayoutInputs;
}

/** What state keeps of the declarations, by key. */
export function recordAll(inputs: FileLayoutInputs): Record<string, string> {
  const records = Object.entries(inputs.declared).map(([key, file]) => [key, record(file)] as const);
  return Object.fromEntries(records.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

/** Whether a file goes when its key, or its layout, goes. */
export function isDeletedWith(layout: { deletionPolicy?: string }, file: Pick<LayoutFileState, "origin">): boolean {
  return (layout.deletionPolicy ?? (file.origin === "adopted" ? "RETAIN" : "DELETE")) === "DELETE";
}

/** The same values, without those that are not there. */
export function defined<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;
}
