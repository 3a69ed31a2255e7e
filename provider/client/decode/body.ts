/** What a response body turned out to be. */
export type Body =
  | { kind: "json"; value: unknown }
  | { kind: "empty" }
  | { kind: "html" }
  | { kind: "text"; text: string }
  | { kind: "unreadable"; reason: string };

/** Tells JSON from a page, from text, and from nothing. The declared content type is not believed. */
export function parseBody(text: string): Body {
  const bare = text.replace(/^\uFEFF/, "").trim();
  if (bare === "") return { kind: "empty" };
  if (bare.startsWith("<")) return { kind: "html" };
  try {
    return { kind: "json", value: JSON.parse(bare) as unknown };
  } catch {
    return { kind: "text", text: bare };
  }
}

/** A JSON object, not an array and not null. */
export type JsonObject = Record<string, unknown>;

/** Whether the value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
