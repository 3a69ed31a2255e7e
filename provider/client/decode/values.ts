import type { Visibility } from "../types";
import { ALIASES, pick, pickWhere } from "./aliases";
import type { JsonObject } from "./body";
import { badAnswer, type At } from "./problem";

/** A non-empty text, or a number as text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return undefined;
}

/** A count: a safe integer from 0, also as text. */
export function countOf(value: unknown): number | undefined {
  const number =
    typeof value === "string" && /^\s*\d+\s*$/.test(value) ? Number(value) : typeof value === "number" ? value : NaN;
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** The id, as text. A number too large to be exact is refused: it would name another file. */
export function readId(object: JsonObject, at: At): string | undefined {
  const value = pickWhere(
    object,
    ALIASES.id,
    (candidate) => typeof candidate === "string" || typeof candidate === "number",
  );
  if (typeof value === "number" && !Number.isSafeInteger(value))
    throw badAnswer(at, "an id is a number too large to be read exactly.");
  return textOf(value);
}

/** Bytes; absent is unknown, nonsense an error. */
export function readSize(object: JsonObject, at: At): number | undefined {
  const value = pick(object, ALIASES.size);
  if (value === undefined) return undefined;
  const size = countOf(value);
  if (size === undefined) throw badAnswer(at, `a file's size is not a number of bytes.`);
  return size;
}

/** Media type, lower case and without parameters. */
export function readContentType(object: JsonObject): string | undefined {
  const value = pickWhere(object, ALIASES.contentType, (word) => typeof word === "string" && word.includes("/"));
  if (typeof value !== "string") return undefined;
  return value.split(";", 1)[0]?.trim().toLowerCase();
}

/** An absolute http(s) address; anything else counts as absent. */
export function readUrl(object: JsonObject): string | undefined {
  const value = pickWhere(
    object,
    ALIASES.url,
    (candidate) => typeof candidate === "string" && /^https?:\/\/[^/]/i.test(candidate),
  );
  return typeof value === "string" && URL.canParse(value) ? value : undefined;
}

/** PUBLIC or PRIVATE however it is said; absent is unknown, another word an error. */
export function readVisibility(object: JsonObject, at: At): Visibility | undefined {
  const word = pickWhere(object, ALIASES.visibility, (candidate) => typeof candidate === "string" && candidate !== "");
  if (typeof word === "string") {
    const folded = word.trim().toLowerCase().replaceAll("_", "-");
    if (folded === "public" || folded.startsWith("public-")) return "PUBLIC";
    if (folded === "private" || folded === "authenticated" || folded.startsWith("hidden")) return "PRIVATE";
    throw badAnswer(
      at,
      `a file's visibility is ${JSON.stringify(word.slice(0, 60))}, which is neither PUBLIC nor PRIVATE.`,
    );
  }
  const isPublic = pick(object, ALIASES.public);
  if (typeof isPublic === "boolean") return isPublic ? "PUBLIC" : "PRIVATE";
  const isPrivate = pick(object, ALIASES.private);
  if (typeof isPrivate === "boolean") return isPrivate ? "PRIVATE" : "PUBLIC";
  return undefined;
}

/** A time in ISO 8601, from ISO or from seconds or milliseconds since the epoch. */
export function readTime(object: JsonObject, aliases: readonly string[]): string | undefined {
  const value = pick(object, aliases);
  const number =
    typeof value === "number" ? value : typeof value === "string" && /^\d+(\.\d+)?$/.test(value) ? Number(value) : NaN;
  const date = Number.isFinite(number)
    ? new Date(number < 1e11 ? number * 1000 : number)
    : typeof value === "string"
      ? new Date(value)
      : undefined;
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : undefined;
}
