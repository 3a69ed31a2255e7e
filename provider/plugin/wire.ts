import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Raw } from "../adapter/kinds";

/** The key by which the engine marks special values, and the mark of a secret. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Properties as the engine sends them, without marks, and which of them are secret, wholly or somewhere inside. */
export interface Received {
  readonly values: Raw;
  readonly secrets: ReadonlySet<string>;
}

/** Reads properties; what is missing has none. */
export function receive(struct: Struct | undefined): Received {
  const raw: Raw = struct === undefined ? {} : struct.toJavaScript();
  const secrets = new Set<string>();
  const values: Raw = {};
  for (const [name, value] of Object.entries(raw)) {
    values[name] = unmarked(value, () => secrets.add(name));
  }
  return { values, secrets };
}

function unmarked(value: unknown, found: () => void): unknown {
  if (Array.isArray(value)) return value.map((inner) => unmarked(inner, found));
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === SECRET) {
    found();
    return unmarked(value.value, found);
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unmarked(inner, found)]));
}

/** Writes properties, with those marked that are secret. What is undefined is left out. */
export function send(values: Raw, secrets: Iterable<string> = []): Struct {
  const marked = new Set(secrets);
  const entries = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, marked.has(name) && value !== null ? secret(value) : value]);
  // Inside, too, nothing may be undefined.
  const clean = JSON.parse(JSON.stringify(Object.fromEntries(entries))) as Record<string, JavaScriptValue>;
  return Struct.fromJavaScript(clean);
}

/** A value with the mark of a secret. */
export function secret(value: unknown): unknown {
  return { [SIGNATURE]: SECRET, value };
}

/** Whether a value is a secret, an asset, or another special value of the engine's: no plain object. */
export function isSpecial(value: unknown): boolean {
  return isObject(value) && SIGNATURE in value;
}

function isObject(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
