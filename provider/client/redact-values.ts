import { redact } from "./redact";

const SECRET_NAME = /(^|[_-])(api[_-]?key|secret|token|password|signature)$/i;
const SIGNED = /[?&][\w-]*(?:sig|signature|hmac|token|credential|secret|key|policy)=/i;
const QUERY = /\?[^\s"'<>]*/g;

/**
 * What the service said, as it came, without what must not be kept: keys, tokens, and the signatures of URLs. A query that is no
 * signature stays.
 */
export function redactValues<Value>(value: Value): Value {
  return cleaned(value) as Value;
}

function cleaned(value: unknown, name = ""): unknown {
  if (typeof value === "string") return SECRET_NAME.test(name) ? "[redacted]" : safe(value);
  if (Array.isArray(value)) return value.map((item) => cleaned(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cleaned(item, key)]));
}

function safe(text: string): string {
  const bare = text.replace(QUERY, "");
  return SIGNED.test(text) || redact(bare) !== bare ? redact(text) : text;
}
