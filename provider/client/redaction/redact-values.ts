import { redact, redactCredentials } from "./redact";

const SECRET_NAME =
  /(^|_)((api|access|private|secret|signing)_?key|secrets?|passw(or)?d|signature|credentials?|authorization|jwt|tokens?)$/;
const CURSOR = /(page|next|continuation)_token$/;
const SIGNED =
  /[?&~][\w-]*(?:sig|signature|hmac|token|auth|jwt|hdnts|credentials?|secret|policy|(?:api|access)[-_]?key)=/i;

/**
 * What the service said, as it came, without what must not be kept: keys, tokens, and the signatures of URLs. A query that is no
 * signature stays.
 */
export function redactValues<Value>(value: Value): Value {
  return cleaned(value) as Value;
}

function cleaned(value: unknown): unknown {
  if (typeof value === "string") return safe(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isSecret(name, item) ? "[redacted]" : cleaned(item)]),
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
  return SIGNED.test(text) || redactCredentials(text) !== text ? redact(text) : text;
}
