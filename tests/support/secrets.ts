import { inspect } from "node:util";

const SHAPES: readonly [what: string, pattern: RegExp][] = [
  ["an API key", /(?<![A-Za-z0-9])sk_[A-Za-z0-9][A-Za-z0-9_-]{5,}/],
  ["an upload token", /(?<![A-Za-z0-9])token_[A-Za-z0-9][A-Za-z0-9_-]{11,}/],
  ["a JWT", /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+/],
  ["a bearer credential", /\bbearer\s+(?!\[redacted\])[A-Za-z0-9._~+/=-]{6,}/i],
  ["a signed URL", /[?&](x-)?(sig|signature|amz-signature|hmac)=(?!\[redacted\])[^&\s"']+/i],
];

/** Looks for keys, tokens and signed URLs in whatever a test gets hold of: by their shape, and those it was told of exactly. */
export class SecretsWatch {
  readonly #known = new Map<string, string>();
  #texts = 0;
  #characters = 0;

  /** Tells of secrets in use; their usual encodings are looked for too. */
  know(...secrets: readonly string[]): this {
    for (const secret of secrets) {
      this.#known.set(encodeURIComponent(secret), "a secret in use, encoded for a URL");
      for (const encoding of ["base64", "base64url", "hex"] as const)
        this.#known.set(Buffer.from(secret).toString(encoding), `a secret in use, in ${encoding}`);
      this.#known.set(secret, "a secret in use");
    }
    return this;
  }

  /** What was found: one line for each kind, without the secret itself. Anything that is no text is looked into deeply. */
  find(what: unknown): string[] {
    const text = typeof what === "string" ? what : inspect(what, INTO_EVERYTHING);
    this.#texts += 1;
    this.#characters += text.length;
    const found: string[] = [];
    const note = (kind: string, at: number): void => {
      found.push(`${kind}, after ${JSON.stringify(text.slice(Math.max(0, at - 60), at))}`);
    };
    for (const [secret, kind] of this.#known) if (text.includes(secret)) note(kind, text.indexOf(secret));
    for (const [kind, pattern] of SHAPES) {
      const match = pattern.exec(text);
      if (match) note(kind, match.index);
    }
    return found;
  }

  /** Fails the test where a secret shows. */
  expectNone(what: unknown): void {
    expect(this.find(what)).toEqual([]);
  }

  /** What was searched so far, for `figure`. */
  get searched(): string {
    return `${String(this.#texts)} texts with ${String(this.#characters)} characters searched`;
  }
}

const INTO_EVERYTHING = {
  depth: 20,
  showHidden: true,
  maxArrayLength: null,
  maxStringLength: null,
  breakLength: Infinity,
} as const;
