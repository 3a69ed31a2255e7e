import { isDeepStrictEqual } from "node:util";
import type { Raw } from "../adapter/kinds";
import { isSpecial } from "./wire";

/** What became of one property. */
export interface Detail {
  readonly kind: "ADD" | "UPDATE" | "DELETE";
  /** Whether old inputs are compared, and not what state found. */
  readonly inputs: boolean;
}

/**
 * What differs, by the paths of Pulumi, such as `files.hero.path`.
 *
 * @param olds - the inputs of the last update
 * @param news - those of the program
 * @param state - what was found since
 */
export function detailsOf(olds: Raw, news: Raw, state: Raw): Map<string, Detail> {
  const details = new Map<string, Detail>();
  for (const name of new Set([...Object.keys(olds), ...Object.keys(news)])) {
    if (name.startsWith("__")) continue;
    compare(name, olds[name], news[name], details);
    // What was changed outside, and is to be put back.
    const [found, wanted] = [state[name], news[name]];
    const isPlain = typeof found === "string" && typeof wanted === "string";
    if (isPlain && found !== wanted && !details.has(name)) details.set(name, { kind: "UPDATE", inputs: false });
  }
  return details;
}

function compare(path: string, old: unknown, now: unknown, details: Map<string, Detail>): void {
  if (isDeepStrictEqual(old, now)) return;
  if ((old ?? undefined) === undefined) details.set(path, { kind: "ADD", inputs: true });
  else if ((now ?? undefined) === undefined) details.set(path, { kind: "DELETE", inputs: true });
  else if (isPlain(old) && isPlain(now)) {
    for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
      compare(below(path, key), old[key], now[key], details);
    }
  } else details.set(path, { kind: "UPDATE", inputs: true });
}

function below(path: string, key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

/** An asset is compared as a whole: inside it there is nothing that a preview could show. */
function isPlain(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isSpecial(value);
}
