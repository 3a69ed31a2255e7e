import type { BucketInfo } from "../types";
import { ALIASES, pick, pickWhere } from "./aliases";
import { isObject, type JsonObject } from "./body";
import { unwrap } from "./envelope";
import { badAnswer, lacks, type At } from "./problem";
import { countOf, textOf } from "./values";

/** Reads one bucket; with `expected`, one of another name is an error. */
export function readBucket(value: unknown, at: At, expected?: string): BucketInfo {
  const object = unwrap(value, (candidate) => nameOf(candidate) !== undefined);
  const name = isObject(object) ? nameOf(object) : undefined;
  if (!isObject(object) || name === undefined) throw lacks(at, "bucket name", object, ALIASES.bucketName);
  if (expected !== undefined && name !== expected)
    throw badAnswer(at, `asked for bucket ${JSON.stringify(expected)}, the answer is about ${JSON.stringify(name)}.`);
  const bucket: BucketInfo = { name, details: value };
  const usage = pickWhere(object, ALIASES.usage, isObject);
  const around = isObject(usage) ? [usage, object] : [object];
  const usedBytes = countIn(around, ALIASES.usedBytes);
  const fileCount = countIn(around, ALIASES.fileCount);
  const plan = planOf(object);
  if (usedBytes !== undefined) bucket.usedBytes = usedBytes;
  if (fileCount !== undefined) bucket.fileCount = fileCount;
  if (plan !== undefined) bucket.plan = plan;
  return bucket;
}

function nameOf(object: JsonObject): string | undefined {
  const name = pickWhere(object, ALIASES.bucketName, (value) => typeof value === "string" && value !== "");
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
