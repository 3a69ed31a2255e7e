import { readFileSync } from "node:fs";
import { dialects, type Dialect } from "./dialects";
import { UsageError } from "./usage-error";

const definitions = dialects as Readonly<
  Record<string, { readonly values: readonly string[]; readonly pending?: readonly string[] }>
>;

/** The dialect in which every switch has its first value. */
export const defaultDialect = Object.fromEntries(
  Object.entries(definitions).map(([name, { values }]) => [name, values[0]]),
) as unknown as Dialect;

/**
 * A dialect with some switches changed.
 *
 * @throws UsageError for a switch or a value that is unknown, or not built yet.
 */
export function withSwitches(dialect: Dialect, changes: unknown): Dialect {
  if (typeof changes !== "object" || changes === null || Array.isArray(changes)) {
    throw new UsageError("a dialect is an object of switches and their values");
  }
  const checked = Object.entries(changes as Record<string, unknown>).map(([name, given]) => {
    const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    if (definition === undefined) throw new UsageError(`unknown dialect switch "${name}"`);
    const value = String(given);
    if (!definition.values.includes(value)) {
      throw new UsageError(`dialect switch "${name}" has no value "${value}": ${definition.values.join(", ")}`);
    }
    if (definition.pending?.includes(value) === true) {
      throw new UsageError(`dialect switch "${name}": the value "${value}" is not implemented`);
    }
    return [name, value];
  });
  return { ...dialect, ...(Object.fromEntries(checked) as Partial<Dialect>) };
}

/** Reads `k=v,k=v`. */
export function parseSwitches(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(",")
      .map((pair) => pair.trim())
      .filter((pair) => pair !== "")
      .map((pair) => {
        const equals = pair.indexOf("=");
        if (equals < 1) throw new UsageError(`"${pair}" is not of the form switch=value`);
        return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()] as const;
      }),
  );
}

/** Reads a dialect given as an object, as `k=v,k=v`, or as the path of a JSON file. */
export function readDialect(given: unknown): Dialect {
  if (given === undefined) return defaultDialect;
  if (typeof given !== "string") return withSwitches(defaultDialect, given);
  if (given === "" || given.includes("=")) return withSwitches(defaultDialect, parseSwitches(given));
  let text: string;
  try {
    text = readFileSync(given, "utf8");
  } catch {
    throw new UsageError(`dialect "${given}" is neither switch=value nor a file that can be read`);
  }
  try {
    return withSwitches(defaultDialect, JSON.parse(text));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`dialect file "${given}" is not valid JSON`);
  }
}
