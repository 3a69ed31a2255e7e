import type { ArgumentKind, Dialect, DialectSwitch, dialects } from "./dialects";

/** For how long something is not yet seen: so many reads, or milliseconds by the emulator's clock. */
export type Lag = { readonly reads: number } | { readonly ms: number };

/** The lag of a value that names none. */
const DEFAULT_LAG: Lag = { reads: 2 };

const forms: Readonly<Record<ArgumentKind, { readonly pattern: RegExp; readonly about: string }>> = {
  lag: { pattern: /^\d{1,9}(ms)?$/, about: "a count of reads, or of milliseconds as in 500ms" },
  seed: { pattern: /^\d{1,9}$/, about: "a number" },
  buckets: { pattern: /^[^+/]+(\+[^+/]+)*$/, about: "names of buckets, joined by +" },
};

/** A value in two: its name, and its argument where it has one. */
export function splitValue(value: string): readonly [name: string, argument: string | undefined] {
  const colon = value.indexOf(":");
  return colon < 0 ? [value, undefined] : [value.slice(0, colon), value.slice(colon + 1)];
}

/** What is wrong with an argument, if anything. */
export function argumentProblem(kind: ArgumentKind, argument: string): string | undefined {
  return forms[kind].pattern.test(argument) ? undefined : forms[kind].about;
}

type Value<Name extends DialectSwitch> = (typeof dialects)[Name]["values"][number];

/** The value of a switch without its argument. */
export function valueOf<Name extends DialectSwitch>(dialect: Dialect, name: Name): Value<Name> {
  return splitValue(dialect[name])[0] as Value<Name>;
}

/** The lag that a switch asks for, where it has that value. */
export function lagOf<Name extends DialectSwitch>(dialect: Dialect, name: Name, value: Value<Name>): Lag | undefined {
  const [given, argument] = splitValue(dialect[name]);
  if (given !== value) return undefined;
  if (argument === undefined) return DEFAULT_LAG;
  const count = Number.parseInt(argument, 10);
  return argument.endsWith("ms") ? { ms: count } : { reads: count };
}

/** The argument of a switch, as it was written. */
export function argumentOf(dialect: Dialect, name: DialectSwitch): string | undefined {
  return splitValue(dialect[name])[1];
}
