import fc from "fast-check";
import { MediasaurError } from "../../provider/client";
import { redact, rememberKey } from "../../provider/client/redaction/redact";
import { redactValues } from "../../provider/client/redaction/redact-values";
import { safeUrl } from "../../provider/client/redaction/safe-url";

const RUNS = { numRuns: 300, seed: 20_261_125 };

/** A key of any characters that a header can hold. */
const key = fc
  .string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 12,
    maxLength: 48,
  })
  .filter((text) => new Set(text).size > 6);

const each = (text: string, form: (code: number) => string): string =>
  Array.from(text, (letter) => form(letter.charCodeAt(0))).join("");
const hex = (code: number, width = 2): string => code.toString(16).padStart(width, "0");

/** How servers write what they were sent. */
const ENCODINGS: Record<string, (text: string) => string> = {
  asIs: (text) => text,
  percent: encodeURIComponent,
  percentEach: (text) => each(text, (code) => `%${hex(code).toUpperCase()}`),
  percentLower: (text) => each(text, (code) => `%${hex(code)}`),
  json: (text) => JSON.stringify(text).slice(1, -1),
  unicode: (text) => each(text, (code) => `\\u${hex(code, 4)}`),
  unicodeUpper: (text) => each(text, (code) => `\\u${hex(code, 4).toUpperCase()}`),
  hexEscape: (text) => each(text, (code) => `\\x${hex(code)}`),
  entity: (text) => each(text, (code) => `&#${String(code)};`),
  entityHex: (text) => each(text, (code) => `&#x${hex(code)};`),
  html: (text) =>
    text.replace(
      /[&<>"']/g,
      (letter) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[letter] ?? "&#39;",
    ),
  base64: (text) => Buffer.from(text).toString("base64"),
  base64url: (text) => Buffer.from(text).toString("base64url"),
  base64Bearer: (text) => Buffer.from(`Bearer ${text}`).toString("base64"),
  base64User: (text) => Buffer.from(`user:${text}`).toString("base64"),
  base64Around: (text) => Buffer.from(`{"k":"${text}","z":1}`).toString("base64"),
  hex: (text) => Buffer.from(text).toString("hex"),
  hexUpper: (text) => Buffer.from(text).toString("hex").toUpperCase(),
  hexColons: (text) => each(text, (code) => `${hex(code)}:`).slice(0, -1),
  upperCase: (text) => text.toUpperCase(),
};
const PLACES: ((text: string) => string)[] = [
  (text) => text,
  (text) => `invalid header authorization: Bearer ${text}`,
  (text) => `{"headers":{"authorization":"${text}"}}`,
  (text) => `https://host.example/files/${text}/x?debug=${text}#${text}`,
  (text) => `<b title='${text}'>no</b>`,
  (text) => `é ${text} 🙂 ${text}.`,
];
const encoding = fc.array(fc.constantFrom(...Object.keys(ENCODINGS)), { minLength: 1, maxLength: 2 });
const place = fc.constantFrom(...PLACES);
const encoded = (text: string, names: readonly string[]): string =>
  names.reduce((inner, name) => ENCODINGS[name]?.(inner) ?? inner, text);

/** The key, or three quarters of it, in the text or in anything that the text can be read as. */
function leaks(text: string, secret: string, depth = 3): boolean {
  const fold = (word: string): string => word.toLowerCase();
  if (fold(text).includes(fold(secret.slice(0, Math.ceil(secret.length * 0.75))))) return true;
  if (depth === 0) return false;
  const readings = new Set<string>();
  readings.add(text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16))));
  readings.add(
    text.replace(/\\(?:u00|x)([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16))),
  );
  readings.add(text.replace(/\\(["\\])/g, "$1"));
  readings.add(
    text
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
      .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
      .replace(/&(lt|gt|quot|amp);/g, (_, name: string) => ({ lt: "<", gt: ">", quot: '"' })[name] ?? "&"),
  );
  for (const [run] of text.matchAll(/[A-Za-z0-9+/_-]{12,}/g))
    readings.add(Buffer.from(run, "base64").toString("latin1"));
  for (const [run] of text.matchAll(/(?:[0-9a-f]{2}:?){8,}/gi))
    readings.add(Buffer.from(run.replaceAll(":", ""), "hex").toString("latin1"));
  readings.delete(text);
  return [...readings].some((reading) => leaks(reading, secret, depth - 1));
}

test("a key of any characters is in no text, however it is encoded, nested and placed", () => {
  fc.assert(
    fc.property(key, encoding, place, (secret, how, where) => {
      rememberKey(secret);
      const text = where(encoded(secret, how));
      expect(leaks(redact(text), secret)).toBe(false);
      const error = new MediasaurError({ code: "internal", message: text, operation: text, requestId: text });
      expect(leaks(error.message, secret)).toBe(false);
    }),
    RUNS,
  );
});

test("a key of any characters is in no value that is kept, wherever it is nested", () => {
  const nest = fc.array(fc.constantFrom("list", "object", "name"), { maxLength: 5 });
  fc.assert(
    fc.property(key, encoding, place, nest, (secret, how, where, nesting) => {
      rememberKey(secret);
      const value = nesting.reduce<unknown>(
        (inner, kind) =>
          kind === "list" ? [1, inner] : kind === "object" ? { note: inner } : { [encoded(secret, how)]: inner },
        where(encoded(secret, how)),
      );
      const safe: string[] = [];
      const walk = (inner: unknown): void => {
        if (typeof inner === "string") safe.push(inner);
        else if (typeof inner === "object" && inner !== null)
          for (const [name, item] of Object.entries(inner)) {
            safe.push(name);
            walk(item);
          }
      };
      walk(redactValues(value));
      expect(safe.filter((text) => leaks(text, secret))).toEqual([]);
    }),
    RUNS,
  );
});

test("text that has no key in it stays as it is", () => {
  rememberKey("correct-horse-battery");
  for (const text of [
    "site/hero.jpg is taken by f_97e729818d706bb70565",
    "100%25 of café & co. \\ done",
    "naïve İstanbul",
  ])
    expect(redact(text)).toBe(text);
});

test.each([
  "x;sig=abcdefgh",
  "x#sig=abcdefgh",
  "x?a=1&Signature=abcdefgh",
  "https%3A%2F%2Fh.example%2Fx%3FSignature%3Dabcdefgh",
  "https://h.example/x?Policy=abcdefgh",
])("the signature in %s is gone", (text) => {
  expect(redact(text)).not.toContain("abcdefgh");
});

describe("the address of a file that is kept", () => {
  const file = { id: "f_1", name: "hero.jpg" };
  const at = "https://cdn.example/media/site/hero.jpg";
  test.each([
    [at, at],
    [`${at}?v=3`, `${at}?v=3`],
    [`${at}?api_key=abc&Signature=def`, at],
    [`${at}?v=3&X-Amz-Signature=0a1b&X-Amz-Expires=60`, `${at}?v=3`],
    [`${at}?sv=2020&se=2030&sig=abc`, at],
    [`${at}?verify=1700000000-abc`, at],
    [`${at}?s=${"0a".repeat(16)}`, at],
    [`${at};sig=abc`, at],
    [`${at}#sig=abc`, at],
    [`${at}?hdnts=exp=1~acl=/*~hmac=abc`, at],
    ["https://user:pass@cdn.example/media/site/hero.jpg", at],
    ["https://cdn.example/get?token=abc", undefined],
    ["https://cdn.example/get?file=f_1&token=abc", "https://cdn.example/get?file=f_1"],
    ["https://cdn.example/sk_live_abcdefgh/hero.jpg", undefined],
    ["https://cdn.example/t/eyJhbGciOi.eyJzdWIi.c2ln/hero.jpg", undefined],
    ["no address", undefined],
  ])("%s becomes %s", (address, expected) => {
    expect(safeUrl(address, file)).toBe(expected);
  });
});
