/** How many characters of a request's body the journal keeps. */
const LARGEST = 64 * 1024;
const LARGEST_TEXT = 4096;
const DEEPEST = 40;

const keyLike = /(?:sk_|token_|eyJ)[A-Za-z0-9_.-]*$/;

/** Text in which nothing that looks like a key, a token or a signature is left. */
export function redactText(text: string): string {
  return text
    .replace(/\bsk_[A-Za-z0-9_-]+/g, "sk_[redacted]")
    .replace(/\btoken_[A-Za-z0-9_.-]{20,}/g, "token_[redacted]")
    .replace(/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g, "[redacted]")
    .replace(/([?&]signature=)[^&\s"'#]+/gi, "$1[redacted]");
}

/**
 * A copy of a body as the journal keeps it: without keys, tokens and signatures, and cut where it is long, which it then says.
 * What is cut off is not looked at, so that a body of any size takes little time and space.
 */
export function cutBody(value: unknown, largest = LARGEST): unknown {
  let left = largest;
  const text = (given: string): string => {
    left -= Math.min(given.length, LARGEST_TEXT);
    if (given.length <= LARGEST_TEXT) return redactText(given);
    // A key that is cut in the middle would not be known for one.
    const kept = redactText(given.slice(0, LARGEST_TEXT)).replace(keyLike, "[redacted]");
    return `${kept}… (${String(given.length)} characters)`;
  };
  const walk = (given: unknown, depth: number): unknown => {
    left -= 8;
    if (typeof given === "string") return text(given);
    if (typeof given !== "object" || given === null) return given;
    if (Buffer.isBuffer(given)) return `(${String(given.length)} bytes)`;
    if (depth === DEEPEST) return "…";
    if (Array.isArray(given)) {
      const kept: unknown[] = [];
      for (const item of given) {
        if (left <= 0) return [...kept, `… ${String(given.length - kept.length)} more`];
        kept.push(walk(item, depth + 1));
      }
      return kept;
    }
    const kept: [string, unknown][] = [];
    for (const [key, field] of Object.entries(given)) {
      if (left <= 0) {
        kept.push(["…", `${String(Object.keys(given).length - kept.length)} more`]);
        break;
      }
      kept.push([text(key), /^signature$/i.test(key) ? "[redacted]" : walk(field, depth + 1)]);
    }
    return Object.fromEntries(kept);
  };
  return walk(value, 0);
}

/** About how many bytes a value takes in memory. */
export function weightOf(value: unknown): number {
  if (typeof value === "string") return 2 * value.length + 24;
  if (typeof value !== "object" || value === null) return 8;
  let weight = 48;
  for (const [key, field] of Object.entries(value)) weight += 2 * key.length + 16 + weightOf(field);
  return weight;
}
