import { plain, undoEscapes, type Plain } from "./escapes";
import { redact, redactCredentials } from "./redact";

const SECRET_NAME =
  /(^|_)((api|access|private|secret|signing)_?key|secrets?|passw(or)?d|signature|credentials?|authorization|jwt|tokens?)$/;
const CURSOR = /(page|next|continuation)_token$/;
const SIGNED =
  /[?&~;#][\w.-]*(?:sig|signature|hmac|token|auth|jwt|hdnts|credentials?|secret|policy|(?:api|access)[-_]?key)=/i;

/**
 * What the service said, as it came, without what must not be kept: keys, tokens, and the signatures of URLs. A query that is no
 * signature stays.
 */
export function redactValues<Value>(value: Value): Value {
  return cleaned(value, 0) as Value;
}

const DEEPEST = 64;

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === "string") return safe(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEEPEST) return "[redacted]";
  if (Array.isArray(value)) return value.map((item) => cleaned(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      redactCredentials(name),
      isSecret(name, item) ? "[redacted]" : cleaned(item, depth + 1),
    ]),
  );
}

function isSecret(name: string, value: unknown): boolean {
  const folded = name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/-/g, "_")
    .toLowerCase();
  const holds = typeof value === "string" || (typeof value === "object" && value !== null);
  return holds && SECRET_NAME.test(folded) && !CURSOR.test(folded);
}

function safe(text: string): string {
  return isSigned(text) || redactCredentials(text) !== text ? redact(text) : text;
}

function isSigned(text: string): boolean {
  let layer: Plain | undefined = plain(text);
  for (let depth = 0; layer !== undefined && depth < 3; depth++) {
    if (SIGNED.test(layer.text)) return true;
    layer = undoEscapes(layer);
  }
  return false;
}
