import * as fc from "fast-check";
import { countsOf, describe as inWords, linesOf, sizeText } from "../../provider/model/effect-lines";
import { changesService, marksOf, withoutPaths, type Effect, type Plan } from "../../provider/model/effects";

const plan = (effects: Effect[], more: Partial<Plan> = {}): Plan => ({
  resource: "FileLayout",
  name: "site",
  bucket: "media",
  effects,
  requests: { count: 3, exact: true },
  ...more,
});

test.each<[string, Effect, string[]]>([
  ["kept where it is", { way: "kept", from: "a/b", to: "a/b", before: "PUBLIC", after: "PUBLIC" }, []],
  ["another directory", { way: "kept", from: "a/b", to: "c/b" }, ["moved"]],
  ["another name", { way: "kept", from: "a/b", to: "a/c" }, ["renamed"]],
  [
    "both, and published",
    { way: "kept", from: "a/b", to: "c/d", before: "PRIVATE", after: "PUBLIC" },
    ["published", "moved", "renamed"],
  ],
  ["seen by who knows whom, published", { way: "kept", from: "a", to: "a", after: "PUBLIC" }, ["published"]],
  ["hidden", { way: "kept", from: "a", to: "a", before: "PUBLIC", after: "PRIVATE" }, ["hidden"]],
  ["a public upload", { way: "uploaded", to: "a", after: "PUBLIC", bytes: 3 }, ["published", "uploaded"]],
  [
    "new content of what is public",
    { way: "uploaded", to: "a", before: "PUBLIC", after: "PUBLIC", replaces: true },
    ["uploaded"],
  ],
  ["a copy", { way: "copied", from: "a", to: "b" }, ["copied"]],
  ["deleted", { way: "deleted", from: "a", before: "PUBLIC" }, ["deleted"]],
  ["taken over", { way: "kept", from: "a", to: "a", taken: true }, ["taken over"]],
])("marks: %s", (_what, effect, marks) => {
  expect(marksOf(effect)).toEqual(marks);
});

test("a file of unknown visibility that is to be PRIVATE is a change, one that is taken over as it is is none", () => {
  expect(changesService({ way: "kept", from: "a", to: "a", after: "PRIVATE" })).toBe(true);
  expect(changesService({ way: "kept", from: "a", to: "a", before: "PRIVATE", after: "PRIVATE", taken: true })).toBe(
    false,
  );
  expect(changesService({ way: "released", from: "a" })).toBe(false);
});

test.each<[Effect, string]>([
  [
    { way: "kept", from: "in/a.jpg", to: "site/b.jpg", before: "PRIVATE", after: "PUBLIC", taken: true },
    "in/a.jpg -> site/b.jpg, becomes PUBLIC",
  ],
  [{ way: "kept", from: "a", to: "a", taken: true }, "a is taken over as it is"],
  [
    { way: "kept", from: "a", to: "a", before: "PRIVATE", after: "PUBLIC", taken: true },
    "a is taken over, becomes PUBLIC",
  ],
  [{ way: "kept", from: "a", to: "a", before: "PUBLIC", after: "PRIVATE" }, "a becomes PRIVATE"],
  [
    { way: "copied", from: "logo.svg", fromBucket: "brand", to: "site/logo.svg", after: "PUBLIC" },
    'site/logo.svg is copied from logo.svg in bucket "brand", becomes PUBLIC',
  ],
  [{ way: "uploaded", to: "a", bytes: 11 }, "a is uploaded, 11 bytes"],
  [
    { way: "uploaded", to: "a", bytes: 1, before: "PUBLIC", after: "PUBLIC", replaces: true },
    "a is uploaded, 1 byte; the file that it replaces is deleted",
  ],
  [{ way: "deleted", from: "a" }, "a is deleted"],
  [{ way: "released", from: "a" }, "a stays in the bucket"],
])("one file in words: %j", (effect, words) => {
  expect(inWords(effect)).toBe(words);
});

test("a ManagedFile is one line that begins with its name", () => {
  const effects: Effect[] = [{ way: "kept", from: "a", to: "b", before: "PUBLIC" }];
  expect(linesOf(plan(effects, { resource: "ManagedFile", name: "hero" }))).toEqual(["hero: a -> b"]);
  expect(linesOf(plan([], { resource: "ManagedFile", note: "nothing changes in the bucket" }))).toEqual([
    "site: nothing changes in the bucket",
  ]);
});

test("a layout tells counts without zeroes, what becomes public first, every file that is deleted, and a few of the others", () => {
  const effects: Effect[] = [
    ...Array.from({ length: 6 }, (_, n): Effect => ({
      way: "kept",
      from: `in/${String(n)}.jpg`,
      to: `site/${String(n)}.jpg`,
    })),
    ...Array.from({ length: 12 }, (_, n): Effect => ({ way: "deleted", from: `old/${String(n)}` })),
    { way: "kept", from: "site/a", to: "site/a", before: "PUBLIC", after: "PRIVATE" },
    { way: "uploaded", to: "site/new.jpg", bytes: 2_500_000 },
    { way: "kept", from: "site/d", to: "site/d", before: "PRIVATE", after: "PUBLIC" },
  ];
  expect(linesOf(plan(effects, { requests: { count: 9, exact: false } }))).toEqual([
    "site: 1 published, 12 deleted, 1 hidden, 6 moved, 1 uploaded (2.5 MB); at least 9 requests",
    "  site/d becomes PUBLIC",
    ...Array.from({ length: 12 }, (_, n) => `  old/${String(n)} is deleted`),
    "  site/a becomes PRIVATE",
    "  in/0.jpg -> site/0.jpg",
    "  in/1.jpg -> site/1.jpg",
    "  in/2.jpg -> site/2.jpg",
    "  ... and 4 more",
  ]);
});

test("a layout that only takes files over says so, and that no request writes", () => {
  const effects = ["a", "b"].map((path): Effect => ({ way: "kept", from: path, to: path, taken: true }));
  expect(linesOf(plan(effects, { requests: { count: 0, exact: true } }))).toEqual([
    "site: 2 taken over as they are; no request that writes",
  ]);
  expect(linesOf(plan([]))).toEqual([]);
});

test("each file counts once for every mark, and none for zero", () => {
  const visibility = fc.constantFrom("PUBLIC" as const, "PRIVATE" as const, undefined);
  const effect = fc.record({
    way: fc.constantFrom("kept" as const, "copied" as const, "uploaded" as const, "deleted" as const),
    from: fc.constantFrom("a/x", "b/x", "b/y"),
    to: fc.constantFrom("a/x", "b/x", "b/y"),
    before: visibility,
    after: visibility,
  });
  fc.assert(
    fc.property(fc.array(effect), (effects) => {
      const counts = countsOf(effects as Effect[]);
      expect(counts.some((count) => count.startsWith("0 "))).toBe(false);
      const published = effects.filter(({ before, after }) => after === "PUBLIC" && before !== "PUBLIC").length;
      expect(counts.find((count) => count.endsWith(" published"))).toBe(
        published === 0 ? undefined : `${String(published)} published`,
      );
    }),
  );
});

test("a secret plan has no path", () => {
  const secret = withoutPaths(plan([{ way: "kept", from: "top/secret", to: "top/other", after: "PUBLIC" }]));
  expect(JSON.stringify(secret)).not.toContain("top");
  expect(linesOf({ ...secret, resource: "ManagedFile" })).toEqual([
    "site: [secret] before -> [secret], becomes PUBLIC",
  ]);
});

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [12_345, "12345 bytes"],
  [120_000, "120 kB"],
  [40_000_000, "40 MB"],
  [2_340_000_000, "2.3 GB"],
])("%d bytes are %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
