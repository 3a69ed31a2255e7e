import { ALIASES } from "../../provider/client/decode/aliases";
import { readBulk } from "../../provider/client/decode/bulk";
import { readBucket } from "../../provider/client/decode/bucket";
import { parseBody } from "../../provider/client/decode/body";
import { claimsFailure, readErrorBody } from "../../provider/client/decode/error-body";
import { learnRow, readFileAnswer, readRow } from "../../provider/client/decode/file";
import { readList } from "../../provider/client/decode/list";
import { PathVotes } from "../../provider/client/decode/path";
import { waitAsked } from "../../provider/client/http/wait";

const at = { operation: "GET /files/{file_id}", status: 200 };
const read = (value: unknown, bucket = "media", votes = new PathVotes()): unknown =>
  readFileAnswer(value, { at, bucket, votes });
const list = (value: unknown, headers = {}): unknown => readList(parseBody(JSON.stringify(value)), at, headers);
const base = { id: "f1", path: "a/x.png", name: "x.png" };

function under(alias: string, value: unknown): Record<string, unknown> {
  const [outer = "", inner] = alias.split(".");
  return inner === undefined ? { [outer]: value } : { [outer]: { [inner]: value } };
}

test.each(ALIASES.id)("reads the id from %s", (alias) => {
  expect(read({ [alias]: 17, path: "a/x.png", name: "x.png" })).toMatchObject({ id: "17", path: "a/x.png" });
});
test.each(["key", "public_id"])("does not take %s for an id", (alias) => {
  expect(() => read({ [alias]: "f1", name: "x.png", url: "http://h/x.png" })).toThrow("has no file id");
});
test.each(ALIASES.name)("reads the name from %s", (alias) => {
  expect(read({ id: "f1", directory: "a", [alias]: "x.png" })).toMatchObject({
    path: "a/x.png",
    name: "x.png",
    directory: "a",
  });
});
test.each(ALIASES.path)("reads the path from %s", (alias) => {
  expect(read({ id: "f1", [alias]: "/a/x.png" })).toMatchObject({ path: "a/x.png", name: "x.png", directory: "a" });
});
test.each(ALIASES.directory)("joins the directory from %s", (alias) => {
  expect(read({ id: "f1", [alias]: "/a/b/", name: "x.png" })).toMatchObject({ path: "a/b/x.png" });
});
test.each(ALIASES.size)("reads the size from %s, also as text", (alias) => {
  expect(read({ ...base, ...under(alias, "12") })).toMatchObject({ size: 12 });
});
test.each(ALIASES.contentType)("reads the media type from %s", (alias) => {
  expect(read({ ...base, ...under(alias, "Image/PNG; q=1") })).toMatchObject({ contentType: "image/png" });
});
test.each(ALIASES.url)("reads the address from %s", (alias) => {
  expect(read({ ...base, [alias]: "https://h/a/x.png" })).toMatchObject({ url: "https://h/a/x.png" });
});
test.each(ALIASES.bucket)("an answer about another bucket in %s is seen", (alias) => {
  expect(read({ ...base, ...under(alias, "brand") })).toMatchObject({ bucket: "brand" });
});
test.each([...ALIASES.createdAt.map((a) => [a, "createdAt"]), ...ALIASES.updatedAt.map((a) => [a, "updatedAt"])])(
  "reads a time from %s",
  (alias, field) => {
    for (const value of ["2023-11-14T22:13:20Z", 1_700_000_000, 1_700_000_000_000, "1700000000"])
      expect(read({ ...base, [alias]: value })).toMatchObject({ [field]: "2023-11-14T22:13:20.000Z" });
  },
);
test.each([
  ...ALIASES.visibility.flatMap(
    (a) =>
      [
        [a, "Public", "PUBLIC"],
        [a, "public-read", "PUBLIC"],
        [a, "authenticated", "PRIVATE"],
        [a, "HIDDEN_X", "PRIVATE"],
      ] as const,
  ),
  ...ALIASES.public.flatMap(
    (a) =>
      [
        [a, true, "PUBLIC"],
        [a, false, "PRIVATE"],
      ] as const,
  ),
  ...ALIASES.private.flatMap(
    (a) =>
      [
        [a, true, "PRIVATE"],
        [a, false, "PUBLIC"],
      ] as const,
  ),
])("reads %s: %s as %s", (alias, value, expected) => {
  expect(read({ ...base, [alias]: value })).toMatchObject({ visibility: expected });
});
test("an unknown visibility is an error with the word, an absent one is unknown", () => {
  expect(() => read({ ...base, visibility: "SECRETISH" })).toThrow('"SECRETISH"');
  expect(read(base)).not.toHaveProperty("visibility");
});
test.each([
  ...ALIASES.goneAt.map((a) => ({ [a]: "2024-01-01" })),
  ...ALIASES.gone.map((a) => ({ [a]: true })),
  { status: "Deleted" },
  { status: "trashed" },
])("%j means gone", (marker) => {
  expect(read({ ...base, ...marker })).toBe("gone");
});
test.each([{ deleted_at: null }, { deleted: false }, { status: "ready" }])("%j does not mean gone", (marker) => {
  expect(read({ ...base, ...marker })).toMatchObject({ id: "f1", busy: false });
});
test.each([{ status: "processing" }, { status: "queued" }, { is_ready: false }])("%j means busy", (marker) => {
  expect(read({ ...base, ...marker })).toMatchObject({ busy: true });
});
test.each([
  { data: base },
  { file: base },
  { result: { item: base } },
  { success: true, data: base },
  [base],
  { data: [base] },
])("takes the wrapping off %j", (body) => {
  expect(read(body)).toMatchObject({ id: "f1", path: "a/x.png" });
});
test("does not unwrap three levels, nor an entity", () => {
  expect(() => read({ data: { data: { data: base } } })).toThrow("bad_answer");
  expect(read({ ...base, data: { id: "f2", path: "b" } })).toMatchObject({ id: "f1" });
});
test("an answer without what is needed names keys and aliases, never values", () => {
  expect(() => read({ colour: "crimson" })).toThrow(/\[GET \/files\/\{file_id\}\] 200 bad_answer: .*colour.*file_id/);
  expect(() => read({ colour: "crimson" })).not.toThrow(/crimson/);
  for (const value of [null, {}, [], "x", 3]) expect(() => read(value)).toThrow("bad_answer");
});
test.each(["a/../b", "a//b", "./a"])("refuses the path %s", (path) => {
  expect(() => read({ id: "f", path, name: "n" })).toThrow("bad_answer");
});
test.each([-1, 1.5, "many", 2 ** 60])("refuses the size %s", (size) => {
  expect(() => read({ ...base, size })).toThrow("size");
});

describe("path rule", () => {
  const rows = (votes: PathVotes, ...all: Record<string, unknown>[]): unknown[] => {
    for (const each of all) learnRow(each, { at, bucket: "media", votes });
    return all.map((each) => {
      const reading = readRow(each, { at, bucket: "media", votes });
      return reading.kind === "file" ? reading.file.path : reading.kind;
    });
  };
  test("a row that could be read both ways follows the other rows", () => {
    const tie = { id: "1", path: "a/x.png", name: "x.png" };
    expect(rows(new PathVotes(), tie)).toEqual(["a/x.png"]);
    const others = [
      { id: "2", path: "b", name: "y.png" },
      { id: "3", path: "", name: "z.png" },
    ];
    expect(rows(new PathVotes(), tie, ...others)).toEqual(["a/x.png/x.png", "b/y.png", "z.png"]);
  });
  test("a label that is no part of the path does not move a file", () => {
    const full = [
      { id: "1", path: "a/x.png", name: "x.png" },
      { id: "2", path: "a/y.png", name: "y.png" },
    ];
    expect(rows(new PathVotes(), ...full, { id: "3", path: "a/z.png", name: "My label" })[2]).toBe("a/z.png");
  });
  test("the address settles it", () => {
    const tie = { id: "1", path: "a/x.png", name: "x.png" };
    expect(rows(new PathVotes(), { ...tie, url: "https://h/media/a/x.png/x.png?sig=1" })).toEqual(["a/x.png/x.png"]);
    expect(rows(new PathVotes(), { id: "1", path: "a/x.png", name: "label", url: "https://h/media/a/x.png" })).toEqual([
      "a/x.png",
    ]);
  });
  test("takes the bucket's name off only where the address agrees and no row is without it", () => {
    const prefixed = { id: "1", path: "media/a/x.png", name: "x.png", url: "https://h/media/a/x.png" };
    expect(rows(new PathVotes(), prefixed)).toEqual(["a/x.png"]);
    expect(rows(new PathVotes(), { ...prefixed, url: "https://h/media/media/a/x.png" })).toEqual(["media/a/x.png"]);
    expect(rows(new PathVotes(), { ...prefixed, url: "https://media.h/media/a/x.png" })).toEqual(["media/a/x.png"]);
    expect(rows(new PathVotes(), prefixed, { id: "2", path: "b.png", name: "b.png" })[0]).toBe("media/a/x.png");
    expect(rows(new PathVotes(), { ...prefixed, url: null })).toEqual(["media/a/x.png"]);
  });
  test("folder rows are no files", () => {
    expect(
      rows(
        new PathVotes(),
        { id: null, name: "a" },
        { id: "9", name: "a", is_directory: true },
        { id: "8", name: "b", type: "folder" },
      ),
    ).toEqual(["folder", "folder", "folder"]);
  });
});

describe("listings", () => {
  test.each(ALIASES.rows)("finds rows under %s", (alias) => {
    expect(list({ [alias]: [1], folders: [2] })).toMatchObject({ rows: [1] });
  });
  test.each(["data", "result", "response", "payload"])("finds rows one level inside %s", (key) => {
    expect(list({ [key]: { files: [1], total: "5" } })).toMatchObject({ rows: [1], total: 5 });
  });
  test.each([{}, null, "x", { folders: [] }, { data: {} }])("%j is an error and no empty list", (body) => {
    expect(() => list(body)).toThrow("bad_answer");
  });
  test("a bare array is a list, and a header may count", () => {
    expect(list([], { "x-total-count": "3" })).toEqual({ rows: [], total: 3 });
  });
  test.each([
    [{ has_more: false }, false],
    [{ hasMore: true }, true],
    [{ has_next: false }, false],
    [{ next: null }, false],
    [{ next_cursor: "x" }, true],
    [{ pagination: { nextPage: null } }, false],
    [{}, undefined],
  ])("reads %j as more: %s", (extra, more) => {
    expect((list({ files: [], ...extra }) as { more?: boolean }).more).toBe(more);
  });
  test("a count of the page is no total", () => {
    expect(list({ files: [1], count: 1 })).toEqual({ rows: [1] });
  });
});

test.each([
  [{ detail: "gone" }, { text: "gone" }],
  [{ detail: [{ loc: ["body", "name"], msg: "too long" }] }, { text: "body.name: too long" }],
  [{ error: "no way" }, { text: "no way" }],
  [
    { error: "not_found", message: "No file" },
    { text: "No file", token: "not_found" },
  ],
  [{ error: { message: "m", code: "E_1" } }, { text: "m", token: "E_1" }],
  [
    { statusCode: "404", error: "Not found", message: "x y" },
    { text: "Not found", status: 404 },
  ],
  [{ errors: [{ message: "first" }] }, { text: "first" }],
  [{ message: ["a", "b"] }, { text: "a; b" }],
  [
    { title: "T", status: 409 },
    { text: "T", status: 409 },
  ],
  [{ Message: "M", error_description: "d" }, { text: "M" }],
  [{ msg: "see https://h/x?sig=abc" }, { text: "see https://h/x?[redacted]" }],
])("reads the error body %j", (body, expected) => {
  expect(readErrorBody(parseBody(JSON.stringify(body)))).toMatchObject(expected);
});

test.each([
  [{ success: false }, true],
  [{ ok: false }, true],
  [{ status: "error" }, true],
  [{ error: "x" }, true],
  [{ error: null, id: "1" }, false],
  [{ error: "late", id: "1" }, false],
  [{ data: { id: "1" }, error: "" }, false],
  [{ success: true }, false],
])("%j claims failure: %s", (body, expected) => {
  expect(claimsFailure(parseBody(JSON.stringify(body)))).toBe(expected);
});

test.each([
  [{ files: [{ id: "a" }] }, ["a"], 0],
  [{ copied: ["a", "b"] }, ["a", "b"], 0],
  [[{ file_id: 3 }], ["3"], 0],
  [{ count: 2 }, [], 0],
  [{}, [], 0],
  [{ moved: ["a"], failed: ["b"] }, ["a"], 1],
  [
    {
      results: [
        { id: "a", status: 200 },
        { id: "b", status: 409 },
      ],
    },
    ["a"],
    1,
  ],
  [{ problems: { b: "taken" } }, [], 1],
  [{ data: { moved: ["a"], errors: [{ id: "b", message: "x" }] } }, ["a"], 1],
  [{ results: [{ id: "b", success: false }] }, [], 1],
  [{ failed: 0, skipped: [] }, [], 0],
  [{ id: "a", path: "x" }, ["a"], 0],
])("reads the bulk answer %j", (body, ids, failures) => {
  const answer = readBulk(parseBody(JSON.stringify(body)));
  expect([answer.ids, answer.failures.length]).toEqual([ids, failures]);
});

test.each([
  [
    { usage: { storage_bytes: 5, file_count: "2" }, plan: "pro" },
    { usedBytes: 5, fileCount: 2, plan: "pro" },
  ],
  [
    { storage_used: 5, files_stored: 2, subscription: { name: "team" } },
    { usedBytes: 5, fileCount: 2, plan: "team" },
  ],
  [{ files: [], pricing: null }, {}],
])("reads a bucket with %j", (extra, expected) => {
  const body = { data: { name: "media", ...extra } };
  expect(readBucket(body, at, "media")).toEqual({ name: "media", details: body, ...expected });
});
test("a bucket of another name, or of none, is an error", () => {
  expect(() => readBucket({ name: "x" }, at, "media")).toThrow('asked for bucket "media"');
  expect(() => readBucket({}, at, "media")).toThrow("no bucket name");
});

test.each<[Record<string, string>, boolean, unknown]>([
  [{ "retry-after": "3" }, false, { ms: 3000, exact: true }],
  [{ "retry-after": "0" }, false, { ms: 200, exact: true }],
  [{ "retry-after-ms": "1500", "retry-after": "9" }, false, { ms: 1500, exact: true }],
  [{ "retry-after": "Tue, 14 Nov 2023 22:13:30 GMT" }, false, { ms: 10_000, exact: true }],
  [{ "x-ratelimit-reset": "1700000005" }, false, { ms: 5000, exact: false }],
  [{ "x-ratelimit-reset": "1700000005000" }, false, { ms: 5000, exact: false }],
  [{ "x-ratelimit-reset": "30" }, false, { ms: 30_000, exact: false }],
  [{ "x-ratelimit-reset": "900" }, false, { ms: 900, exact: false }],
  [{ "x-ratelimit-reset": "900" }, true, { ms: 60_000, exact: false }],
  [{ "ratelimit-reset": "900" }, false, { ms: 60_000, exact: false }],
  [{ "retry-after": "soon" }, false, undefined],
])("reads the wait %j (again: %s)", (headers, again, expected) => {
  expect(waitAsked(headers, 1_700_000_000_000, again)).toEqual(expected);
});
