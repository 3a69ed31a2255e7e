import type { FileInfo } from "../types";
import { isMediasaurError } from "../errors";
import { ALIASES, fold, foldedKeys, keysSeen, pick, pickWhere } from "./aliases";
import { isObject, type JsonObject } from "./body";
import { unwrap } from "./envelope";
import { fullPath, type PathVotes, type RawPath } from "./path";
import { badAnswer, lacks, type At } from "./problem";
import { readContentType, readId, readSize, readTime, readUrl, readVisibility, textOf } from "./values";

/** What is known when a file is read. */
export interface FileContext {
  /** Where the answer came from. */
  at: At;
  /** The bucket that was asked about. */
  bucket?: string;
  /** What the session knows of how paths are written. */
  votes: PathVotes;
  /** A row of a listing, with a filter or of the whole bucket: a name alone may then be relative to the filter. */
  row?: "filtered" | "whole";
}

/** What a row or an answer can stand for. */
export type FileReading =
  | { kind: "file"; file: FileInfo }
  | { kind: "folder"; key: string }
  | { kind: "gone"; id?: string }
  /** A row that names a file and does not say where it is: its details will. */
  | { kind: "partial"; id: string }
  /** A row of a file that can't be worked with: it is no concern of any other. */
  | { kind: "odd"; id?: string; path?: string; reason: string };

const GONE_STATES = new Set(["deleted", "deletion pending", "deletion_pending", "trashed"]);
const BUSY_STATES = new Set(["uploading", "processing", "pending", "queued"]);

/** Reads the answer to a question about one file. */
export function readFileAnswer(value: unknown, context: FileContext): FileInfo | "gone" {
  const reading = readDetails(value, context);
  if (reading.kind === "odd") throw badAnswer(context.at, `the file ${reading.id ?? ""} ${reading.reason}.`);
  return reading.kind === "file" ? reading.file : "gone";
}

/** The same, where a file that can't be worked with is an answer too. */
export function readDetails(
  value: unknown,
  context: FileContext,
): Extract<FileReading, { kind: "file" | "gone" | "odd" }> {
  const object = unwrap(value);
  if (!isObject(object)) throw lacks(context.at, "file", value, ALIASES.id);
  learn(object, context);
  const reading = readObject(object, context);
  if (reading.kind === "folder") throw lacks(context.at, "file id", object, ALIASES.id);
  if (reading.kind === "partial") throw lacks(context.at, "file path", object, [...ALIASES.path, ...ALIASES.directory]);
  return reading;
}

/** Takes note of how a row writes its path. */
export function learnRow(row: unknown, context: FileContext): void {
  const object = unwrap(row);
  if (isObject(object)) learn(object, context);
}

function learn(object: JsonObject, context: FileContext): void {
  if (!isFolder(object)) context.votes.learn(rawPath(object, context));
}

/** Reads one row of a listing. Never throws: what is wrong with one row is no concern of the others. */
export function readRow(row: unknown, context: FileContext): FileReading {
  const object = unwrap(row);
  if (!isObject(object)) return { kind: "odd", reason: `has a row that is no object but ${keysSeen(object)}` };
  try {
    return readObject(object, context);
  } catch (error) {
    const found = fullPath(rawPath(object, context), context.votes);
    const reason = `has a row that can't be read: ${isMediasaurError(error) ? error.detail : "it is not understood"}`;
    return { kind: "odd", reason, ...(found && "path" in found ? { path: found.path } : {}) };
  }
}

function readObject(object: JsonObject, context: FileContext): FileReading {
  if (isFolder(object)) return { kind: "folder", key: `folder ${JSON.stringify(rawPath(object, context))}` };
  const id = readId(object, context.at);
  if (isGone(object)) return id === undefined ? { kind: "gone" } : { kind: "gone", id };
  if (id === undefined) throw lacks(context.at, "file id", object, ALIASES.id);
  const raw = rawPath(object, context);
  if (saysTooLittle(raw, context)) return { kind: "partial", id };
  const found = fullPath(raw, context.votes);
  if (found === undefined) return { kind: "partial", id };
  if ("refused" in found) return { kind: "odd", id, path: found.path, reason: found.refused };
  if (/^\.{0,2}$|\p{Surrogate}/u.test(id))
    return { kind: "odd", id, path: found.path, reason: "has an id that no address can hold" };
  return { kind: "file", file: assemble(object, id, found.path, context) };
}

function saysTooLittle(raw: RawPath, { row }: FileContext): boolean {
  if (row === undefined || raw.path !== undefined || raw.directory !== undefined) return false;
  return row === "filtered" || raw.name?.includes("/") !== true;
}

function assemble(object: JsonObject, id: string, path: string, context: FileContext): FileInfo {
  const { at } = context;
  const { name } = rawPath(object, context);
  // In a listing nonsense is as good as nothing: the file's own answer tells it to whoever needs it.
  const lenient = <T>(read: () => T): T | undefined => (context.row === undefined ? read() : attempt(read));
  const slash = path.lastIndexOf("/");
  const file: FileInfo = {
    id,
    path,
    name: path.slice(slash + 1),
    directory: path.slice(0, Math.max(slash, 0)),
    busy: isBusy(object),
  };
  const bucket = readBucketOf(object) ?? context.bucket;
  const metadata = pick(object, ALIASES.metadata);
  const known = {
    bucket,
    label: name === undefined || name === "" || name.includes("/") || name === path.slice(slash + 1) ? undefined : name,
    visibility: lenient(() => readVisibility(object, at)),
    url: readUrl(object),
    size: lenient(() => readSize(object, at)),
    contentType: readContentType(object),
    createdAt: readTime(object, ALIASES.createdAt),
    updatedAt: readTime(object, ALIASES.updatedAt),
    metadata: isObject(metadata) ? metadata : undefined,
  };
  return Object.assign(file, Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)));
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The bucket that an object names. A bucket's id is opaque and no name. */
function readBucketOf(object: JsonObject): string | undefined {
  const value = pickWhere(object, ALIASES.bucket, (candidate) => typeof candidate === "string" && candidate !== "");
  return typeof value === "string" ? value : undefined;
}

function rawPath(object: JsonObject, context: FileContext): RawPath {
  const string = (aliases: readonly string[]): string | undefined => {
    const value = pickWhere(object, aliases, (candidate) => typeof candidate === "string");
    return typeof value === "string" ? value : undefined;
  };
  const objectName = foldedKeys(object).get(fold("object_name"));
  const path =
    string(ALIASES.path) ?? (typeof objectName === "string" && objectName.includes("/") ? objectName : undefined);
  const id = textOf(pick(object, ALIASES.id));
  const name = string(ALIASES.name);
  const known = {
    id,
    path,
    directory: string(ALIASES.directory),
    name,
    url: readUrl(object),
    bucket: context.bucket ?? readBucketOf(object),
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}

function isFolder(object: JsonObject): boolean {
  const said = pick(object, ALIASES.folder) === true || isWord(object, "type", new Set(["folder", "directory"]));
  if (said) return true;
  return (
    pick(object, ALIASES.id) === undefined &&
    pick(object, ALIASES.size) === undefined &&
    pick(object, ALIASES.url) === undefined &&
    named(object)
  );
}

function named(object: JsonObject): boolean {
  return pick(object, [...ALIASES.name, ...ALIASES.path, ...ALIASES.directory, "prefix"]) !== undefined;
}

function isGone(object: JsonObject): boolean {
  const at = pickWhere(
    object,
    ALIASES.goneAt,
    (value) => value !== null && value !== false && value !== "" && value !== 0,
  );
  if (at !== undefined) return true;
  if (pickWhere(object, ALIASES.gone, (value) => value === true) !== undefined) return true;
  return isWord(object, "status", GONE_STATES);
}

function isBusy(object: JsonObject): boolean {
  return isWord(object, "status", BUSY_STATES) || pick(object, ALIASES.ready) === false;
}

function isWord(object: JsonObject, key: string, words: ReadonlySet<string>): boolean {
  const value = pick(object, key === "status" ? ALIASES.status : [key]);
  return typeof value === "string" && words.has(value.trim().toLowerCase());
}
