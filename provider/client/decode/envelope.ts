import { ALIASES, ENVELOPES, fold, foldedKeys, pickWhere } from "./aliases";
import { isObject, type JsonObject } from "./body";

const ENTITY = [...ALIASES.id, ...ALIASES.path, ...ALIASES.directory, ...ALIASES.url];
const MOST_WRAPPERS = 2;

/** Whether the object speaks of an entity itself, and so is no wrapper: an object under one of the names is no such word. */
export function isEntity(object: JsonObject): boolean {
  return pickWhere(object, ENTITY, isPlain) !== undefined;
}

/** A value that is not made of others. */
export function isPlain(value: unknown): boolean {
  return typeof value === "string" || typeof value === "number";
}

/**
 * Takes at most two wrappers off a single object. A one-element array stands for its element.
 * `isWhole` tells what is no wrapper.
 */
export function unwrap(value: unknown, isWhole: (object: JsonObject) => boolean = isEntity): unknown {
  return layersOf(value, isWhole)[0];
}

/** What `unwrap` gives, and then whatever was around it, from the inside out: a wrapper may say more of what is in it. */
export function layersOf(value: unknown, isWhole: (object: JsonObject) => boolean = isEntity): unknown[] {
  return descend(single(value), isWhole, MOST_WRAPPERS) ?? outermost(single(value));
}

function descend(value: unknown, isWhole: (object: JsonObject) => boolean, depth: number): unknown[] | undefined {
  if (!isObject(value)) return undefined;
  if (isWhole(value)) return [value];
  if (depth === 0) return undefined;
  for (const inner of wrappedIn(value)) {
    const layers = descend(inner, isWhole, depth - 1);
    if (layers !== undefined) return [...layers, value];
  }
  return undefined;
}

/** Nothing in it is whole: what looks most like the thing, for the error that tells its keys. */
function outermost(value: unknown): unknown[] {
  let inner = value;
  for (let depth = 0; depth < MOST_WRAPPERS && isObject(inner); depth++) {
    const [next] = wrappedIn(inner);
    if (next === undefined) break;
    inner = next;
  }
  return [inner];
}

/** The objects that an object may be a wrapper of, the likeliest first. */
export function wrappedIn(object: JsonObject, more: readonly string[] = []): JsonObject[] {
  const folded = foldedKeys(object);
  return [...ENVELOPES, ...more].map((key) => single(folded.get(fold(key)))).filter(isObject);
}

function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value;
}
