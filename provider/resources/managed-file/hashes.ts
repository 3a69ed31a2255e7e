import { isAsset, type Asset } from "../../model/managed-file";
import { digestOfContent, withContent } from "./content";

type Raw = Record<string, unknown>;

// The engine gives an asset with its hash, save where a policy has changed something of the resource after the check: then an asset
// comes without, in a diff even without its content, and could not be told from another.

/** The same inputs, every asset that has its content with its hash. */
export async function withHashes(inputs: Raw): Promise<Raw> {
  return (await hashed(inputs)) as Raw;
}

/**
 * The same inputs, every asset with the hash that it had when the inputs were checked.
 *
 * @param checked - `undefined` where they were not
 */
export function withHashesOf(inputs: Raw, checked: Raw | undefined): Raw {
  return (checked === undefined ? inputs : filled(inputs, checked)) as Raw;
}

/** Whether an asset is anywhere inside. */
export function holdsAsset(value: unknown): boolean {
  return isObject(value) && (isAsset(value) || Object.values(value).some(holdsAsset));
}

async function hashed(value: unknown): Promise<unknown> {
  if (!isObject(value) || !holdsAsset(value)) return value;
  if (isAsset(value)) return isBare(value) ? { ...value, hash: await withContent(value, digestOfContent) } : value;
  const entries = Object.entries(value).map(async ([key, inner]) => [key, await hashed(inner)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function filled(value: unknown, checked: unknown): unknown {
  if (!isObject(value) || !isObject(checked) || !holdsAsset(value)) return value;
  if (isAsset(value)) return { ...(isAsset(checked) ? { hash: checked.hash } : {}), ...value };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, checked[key])]));
}

/** Whether an asset has a content, and no hash. */
function isBare({ hash = "", text, path, uri }: Asset): boolean {
  return hash === "" && (text !== undefined || path !== undefined || uri !== undefined);
}

function isObject(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
