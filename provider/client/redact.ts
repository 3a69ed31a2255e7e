const MASK = "[redacted]";
const SHORTEST_SECRET = 6;
const MOST_SECRETS = 256;

const secrets = new Set<string>();

/** Makes sure that this exact text, and its usual encodings, never shows up in an error of this process. */
export function rememberSecret(secret: string): void {
  if (secret.length < SHORTEST_SECRET) return;
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64"),
    Buffer.from(secret).toString("base64url"),
  ];
  for (const form of forms) {
    secrets.delete(form);
    secrets.add(form);
  }
  for (const oldest of secrets) {
    if (secrets.size <= MOST_SECRETS) break;
    secrets.delete(oldest);
  }
}

/**
 * Takes out what must not be shown: API keys (`sk_...`), upload tokens (`token_...`), JWTs, bearer credentials, the query
 * and the user part of URLs, signatures also of what is only part of one, and every key that this process was given.
 */
export function redact(text: string): string {
  let safe = text;
  for (const secret of secrets) if (safe.includes(secret)) safe = safe.replaceAll(secret, MASK);
  return safe
    .replace(/\b(https?:\/\/)[^\s/@"'<>]*@/gi, `$1${MASK}@`)
    .replace(/\b(https?:\/\/[^\s?#"'<>]+)\?[^\s"'<>]*/gi, `$1?${MASK}`)
    .replace(/([?&][\w-]*(?:sig|signature|hmac|token|credential|secret|key)=)[^\s&"'<>]+/gi, `$1${MASK}`)
    .replace(/\bbearer\s+[A-Za-z0-9._~+/=-]{6,}/gi, `Bearer ${MASK}`)
    .replace(/(?<![A-Za-z0-9])(sk|token)_[A-Za-z0-9][A-Za-z0-9_-]{5,}(\.[A-Za-z0-9_-]{8,})*/gi, `$1_${MASK}`)
    .replace(/\beyJ[A-Za-z0-9_-]{5,}(\.[A-Za-z0-9_-]*){1,2}/g, MASK);
}
