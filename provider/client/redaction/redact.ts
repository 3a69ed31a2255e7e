const MASK = "[redacted]";
const SHORTEST_SECRET = 6;
const MOST_TOKEN_FORMS = 256;

// Apart, as tokens come by the hundred and go, and keys are few and good for as long as the process lives.
const keys = new Set<string>();
const tokens = new Set<string>();

/** Makes sure that this exact key, and its usual encodings, never shows up in an error of this process. */
export function rememberKey(key: string): void {
  for (const form of formsOf(key)) keys.add(form);
}

/** Makes sure that this exact token, and its usual encodings, shows up in no error while it and those after it are in use. */
export function rememberToken(token: string): void {
  for (const form of formsOf(token)) {
    tokens.delete(form);
    tokens.add(form);
  }
  for (const oldest of tokens) {
    if (tokens.size <= MOST_TOKEN_FORMS) break;
    tokens.delete(oldest);
  }
}

function formsOf(secret: string): string[] {
  if (secret.length < SHORTEST_SECRET) return [];
  return [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64"),
    Buffer.from(secret).toString("base64url"),
  ];
}

/**
 * Takes out what must not be shown: API keys (`sk_...`), upload tokens (`token_...`), JWTs, bearer credentials, the query
 * and the user part of URLs, signatures also of what is only part of one, and every key that this process was given.
 */
export function redact(text: string): string {
  return redactCredentials(text)
    .replace(/\b(https?:\/\/[^\s?#"'<>]+)\?[^\s"'<>]*/gi, `$1?${MASK}`)
    .replace(/([?&][\w-]*(?:sig|signature|hmac|token|credential|secret|key)=)[^\s&"'<>]+/gi, `$1${MASK}`);
}

/** The same without looking at the queries of URLs, which may be harmless. */
export function redactCredentials(text: string): string {
  let safe = text;
  for (const secrets of [keys, tokens])
    for (const secret of secrets) if (safe.includes(secret)) safe = safe.replaceAll(secret, MASK);
  return safe
    .replace(/\b(https?:\/\/)[^\s/@"'<>]*@/gi, `$1${MASK}@`)
    .replace(/\bbearer\s+[A-Za-z0-9._~+/=-]{6,}/gi, `Bearer ${MASK}`)
    .replace(/(?<![A-Za-z0-9])(sk|token)_[A-Za-z0-9][A-Za-z0-9_-]{5,}(\.[A-Za-z0-9_-]{8,})*/gi, `$1_${MASK}`)
    .replace(/\beyJ[A-Za-z0-9_-]{5,}(\.[A-Za-z0-9_-]*){1,2}/g, MASK);
}
