import { plain, undoEscapes, type Plain } from "./escapes";

const MASK = "[redacted]";
const SHORTEST_SECRET = 4;
const SHORTEST_PART = 12;
const MOST_TOKENS = 64;
const MOST_LAYERS = 3;

// Apart, as tokens come by the hundred and go, and keys are few and good for as long as the process lives.
const keys = new Set<string>();
const tokens = new Set<string>();

/** Makes sure that this exact key, however it is encoded, never shows up in what this process says or keeps. */
export function rememberKey(key: string): void {
  if (key.length >= SHORTEST_SECRET) keys.add(key);
}

/** Makes sure that this exact token, however it is encoded, shows up nowhere while it and those after it are in use. */
export function rememberToken(token: string): void {
  if (token.length < SHORTEST_SECRET) return;
  tokens.delete(token);
  tokens.add(token);
  for (const oldest of tokens) {
    if (tokens.size <= MOST_TOKENS) break;
    tokens.delete(oldest);
  }
}

/**
 * Takes out what must not be shown: every key that this process was given, in whatever encoding a server may echo it; API keys
 * (`sk_...`), upload tokens (`token_...`), JWTs, bearer credentials, the query and the user part of URLs, and signatures also of what
 * is only part of one.
 */
export function redact(text: string): string {
  return maskHidden(
    redactCredentials(text)
      .replace(/\b(https?:\/\/[^\s?#"'<>]+)\?[^\s"'<>]*/gi, `$1?${MASK}`)
      .replace(SIGNATURE, `$1${MASK}`),
    [SIGNATURE, ...CREDENTIALS],
  );
}

/** The same without looking at the queries of URLs, which may be harmless. */
export function redactCredentials(text: string): string {
  return maskHidden(
    maskKnown(text)
      .replace(/\b(https?:\/\/)[^\s/@"'<>]*@/gi, `$1${MASK}@`)
      .replace(
        /\b(bearer|basic)\s+(?!\[redacted\])[A-Za-z0-9._~+/=-]{6,}/gi,
        (_, scheme: string) => `${scheme} ${MASK}`,
      )
      .replace(/(?<![A-Za-z0-9])(sk|token)_[A-Za-z0-9][A-Za-z0-9_-]{5,}(\.[A-Za-z0-9_-]{8,})*/gi, `$1_${MASK}`)
      .replace(/\beyJ[A-Za-z0-9_-]{5,}(\.[A-Za-z0-9_-]*){1,2}/g, MASK),
    CREDENTIALS,
  );
}

/** A parameter that signs or carries a key, wherever in an address it stands. */
const SIGNATURE =
  /([?&;#~,\s][\w.-]*(?:sig|signature|hmac|token|credentials?|secret|password|jwt|key)=)(?!\[redacted\])[^\s&;#"'<>]+/gi;
const CREDENTIALS = [
  /\bbearer\s+[A-Za-z0-9._~+/=-]{6,}/gi,
  /(?<![A-Za-z0-9])(?:sk|token)_[A-Za-z0-9][A-Za-z0-9_-]{5,}/gi,
  /\beyJ[A-Za-z0-9_-]{5,}(?:\.[A-Za-z0-9_-]*){1,2}/g,
  /\bhttps?:\/\/[^\s/@"'<>]*@/gi,
];

type Range = [start: number, end: number];

/** The text in each layer of escapes: as it is, with one undone, and so on. */
function* layersOf(text: string): Generator<Plain> {
  let layer: Plain | undefined = plain(text);
  for (let depth = 0; layer !== undefined && depth <= MOST_LAYERS; depth++) {
    yield layer;
    if (!/[%\\&]/.test(layer.text)) return;
    layer = undoEscapes(layer);
  }
}

/** Masks what matches only once its escapes are undone. */
function maskHidden(text: string, patterns: readonly RegExp[]): string {
  const ranges: Range[] = [];
  let isFirst = true;
  for (const layer of layersOf(text)) {
    if (!isFirst)
      for (const pattern of patterns)
        for (const { index, 0: found } of layer.text.matchAll(pattern))
          if (!found.includes(MASK)) ranges.push(rangeIn(layer, index, index + found.length));
    isFirst = false;
  }
  return masked(text, ranges);
}

/** Masks every secret of this process. */
function maskKnown(text: string): string {
  const ranges: Range[] = [];
  for (const layer of layersOf(text)) {
    for (const [start, end] of foundIn(layer.text, 0)) ranges.push(rangeIn(layer, start, end));
  }
  return masked(text, ranges);
}

/** Where a secret is in a text: in clear, in whatever case, the most of it, or in a run that encodes it. */
function foundIn(text: string, depth: number): Range[] {
  const folded = lower(text);
  const ranges: Range[] = [];
  for (const secrets of [keys, tokens])
    for (const secret of secrets) ranges.push(...occurrences(folded, lower(secret)));
  if (depth >= MOST_LAYERS) return ranges;
  for (const { run, index, inner } of runsIn(text)) {
    // What was no encoding comes out as noise, in which few characters in a row can be printed.
    const words = inner.flatMap((said) => said.match(/[ -~]{6,}/g) ?? []);
    if (words.some((said) => isSecret(said, depth + 1))) ranges.push([index, index + run.length]);
  }
  return ranges;
}

function isSecret(text: string, depth: number): boolean {
  if (/(?<![a-z0-9])(?:sk|token)_[a-z0-9][a-z0-9_-]{5,}|\bbearer\s+[!-~]{6,}/i.test(text)) return true;
  for (const layer of layersOf(text)) if (foundIn(layer.text, depth).length > 0) return true;
  return false;
}

/** Lower case of what a key can hold: of other letters the length may change. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The whole secret, or as much of its beginning as can be no accident. */
function occurrences(text: string, secret: string): Range[] {
  const part = secret.slice(0, Math.max(SHORTEST_PART, Math.ceil(secret.length / 2)));
  const ranges: Range[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    let end = at + part.length;
    while (end - at < secret.length && text[end] === secret[end - at]) end++;
    ranges.push([at, end]);
  }
  return ranges;
}

const BASE64 = [/[A-Za-z0-9+/]{5,}={0,2}/g, /[A-Za-z0-9_-]{5,}={0,2}/g];
const HEX = [/[0-9a-f]{8,}/gi, /[0-9a-f]{2}(?:[\s:,-]{1,2}[0-9a-f]{2}){3,}/gi];

/** Runs of characters that may be base64 or hex, and what they say then, wherever in them the first group begins. */
function* runsIn(text: string): Generator<{ run: string; index: number; inner: string[] }> {
  for (const pattern of HEX)
    for (const { 0: run, index } of text.matchAll(pattern)) {
      const digits = run.replace(/[\s:,-]/g, "");
      yield { run, index, inner: [0, 1].map((skip) => Buffer.from(digits.slice(skip), "hex").toString("latin1")) };
    }
  for (const pattern of BASE64)
    for (const { 0: run, index } of text.matchAll(pattern))
      yield {
        run,
        index,
        inner: [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), "base64").toString("latin1")),
      };
}

function rangeIn(layer: Plain, start: number, end: number): Range {
  return [layer.start[start] ?? 0, layer.end[end - 1] ?? 0];
}

function masked(text: string, ranges: Range[]): string {
  if (ranges.length === 0) return text;
  ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let safe = "";
  let at = 0;
  for (const [start, end] of ranges) {
    if (start >= at) safe += text.slice(at, start) + MASK;
    at = Math.max(at, end);
  }
  return safe + text.slice(at);
}
