import { MediasaurClient, type SkippedFile } from "../../provider/client";
import { ScriptedServer } from "./support/scripted-server";

let server: ScriptedServer;
beforeEach(async () => {
  server = await ScriptedServer.start();
});
afterEach(async () => {
  await server.close();
});

const GOOD = ["a/b", "a/x.png", "x", "deep/er/y.png", "other.txt"];

/** How services write where a file is. A key is cut at its last slash, as nothing else is known of it. */
const WRITINGS: Record<string, (key: string) => object> = {
  "full paths": (key) => ({ path: key, name: key.slice(key.lastIndexOf("/") + 1) }),
  "full paths alone": (key) => ({ path: key }),
  "full paths with a leading slash": (key) => ({ path: `/${key}` }),
  directories: (key) => ({ path: directoryOf(key), name: key.slice(key.lastIndexOf("/") + 1) }),
  "directories with a slash at their ends": (key) => ({
    path: key.includes("/") ? `${directoryOf(key)}/` : "",
    name: key.slice(key.lastIndexOf("/") + 1),
  }),
  "directories under a name of their own": (key) => ({
    directory: directoryOf(key),
    name: key.slice(key.lastIndexOf("/") + 1),
  }),
};
const ODD = ["other/", "a//b", "./x", "../x", "a/./b", "a/../x", "deep//", "//x"];

function directoryOf(key: string): string {
  return key.slice(0, Math.max(key.lastIndexOf("/"), 0));
}

const rowOf = (id: string, where: object): object => ({ id, size: 0, visibility: "PUBLIC", ...where });

function serve(rows: object[]): void {
  server.script = ({ path, query }) => {
    if (path === "/files") {
      const offset = Number(query.offset);
      return { json: { files: rows.slice(offset, offset + 100), total: rows.length } };
    }
    const row = rows.find((each) => path.endsWith(`/${(each as { id: string }).id}`));
    return row === undefined ? { status: 404, json: { detail: "file not found" } } : { json: row };
  };
}

describe.each(Object.entries(WRITINGS))("a store that writes %s", (_name, write) => {
  test.each(ODD)("lists all others beside a key %s, and tells it once", async (odd) => {
    serve([rowOf("f_odd", write(odd)), ...GOOD.map((key, index) => rowOf(`f_${String(index)}`, write(key)))]);
    const told: SkippedFile[] = [];
    const client = new MediasaurClient({
      apiKey: "sk_test_1",
      baseUrl: server.url,
      onSkipped: (file) => told.push(file),
    });
    const listed = (await client.listFiles({ bucket: "media" })).map(({ path, id }) => [path, id]);
    expect(listed).toEqual(GOOD.map((key, index) => [key, `f_${String(index)}`]));
    expect(await client.findFile({ bucket: "media", path: "a/b" })).toMatchObject({ id: "f_0" });
    expect(await client.findFile({ bucket: "media", path: "free.txt" })).toBeUndefined();
    await client.listFiles({ bucket: "media" });
    expect(told.map(({ bucket, id }) => [bucket, id])).toEqual([["media", "f_odd"]]);
    await expect(client.getFile("f_odd")).rejects.toThrow(/f_odd|bad_answer/);
  });
});

test.each([
  ["is no object", null],
  ["is a text", "a.txt"],
  ["has no id", { path: "odd.txt", size: 3 }],
  ["has an id that is too large to be exact", { id: 2 ** 60, path: "odd.txt" }],
  ["has an id that is an address of its own", { id: "..", path: "odd.txt" }],
  ["has nothing but an id, and no details", { id: "f_404x" }],
])("a row that %s is left out, and the others are there", async (_what, row) => {
  serve([rowOf("f_1", { path: "a.txt" }), row as object, rowOf("f_2", { path: "b/c.txt" })]);
  const told: SkippedFile[] = [];
  const client = new MediasaurClient({
    apiKey: "sk_test_1",
    baseUrl: server.url,
    onSkipped: (each) => told.push(each),
  });
  const files = await client.listFiles({ bucket: "media" });
  expect(files.map(({ path }) => path)).toEqual(["a.txt", "b/c.txt"]);
});

test("nonsense about one file is told to whoever asks for that file", async () => {
  serve([
    rowOf("f_1", { path: "a.txt" }),
    { id: "f_2", path: "b.txt", size: -5, visibility: "PUBLIC" },
    { id: "f_3", path: "c.txt", visibility: "SECRETISH" },
  ]);
  const client = new MediasaurClient({ apiKey: "sk_test_1", baseUrl: server.url });
  expect(await client.listFiles({ bucket: "media" })).toHaveLength(3);
  await expect(client.getFile("f_2")).rejects.toThrow("size");
  await expect(client.getFile("f_3")).rejects.toThrow("SECRETISH");
});

test("a path that a file without an id may hold is not called free", async () => {
  serve([rowOf("f_1", { path: "a.txt" }), { path: "held.txt", size: 3 }]);
  const client = new MediasaurClient({ apiKey: "sk_test_1", baseUrl: server.url });
  await expect(client.findFile({ bucket: "media", path: "held.txt" })).rejects.toThrow(
    'a file that can\'t be worked with is at "held.txt"',
  );
  expect(await client.findFile({ bucket: "media", path: "free.txt" })).toBeUndefined();
});

test("a listing that begins with nothing but what can't be read is no listing of this API", async () => {
  serve(["a.txt", "b.txt"] as unknown as object[]);
  const client = new MediasaurClient({ apiKey: "sk_test_1", baseUrl: server.url });
  await expect(client.listFiles({ bucket: "media" })).rejects.toThrow("bad_answer");
});
