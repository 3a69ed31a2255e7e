import { clientOf, closeServers, errorOf, row, server } from "./support/setup";
import type { Reply, ScriptedServer } from "./support/scripted-server";

afterEach(closeServers);

type Filter = (path: string, filter: string) => boolean;

const directoryOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf("/"), 0));
const below: Filter = (path, filter) => path.startsWith(`${filter.replace(/\/$/, "")}/`);
const filters: Record<string, Filter> = {
  string_prefix: (path, filter) => path.startsWith(filter),
  recursive_directory: below,
  one_level: (path, filter) => directoryOf(path) === filter.replace(/\/$/, ""),
  needs_trailing_slash: (path, filter) => filter.endsWith("/") && below(path, filter),
  rejects_trailing_slash: (path, filter) => !filter.endsWith("/") && below(path, filter),
  case_insensitive: (path, filter) => path.toLowerCase().startsWith(filter.toLowerCase()),
  exact: (path, filter) => path === filter,
  nothing: () => false,
};
const files = [
  ...Array.from({ length: 120 }, (_, i) => row(`f${i}`, `old/${i}.txt`)),
  row("x", "a/b/x.png"),
  row("X", "a/b/X.png"),
  row("r", "root.png"),
];

function listing(s: ScriptedServer, matches: Filter, all = files): void {
  s.script = (request): Reply => {
    const filter = request.query["path"];
    const rows = filter === undefined ? all : all.filter((each) => matches(String(each["path"]), filter));
    const offset = Number(request.query["offset"]);
    return { json: { files: rows.slice(offset, offset + 100), total: rows.length } };
  };
}

describe.each(Object.keys(filters))("where the filter is %s", (kind) => {
  test.each([undefined, "old/7.txt", "root.png"])(
    "finds what is there and nothing else (control %s)",
    async (control) => {
      const s = await server();
      listing(s, filters[kind] ?? below);
      const client = clientOf(s);
      const find = async (path: string): Promise<string | undefined> =>
        (await client.findFile({ bucket: "media", path, ...(control ? { control } : {}) }))?.id;
      expect(await find("a/b/x.png")).toBe("x");
      expect(await find("a/b/missing.png")).toBeUndefined();
      expect(await find("a/b/X.png")).toBe("X");
      expect(await find("root.png")).toBe("r");
      expect(await find("old/119.txt")).toBe("f119");
      expect(await find("a/b")).toBeUndefined();
      expect(await find("missing.png")).toBeUndefined();
    },
  );
});

test("costs one request for a hit, two with a control for the first miss, and one for each after that", async () => {
  const s = await server();
  listing(s, filters["string_prefix"] ?? below);
  const client = clientOf(s);
  const cost = async (path: string): Promise<number> => {
    const before = s.seen.length;
    await client.findFile({ bucket: "media", path, control: "old/1.txt" });
    return s.seen.length - before;
  };
  expect([await cost("root.png"), await cost("no/1"), await cost("no/2"), await cost("a/b/x.png")]).toEqual([
    1, 2, 1, 1,
  ]);
});

test("a bucket that is listed whole answers by itself", async () => {
  const s = await server();
  listing(s, filters["nothing"] ?? below, files.slice(118));
  expect(await clientOf(s).findFile({ bucket: "media", path: "a/b/x.png" })).toMatchObject({ id: "x" });
  expect(await clientOf(s).findFile({ bucket: "media", path: "none" })).toBeUndefined();
});

test("a form proved for one bucket is not believed for another", async () => {
  const s = await server();
  listing(s, filters["string_prefix"] ?? below);
  const client = clientOf(s);
  await client.findFile({ bucket: "media", path: "none", control: "old/1.txt" });
  const before = s.seen.length;
  await errorOf(client.findFile({ bucket: "brand", path: "none", control: "old/1.txt" }));
  expect(s.seen[before]?.query["bucket"]).toBe("brand");
  expect(s.seen.length - before).toBe(2);
});

test("goes on where a service refuses a filter that is no directory", async () => {
  const s = await server();
  const inner = filters["needs_trailing_slash"] ?? below;
  listing(s, inner);
  const normal = s.script;
  s.script = (request, index) =>
    request.query["path"]?.endsWith("/") === false
      ? { status: 400, json: { detail: "path must end with /" } }
      : normal(request, index);
  expect(await clientOf(s).findFile({ bucket: "media", path: "a/b/x.png" })).toMatchObject({ id: "x" });
  expect(await clientOf(s).findFile({ bucket: "media", path: "a/b/no.png" })).toBeUndefined();
});

test("two files at one path are an error for one, and a list for all", async () => {
  const s = await server();
  s.replies({ json: { files: [row("v1", "a.png"), row("v2", "a.png")], total: 2 } });
  const error = await errorOf(clientOf(s).findFile({ bucket: "media", path: "a.png" }));
  expect(error.code).toBe("ambiguous");
  expect(error.message).toContain("v1, v2");
  expect(await clientOf(s).findFiles({ bucket: "media", path: "a.png" })).toHaveLength(2);
});

test("compares paths whichever way accents are encoded", async () => {
  const s = await server();
  s.replies({ json: { files: [row("e", "caf\u0065\u0301.png")], total: 1 } });
  expect(await clientOf(s).findFile({ bucket: "media", path: "caf\u00e9.png" })).toMatchObject({ id: "e" });
});

test("a failing listing is an error and no absence", async () => {
  const s = await server();
  s.replies({ status: 403, json: { detail: "no" } });
  expect((await errorOf(clientOf(s).findFile({ bucket: "media", path: "a" }))).code).toBe("forbidden");
});

test("says ambiguous, and not absent, where a bucket's name may be part of the path", async () => {
  const s = await server();
  s.replies({ json: { files: [row("p", "media/a.png", { url: null })], total: 1 } });
  expect((await errorOf(clientOf(s).findFile({ bucket: "media", path: "a.png" }))).code).toBe("ambiguous");
});
