import { readFileSync } from "node:fs";
import { argumentProblem, splitValue } from "./arguments";
import { dialects, type Dialect, type SwitchDefinition } from "./dialects";
import type { Preset } from "./preset";
import { presets } from "./presets";
import { UsageError } from "../usage-error";

const definitions: Readonly<Record<string, SwitchDefinition>> = dialects;
const profiles: Readonly<Record<string, Preset>> = presets;

/** The dialect in which every switch has its first value. */
const defaultDialect = Object.fromEntries(
  Object.entries(definitions).map(([name, { values }]) => [name, values[0]]),
) as unknown as Dialect;

/**
 * A dialect with some switches changed; with a `preset`, the whole profile of that name, and the switches on top of it.
 *
 * @throws UsageError for a preset, a switch or a value that is unknown.
 */
export function withSwitches(dialect: Dialect, changes: unknown): Dialect {
  if (typeof changes !== "object" || changes === null || Array.isArray(changes)) {
    throw new UsageError("a dialect is an object of switches and their values");
  }
  const { preset, ...switches } = changes as Record<string, unknown>;
  const base = preset === undefined ? dialect : { ...defaultDialect, ...profileOf(preset).switches };
  const checked = Object.entries(switches).map(([name, given]) => [name, checkedValue(name, String(given))]);
  return { ...base, ...(Object.fromEntries(checked) as Partial<Dialect>) };
}

const unusual = new WeakMap<Dialect, Readonly<Record<string, string>>>();

/** The switches of a dialect that are not at their default. */
export function unusualSwitches(dialect: Dialect): Readonly<Record<string, string>> {
  const known = unusual.get(dialect);
  if (known !== undefined) return known;
  const found = Object.fromEntries(
    Object.entries(dialect).filter(([name, value]) => defaultDialect[name as keyof Dialect] !== value),
  );
  unusual.set(dialect, found);
  return found;
}

/** Reads `preset`, `k=v,k=v` or `preset,k=v`. */
export function parseSwitches(text: string): Record<string, string> {
  const parts = text.split(",").map((part) => part.trim());
  const preset = Object.hasOwn(profiles, parts[0] ?? "") ? { preset: parts.shift() ?? "" } : {};
  return {
    ...preset,
    ...Object.fromEntries(
      parts
        .filter((pair) => pair !== "")
        .map((pair) => {
          const equals = pair.indexOf("=");
          if (equals < 1) throw new UsageError(`"${pair}" is not of the form switch=value`);
          return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()] as const;
        }),
    ),
  };
}

/** Reads a dialect given as an object, as a preset's name and `k=v,k=v`, or as the path of a JSON file. */
export function readDialect(given: unknown): Dialect {
  if (given === undefined) return defaultDialect;
  if (typeof given !== "string") return withSwitches(defaultDialect, given);
  if (given === "" || given.includes("=") || Object.hasOwn(profiles, given.trim())) {
    return withSwitches(defaultDialect, parseSwitches(given));
  }
  let text: string;
  try {
    text = readFileSync(given, "utf8");
  } catch {
    throw new UsageError(`dialect "${given}" is neither switch=value nor a file that can be read, nor a preset`);
  }
  try {
    return withSwitches(defaultDialect, JSON.parse(text));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`dialect file "${given}" is not valid JSON`);
  }
}

function profileOf(name: unknown): Preset {
  const profile = typeof name === "string" && Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile !== undefined) return profile;
  throw new UsageError(`unknown preset ${JSON.stringify(name)}: ${Object.keys(profiles).join(", ")}`);
}

function checkedValue(name: string, given: string): string {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (definition === undefined) throw new UsageError(`unknown dialect switch "${name}"`);
  if (definition.values.includes(given)) return given;
  const [value, argument] = splitValue(given);
  if (!definition.values.includes(value)) {
    throw new UsageError(`dialect switch "${name}" has no value "${given}": ${definition.values.join(", ")}`);
  }
  const kind = definition.takes?.[value];
  if (kind === undefined) throw new UsageError(`dialect switch "${name}": the value "${value}" takes no argument`);
  const problem = argumentProblem(kind, argument ?? "");
  if (problem === undefined) return given;
  throw new UsageError(`dialect switch "${name}": the argument of "${value}" is ${problem}, not "${argument ?? ""}"`);
}
