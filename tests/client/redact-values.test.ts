import { redactValues } from "../../provider/client/redaction/redact-values";

test("what the service said is kept as it came, without keys, tokens and signatures", () => {
  expect(
    redactValues({
      name: "media",
      usage: { files: 2, limits: [1, null, true] },
      page: "https://h.test/b?view=list",
      signed: ["https://h.test/a.png?e=1&X-Amz-Signature=0a1b", "https://u:p@h.test/"],
      note: "made with sk_live_abcdef",
      api_key: "whatever",
      accessToken: { value: "whatever" },
      tokens: ["whatever"],
      next_page_token: "abc",
      hidden: "https://h.test/a?jwt=eyJhbGciOi.eyJzdWIi.c2ln",
      harmless: "https://h.test/a?monkey=1&key=logo.png",
      uploadToken: 7,
    }),
  ).toEqual({
    name: "media",
    usage: { files: 2, limits: [1, null, true] },
    page: "https://h.test/b?view=list",
    signed: ["https://h.test/a.png?[redacted]", "https://[redacted]@h.test/"],
    note: "made with sk_[redacted]",
    api_key: "[redacted]",
    accessToken: "[redacted]",
    tokens: "[redacted]",
    next_page_token: "abc",
    hidden: "https://h.test/a?[redacted]",
    harmless: "https://h.test/a?monkey=1&key=logo.png",
    uploadToken: 7,
  });
  expect(redactValues(undefined)).toBeUndefined();
});
