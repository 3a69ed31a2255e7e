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
  if (isTooDeep(bare)) return { kind: "unreadable", reason: "nested too deep" };
  try {
    return { kind: "json", value: JSON.parse(bare) as unknown };
  } catch {
    return { kind: "text", text: bare };
  }
}

const DEEPEST = 200;

/** Whether brackets are nested deeper than any answer is: whoever walks through such a value runs out of stack. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x5b || code === 0x7b) {
      depth++;
      if (depth > DEEPEST) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

/** A JSON object, not an array and not null. */
export type JsonObject = Record<string, unknown>;

/** Whether the value is a JSON object. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
