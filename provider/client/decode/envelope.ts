import { ALIASES, ENVELOPES, fold, foldedKeys, pick } from "./aliases";
import { isObject, type JsonObject } from "./body";

const ENTITY = [...ALIASES.id, ...ALIASES.path, ...ALIASES.directory, ...ALIASES.url];

/** Whether the object speaks of an entity itself, and so is no wrapper. */
export function isEntity(object: JsonObject): boolean {
  return pick(object, ENTITY) !== undefined;
}

/**
 * Takes at most two wrappers off a single object. A one-element array stands for its element.
 * `isWhole` tells what is no wrapper.
 */
export function unwrap(value: unknown, isWhole: (object: JsonObject) => boolean = isEntity): unknown {
  let inner = single(value);
  for (let depth = 0; depth < 2; depth++) {
    if (!isObject(inner) || isWhole(inner)) return inner;
    const folded = foldedKeys(inner);
    const wrapped = ENVELOPES.map((key) => single(folded.get(fold(key)))).find(isObject);
    if (!wrapped) return inner;
    inner = wrapped;
  }
  return inner;
}

function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value;
}
