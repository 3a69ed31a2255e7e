import { redactValues } from "../../provider/client/redact-values";

test("what the service said is kept as it came, without keys, tokens and signatures", () => {
  expect(
    redactValues({
      name: "media",
      usage: { files: 2, limits: [1, null, true] },
      page: "https://h.test/b?view=list",
      signed: ["https://h.test/a.png?e=1&X-Amz-Signature=0a1b", "https://u:p@h.test/"],
      note: "made with sk_live_abcdef",
      api_key: "whatever",
      uploadToken: 7,
    }),
  ).toEqual({
    name: "media",
    usage: { files: 2, limits: [1, null, true] },
    page: "https://h.test/b?view=list",
    signed: ["https://h.test/a.png?[redacted]", "https://[redacted]@h.test/"],
    note: "made with sk_[redacted]",
    api_key: "[redacted]",
    uploadToken: 7,
  });
  expect(redactValues(undefined)).toBeUndefined();
});
