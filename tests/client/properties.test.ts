import { inspect } from "node:util";
import fc from "fast-check";
import { MediasaurError, mediasaurError, redact } from "../../provider/client";
import { ALIASES, ENVELOPES } from "../../provider/client/decode/aliases";
import { readBucket } from "../../provider/client/decode/bucket";
import { readBulk } from "../../provider/client/decode/bulk";
import { parseBody } from "../../provider/client/decode/body";
import { claimsFailure, readErrorBody } from "../../provider/client/decode/error-body";
import { readFileAnswer } from "../../provider/client/decode/file";
import { readList } from "../../provider/client/decode/list";
import { PathVotes } from "../../provider/client/decode/path";
import { clientOf, closeServers, errorOf, KEY, server } from "./support/setup";

afterAll(closeServers);

const at = { operation: "GET /files/{file_id}", status: 200 };
const segment = fc.stringMatching(/^[a-z0-9 ]{1,8}$/).filter((text) => text.trim() === text);
const recase = (key: string, style: string): string => {
  const words = key.split("_").filter((word) => word !== "");
  const upper = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
  if (style === "pascal") return words.map(upper).join("");
  if (style === "camel") return words.map((word, i) => (i === 0 ? word : upper(word))).join("");
  return style === "kebab" ? words.join("-") : style === "upper" ? key.toUpperCase() : key;
};
const style = fc.constantFrom("snake", "camel", "pascal", "kebab", "upper");
const flat = (aliases: readonly string[]): fc.Arbitrary<string> =>
  fc.constantFrom(...aliases.filter((alias) => !alias.includes(".")));

test("whatever names, case and wrapping a service uses, the same file is read", () => {
  const spelling = fc.record({
    style,
    id: flat(ALIASES.id),
    path: flat(ALIASES.path),
    directory: flat(ALIASES.directory),
    name: flat(ALIASES.name),
    size: flat(ALIASES.size),
    url: flat(ALIASES.url),
    visibility: flat(ALIASES.visibility),
    wrap: fc.array(fc.constantFrom(...ENVELOPES), { maxLength: 2 }),
    split: fc.boolean(),
    slash: fc.constantFrom("", "/"),
    asText: fc.boolean(),
    noise: fc.dictionary(fc.stringMatching(/^zz[a-z]{1,6}$/), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
    reverse: fc.boolean(),
  });
  const truth = fc.record({
    segments: fc.array(segment, { minLength: 1, maxLength: 4 }),
    size: fc.nat(),
    isPublic: fc.boolean(),
    id: fc.stringMatching(/^[a-z0-9]{1,12}$/),
  });
  fc.assert(
    fc.property(spelling, truth, (how, file) => {
      const path = file.segments.join("/");
      const name = file.segments.at(-1) ?? "";
      const directory = file.segments.slice(0, -1).join("/");
      const entries: [string, unknown][] = [
        [how.id, file.id],
        ...(how.split
          ? ([
              [how.directory, how.slash + directory],
              [how.name, name],
            ] as [string, unknown][])
          : ([[how.path, how.slash + path]] as [string, unknown][])),
        [how.size, how.asText ? String(file.size) : file.size],
        [how.url, `https://cdn.example/x/${encodeURI(path)}?sig=1`],
        [how.visibility, file.isPublic ? "Public" : "private"],
      ];
      const object = Object.fromEntries([
        ...entries.map(([key, value]) => [recase(key, how.style), value] as const),
        ...Object.entries(how.noise),
      ]);
      const ordered = how.reverse ? Object.fromEntries(Object.entries(object).reverse()) : object;
      const body = how.wrap.reduce<unknown>((inner, key) => ({ [recase(key, how.style)]: inner }), ordered);
      expect(readFileAnswer(body, { at, votes: new PathVotes() })).toMatchObject({
        id: file.id,
        path,
        name,
        directory,
        size: file.size,
        visibility: file.isPublic ? "PUBLIC" : "PRIVATE",
      });
    }),
    { numRuns: 300 },
  );
});

const knownKey = fc.constantFrom(
  ...Object.values(ALIASES)
    .flat()
    .filter((key) => !key.includes(".")),
  ...ENVELOPES,
  "error",
  "errors",
  "failed",
  "success",
  "status",
  "code",
);
const garbage = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(knownKey, tie("value"), { maxKeys: 6 }),
  ),
})).value;

test("no answer, however odd, makes the reader throw anything but an error of the family", () => {
  fc.assert(
    fc.property(garbage, (value) => {
      const body = parseBody(JSON.stringify(value));
      const readers = [
        () => readFileAnswer(value, { at, bucket: "media", votes: new PathVotes() }),
        () => readList(body, at),
        () => readBucket(value, at),
        () => readBulk(body),
        () => readErrorBody(body),
        () => claimsFailure(body),
      ];
      for (const read of readers) {
        try {
          read();
        } catch (error) {
          if (!(error instanceof MediasaurError)) throw error;
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("no answer, however odd, ends a call with anything but a result or an error of the family that hides the key", async () => {
  const s = await server();
  const reply = fc.record({
    status: fc.constantFrom(200, 200, 201, 204, 207, 301, 400, 401, 404, 409, 418, 422),
    value: garbage,
    echo: fc.boolean(),
    raw: fc.option(fc.string()),
  });
  await fc.assert(
    fc.asyncProperty(reply, fc.nat(5), async ({ status, value, echo, raw }, which) => {
      const json = echo ? { message: `Authorization: Bearer ${KEY}`, error_code: KEY, more: value } : value;
      s.script = () => ({
        status,
        ...(raw === null ? { json } : { text: raw }),
        headers: { location: `/x?key=${KEY}`, "x-request-id": KEY },
      });
      const client = clientOf(s);
      const calls = [
        () => client.listFiles({ bucket: "media", path: "a/" }),
        () => client.getFile("f", { bucket: "media" }),
        () => client.updateFile("f", { name: "n" }),
        () => client.deleteFile("f"),
        () => client.copyFile({ sourceBucket: "a", targetBucket: "b", fileId: "f", directory: "" }),
        () => client.upload({ bucket: "a", path: "p", body: () => Buffer.from("x") }),
      ];
      const call = calls[which]?.() ?? Promise.resolve();
      const worked = await call.then(
        () => true,
        () => false,
      );
      if (!worked) await errorOf(call);
    }),
    { numRuns: 150 },
  );
});

test("an error built anywhere hides what the process was told is secret, in every field", () => {
  clientOf("http://127.0.0.1:9", { apiKey: "odd.key.without.prefix" });
  fc.assert(
    fc.property(
      fc.constantFrom(
        "odd.key.without.prefix",
        KEY,
        "sk_abcdefgh12345678",
        "token_abcdefgh12345678",
        "eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl",
      ),
      fc.string(),
      (secret, around) => {
        const error = mediasaurError({
          code: "internal",
          message: `${around} ${secret}\n${around}`,
          operation: `GET ${secret}`,
          requestId: secret,
        });
        const shown = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
        expect(shown).not.toContain(secret);
      },
    ),
    { numRuns: 200 },
  );
});

test("redacts credentials and signatures, and leaves file names alone", () => {
  expect(redact("see https://h/a/b.png?X-Sig=abc&e=1 now")).toBe("see https://h/a/b.png?[redacted] now");
  expect(redact("http://u:p@host/x")).toBe("http://[redacted]@host/x");
  expect(redact("Authorization: Bearer abcdef123456")).toBe("Authorization: Bearer [redacted]");
  expect(redact("key sk_live_abcdef, token_abcdef99")).toBe("key sk_[redacted], token_[redacted]");
  for (const text of ["desk_photograph.png", "upload_token", "a/b.png?", "task_1234567"])
    expect(redact(text)).toBe(text);
});

test("an error reads as operation, status, code, and what to do, on one line", () => {
  const error = mediasaurError({
    code: "path_taken",
    operation: "PATCH /files/{file_id}",
    status: 409,
    message: '"a/b.png" in bucket "media" is held by file f_9.\nMove it, or choose another path.',
  });
  expect(error.message).toBe(
    '[PATCH /files/{file_id}] 409 path_taken: "a/b.png" in bucket "media" is held by file f_9. Move it, or choose another path.',
  );
  expect(mediasaurError({ code: "internal", message: "x" })).toMatchObject({
    message: "internal: x",
    outcome: "refused",
    retryable: false,
    operation: "",
  });
});
