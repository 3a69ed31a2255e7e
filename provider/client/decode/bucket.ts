import type { BucketInfo } from "../types";
import { ALIASES, pick, pickWhere } from "./aliases";
import { isObject, type JsonObject } from "./body";
import { layersOf } from "./envelope";
import { badAnswer, lacks, type At } from "./problem";
import { countOf, textOf } from "./values";

// A bucket in an object of that name is wrapped, however its own name is written in there.
const NAMES = ALIASES.bucketName.filter((alias) => !alias.includes("."));

/** Reads one bucket; with `expected`, one of another name is an error. */
export function readBucket(value: unknown, at: At, expected?: string): BucketInfo {
  const layers = layersOf(value, (candidate) => nameOf(candidate) !== undefined).filter(isObject);
  const [object] = layers;
  const name = object === undefined ? undefined : nameOf(object);
  if (object === undefined || name === undefined) throw lacks(at, "bucket name", object ?? value, ALIASES.bucketName);
  if (expected !== undefined && name !== expected)
    throw badAnswer(at, `asked for bucket ${JSON.stringify(expected)}, the answer is about ${JSON.stringify(name)}.`);
  const bucket: BucketInfo = { name, details: value };
  const around = layers.flatMap((layer) => {
    const usage = pickWhere(layer, ALIASES.usage, isObject);
    return isObject(usage) ? [usage, layer] : [layer];
  });
  const usedBytes = countIn(around, ALIASES.usedBytes);
  const fileCount = countIn(around, ALIASES.fileCount);
  const plan = layers.map(planOf).find((word) => word !== undefined);
  if (usedBytes !== undefined) bucket.usedBytes = usedBytes;
  if (fileCount !== undefined) bucket.fileCount = fileCount;
  if (plan !== undefined) bucket.plan = plan;
  return bucket;
}

function nameOf(object: JsonObject): string | undefined {
  const name = pickWhere(object, NAMES, (value) => typeof value === "string" && value !== "");
  return typeof name === "string" ? name : undefined;
}

function countIn(objects: JsonObject[], aliases: readonly string[]): number | undefined {
  for (const object of objects) {
    const count = countOf(pickWhere(object, aliases, (value) => countOf(value) !== undefined));
    if (count !== undefined) return count;
  }
  return undefined;
}

function planOf(object: JsonObject): string | undefined {
  const plan = pick(object, ALIASES.plan);
  return isObject(plan) ? textOf(pick(plan, ["name", "id"])) : typeof plan === "string" ? textOf(plan) : undefined;
}
