import fc from "fast-check";
import { MediasaurClient } from "../../provider/client";
import { ALIASES, ENVELOPES } from "../../provider/client/decode/aliases";
import { parseBody } from "../../provider/client/decode/body";
import { readBucket } from "../../provider/client/decode/bucket";
import { readBulk } from "../../provider/client/decode/bulk";
import { readFileAnswer, readRow } from "../../provider/client/decode/file";
import { readList } from "../../provider/client/decode/list";
import { PathVotes } from "../../provider/client/decode/path";
import { ScriptedServer } from "./support/scripted-server";

const at = { operation: "GET /x", status: 200 };
const RUNS = { numRuns: 600, seed: 20_261_125 };

/** How a service spells the keys that the table has in snake case. */
const SPELLINGS: readonly ((key: string) => string)[] = [
  (key) => key,
  (key) => key.replace(/(?<=.)_(.)/g, (_, letter: string) => letter.toUpperCase()),
  (key) => key.replace(/(?:^|_)(.)/g, (_, letter: string) => letter.toUpperCase()),
  (key) => key.replaceAll("_", "-"),
  (key) => key.toUpperCase(),
];
const spelling = fc.constantFrom(...SPELLINGS);

/** What services put beside what they were asked for. */
const noise = fc.subarray([
  ["success", true],
  ["status", "ok"],
  ["message", "done"],
  ["request_id", "r-1"],
  ["error", null],
  ["links", {}],
] as const);

interface Wrapping {
  readonly wrappers: readonly string[];
  readonly inArray: readonly boolean[];
  readonly spell: (key: string) => string;
  readonly beside: readonly (readonly [string, unknown])[];
}

const wrapping: fc.Arbitrary<Wrapping> = fc.record({
  wrappers: fc.array(fc.constantFrom(...ENVELOPES), { maxLength: 2 }),
  inArray: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
  spell: spelling,
  beside: noise,
});

function wrap(value: unknown, { wrappers, inArray, spell, beside }: Wrapping, arrays = true): unknown {
  return wrappers.reduce(
    (inner, key, depth) => ({
      ...Object.fromEntries(beside),
      [spell(key)]: arrays && inArray[depth] === true ? [inner] : inner,
    }),
    value,
  );
}

function put(object: Record<string, unknown>, alias: string, value: unknown, spell: (key: string) => string): void {
  const [outer = "", inner] = alias.split(".");
  if (inner === undefined) object[spell(outer)] = value;
  else object[spell(outer)] = { ...(object[spell(outer)] as object | undefined), [spell(inner)]: value };
}

const oneOf = (aliases: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...aliases);

const fileBody = fc
  .record({
    id: oneOf(ALIASES.id),
    path: oneOf(ALIASES.path),
    name: oneOf(ALIASES.name),
    bucket: oneOf(ALIASES.bucket),
    size: oneOf(ALIASES.size),
    mime: oneOf(["mime_type", "content_type", "mimetype", "mime", "metadata.mimetype", "type", "file_type"]),
    url: oneOf(ALIASES.url),
    visibility: fc.oneof(
      oneOf(ALIASES.visibility).map((alias) => [alias, "public"] as const),
      oneOf(ALIASES.public).map((alias) => [alias, true] as const),
      oneOf(ALIASES.private).map((alias) => [alias, false] as const),
    ),
    created: oneOf(ALIASES.createdAt),
    updated: oneOf(ALIASES.updatedAt),
    spell: spelling,
  })
  .map((names) => {
    const object: Record<string, unknown> = {};
    put(object, names.id, "f_1", names.spell);
    put(object, names.path, "a/x.png", names.spell);
    put(object, names.name, "x.png", names.spell);
    put(object, names.bucket, "media", names.spell);
    put(object, names.size, "12", names.spell);
    put(object, names.mime, "image/png", names.spell);
    put(object, names.url, "https://cdn.example/media/a/x.png", names.spell);
    put(object, names.visibility[0], names.visibility[1], names.spell);
    put(object, names.created, 1_700_000_000, names.spell);
    put(object, names.updated, "2023-11-14T22:13:20Z", names.spell);
    return object;
  });

const FILE = {
  id: "f_1",
  bucket: "media",
  path: "a/x.png",
  name: "x.png",
  directory: "a",
  size: 12,
  contentType: "image/png",
  url: "https://cdn.example/media/a/x.png",
  visibility: "PUBLIC",
  createdAt: "2023-11-14T22:13:20.000Z",
  updatedAt: "2023-11-14T22:13:20.000Z",
};

const bucketBody = fc
  .record({
    name: oneOf(["name", "bucket_name", "bucket", "storage_zone_name"]),
    usage: fc.option(oneOf(ALIASES.usage), { nil: undefined }),
    used: oneOf(ALIASES.usedBytes),
    count: oneOf(ALIASES.fileCount),
    plan: oneOf(ALIASES.plan),
    planForm: fc.constantFrom<(name: string) => unknown>(
      (name) => name,
      (name) => ({ name, price: 3 }),
      (name) => ({ id: name }),
    ),
    spell: spelling,
  })
  .map(({ name, usage, used, count, plan, planForm, spell }) => {
    const inner = { [spell(used)]: "2048", [spell(count)]: 7 };
    return {
      [spell(name)]: "media",
      ...(usage === undefined ? inner : { [spell(usage)]: inner }),
      [spell(plan)]: planForm("pro"),
    };
  });

const BUCKET = { name: "media", usedBytes: 2048, fileCount: 7, plan: "pro" };

test("a file is read under every name of each field, in every envelope", () => {
  fc.assert(
    fc.property(fileBody, wrapping, (body, how) => {
      const answer = wrap(body, how);
      expect(readFileAnswer(answer, { at, bucket: "media", votes: new PathVotes() })).toMatchObject(FILE);
    }),
    RUNS,
  );
});

test("a bucket is read under every name of each field, in every envelope", () => {
  fc.assert(
    fc.property(bucketBody, wrapping, (body, how) => {
      expect(readBucket(wrap(body, how), at, "media")).toMatchObject(BUCKET);
    }),
    RUNS,
  );
});

test("what a wrapper says beside a bucket counts as the bucket's own", () => {
  const body = { bucket: { name: "media" }, usage: { storage_bytes: 2048, file_count: 7 }, plan: { name: "pro" } };
  expect(readBucket(body, at, "media")).toMatchObject(BUCKET);
});

test("a listing of files is read under every name, in every envelope, each row in an envelope of its own or none", () => {
  const rows = fc.array(fc.tuple(fileBody, wrapping), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(rows, oneOf(ALIASES.rows), wrapping, spelling, (files, key, how, spell) => {
      const list = { [spell(key)]: files.map(([body, inner]) => wrap(body, inner)), [spell("total")]: "9" };
      const read = readList(parseBody(JSON.stringify(wrap(list, how, false))), at);
      expect(read.total).toBe(9);
      const context = { at, bucket: "media", votes: new PathVotes(), row: "whole" as const };
      expect(read.rows.map((row) => readRow(row, context))).toMatchObject(
        files.map(() => ({ kind: "file", file: FILE })),
      );
    }),
    RUNS,
  );
});

test("a listing of buckets is read under every name, in every envelope", () => {
  const rows = fc.array(fc.tuple(bucketBody, wrapping), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(rows, oneOf(ALIASES.rows), wrapping, spelling, (buckets, key, how, spell) => {
      const list = { [spell(key)]: buckets.map(([body, inner]) => wrap(body, inner)) };
      const read = readList(parseBody(JSON.stringify(wrap(list, how, false))), at);
      expect(read.rows.map((row) => readBucket(row, at))).toMatchObject(buckets.map(() => BUCKET));
    }),
    RUNS,
  );
});

test("a bulk answer names its ids in every envelope, as objects or by themselves", () => {
  const keys = ["files", "copied", "moved", "results", "successful", "succeeded", "data"];
  const item = fc.oneof(
    fc.constant<unknown>("f_1"),
    fileBody,
    fc.tuple(fileBody, wrapping).map(([body, how]) => wrap(body, how)),
  );
  fc.assert(
    fc.property(item, oneOf(keys), wrapping, spelling, (each, key, how, spell) => {
      const body = wrap({ [spell(key)]: [each], failed: [] }, how, false);
      expect(readBulk(parseBody(JSON.stringify(body)))).toMatchObject({ ids: ["f_1"], failures: [] });
    }),
    RUNS,
  );
});

test("upload tokens and answers to uploads are read in every envelope", async () => {
  const server = await ScriptedServer.start();
  try {
    const client = new MediasaurClient({ apiKey: "sk_test_1", baseUrl: server.url, uploadUrl: server.url });
    const tokenNames = oneOf(["token", "upload_token", "access_token"]);
    await fc.assert(
      fc.asyncProperty(tokenNames, fileBody, wrapping, spelling, async (name, file, how, spell) => {
        server.script = ({ path }) => ({
          json: wrap(path === "/token" ? { [spell(name)]: "token_abc123" } : file, how),
        });
        expect(await client.createUploadToken({ bucket: "media", path: "a/x.png" })).toBe("token_abc123");
        const body = (): Buffer => Buffer.from("x");
        expect(await client.upload({ bucket: "media", path: "a/x.png", body, size: 1 })).toEqual({
          id: "f_1",
          url: FILE.url,
        });
      }),
      { ...RUNS, numRuns: 60 },
    );
  } finally {
    await server.close();
  }
});
