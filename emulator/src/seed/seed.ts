import { readFileSync, statSync } from "node:fs";
import { DEFAULT_PLAN, type CheckedSeedBucket, type CheckedSeedFile } from "./checked-seed";
import { isStorable } from "../paths";
import { readSeedFolder } from "./folder";
import type { FileRow } from "../store/rows";
import { newFileId, type Store } from "../store/store";
import { UsageError } from "../usage-error";

/**
 * Reads a seed: the object, the path of a JSON file or of a folder, or nothing for one empty bucket.
 *
 * @throws UsageError that says in one line what is wrong with it.
 */
export function readSeed(given: unknown): readonly CheckedSeedBucket[] {
  if (given === undefined) return [{ name: "media", plan: DEFAULT_PLAN, files: [] }];
  if (typeof given !== "string") return checkSeed(given, "seed");
  const found = statSync(given, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`seed "${given}" does not exist`);
  if (found.isDirectory()) return readSeedFolder(given);
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(given, "utf8"));
  } catch (error) {
    const reason = (error as Error).message.replace(/\s+/g, " ");
    throw new UsageError(`seed "${given}" is not valid JSON: ${reason}`);
  }
  return checkSeed(parsed, `seed "${given}"`);
}

/** Stores what a seed says. */
export function applySeed(store: Store, seed: readonly CheckedSeedBucket[], now: number): void {
  store.transaction(() => {
    for (const bucket of seed) {
      store.buckets.put({ name: bucket.name, plan: bucket.plan, createdAt: now, bandwidth: 0 });
      for (const file of bucket.files) {
        insertFile(store, bucket.name, file, storeContent(store, file.content, `${bucket.name}/${file.path}`), now);
      }
    }
  });
}

/** Puts a file of a seed into a bucket, with its content as it was stored. */
export function insertFile(
  store: Store,
  bucket: string,
  file: CheckedSeedFile,
  content: ReturnType<typeof storeContent>,
  now: number,
): FileRow {
  return store.insert({
    ...content,
    id: file.id ?? newFileId(),
    bucket,
    path: file.path,
    label: null,
    visibility: file.visibility,
    metadata: JSON.stringify(file.metadata),
    urlVersion: 0,
    createdAt: now,
    updatedAt: now,
  });
}

/** Stores the content of a seed's file. */
export function storeContent(
  store: Store,
  content: CheckedSeedFile["content"],
  key: string,
): ReturnType<Store["content"]["keep"]> {
  if (Buffer.isBuffer(content)) return store.content.keep(content);
  return "source" in content ? store.content.adopt(content.source) : store.content.generate(key, content.size);
}

function checkSeed(given: unknown, where: string): readonly CheckedSeedBucket[] {
  const seed = requireObject(given, where, ["buckets"]);
  const ids = new Set<string>();
  return Object.entries(requireObject(seed["buckets"], `${where}: buckets`)).map(([name, value]) => {
    if (!isBucketName(name)) throw new UsageError(`${where}: "${name}" is not a valid bucket name`);
    const at = `${where}: bucket "${name}"`;
    const { plan = DEFAULT_PLAN, files = [] } = requireObject(value, at, ["plan", "files"]);
    if (typeof plan !== "string") throw new UsageError(`${at}: plan must be text`);
    if (!Array.isArray(files)) throw new UsageError(`${at}: files must be a list`);
    const paths = new Set<string>();
    const checked = files.map((file, index) => {
      const one = checkSeedFile(file, `${at}, file ${String(index + 1)}`);
      if (paths.has(one.path)) throw new UsageError(`${at}: two files at "${one.path}"`);
      if (one.id !== undefined && ids.has(one.id)) throw new UsageError(`${at}: two files with the id "${one.id}"`);
      paths.add(one.path);
      if (one.id !== undefined) ids.add(one.id);
      return one;
    });
    return { name, plan, files: checked };
  });
}

/** Checks one file of a seed. */
export function checkSeedFile(given: unknown, where: string): CheckedSeedFile {
  const file = requireObject(given, where, ["path", "visibility", "content", "size", "id", "metadata"]);
  const { path, visibility = "PUBLIC", content, size, id, metadata = {} } = file;
  if (!isKey(path)) throw new UsageError(`${where}: ${JSON.stringify(path ?? null)} is not a valid path`);
  const at = `${where} ("${path}")`;
  if (visibility !== "PUBLIC" && visibility !== "PRIVATE") {
    throw new UsageError(`${at}: visibility must be PUBLIC or PRIVATE`);
  }
  if (content !== undefined && typeof content !== "string") throw new UsageError(`${at}: content must be text`);
  if (size !== undefined && !(Number.isSafeInteger(size) && (size as number) >= 0)) {
    throw new UsageError(`${at}: size must be a count of bytes`);
  }
  if (content !== undefined && size !== undefined) throw new UsageError(`${at}: content and size exclude each other`);
  if (id !== undefined && !isKey(id)) throw new UsageError(`${at}: id must be text`);
  requireObject(metadata, `${at}: metadata`);
  return {
    path,
    visibility,
    content: size === undefined ? Buffer.from(content ?? "") : { size: size as number },
    id,
    metadata,
  };
}

/** Whether something may be a file's path or id, as the store may have it from anywhere: `other/`, `a//b`, `./x`. */
export function isKey(value: unknown): value is string {
  return typeof value === "string" && value !== "" && isStorable(value);
}

/** Whether a bucket may have a name. */
export function isBucketName(name: string): boolean {
  return isKey(name) && !name.includes("/");
}

function requireObject(value: unknown, where: string, fields?: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UsageError(`${where} must be an object`);
  }
  const unknown = fields && Object.keys(value).find((key) => !fields.includes(key));
  if (unknown !== undefined) throw new UsageError(`${where}: unknown field "${unknown}"`);
  return value as Record<string, unknown>;
}
