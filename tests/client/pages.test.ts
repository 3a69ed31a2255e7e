import { clientOf, closeServers, errorOf, row, server } from "./support/setup";
import type { Reply, ScriptedServer, Seen } from "./support/scripted-server";

afterEach(closeServers);

const many = (count: number): Record<string, unknown>[] =>
  Array.from({ length: count }, (_, i) => row(`f${i}`, `d/e/${String(i).padStart(4, "0")}.txt`));

function slice(all: unknown[], request: Seen, most: number): unknown[] {
  const offset = Number(request.query["offset"]);
  return all.slice(offset, offset + Math.min(most, Number(request.query["limit"] ?? most)));
}

async function ids(s: ScriptedServer): Promise<string[]> {
  return (await clientOf(s).listFiles({ bucket: "media" })).map(({ id }) => id);
}

test("lists a page of files with one request where the server counts", async () => {
  const s = await server();
  s.replies({ json: { files: many(3), total: 3 } });
  expect(await ids(s)).toEqual(["f0", "f1", "f2"]);
  expect(s.seen.map(({ query }) => query)).toEqual([{ bucket: "media", limit: "100", offset: "0" }]);
});

test.each([100, 50, 10, 7])(
  "gets every file where the server sends at most %i a page, with and without a total",
  async (most) => {
    const all = many(123);
    for (const total of [{ total: 123 }, {}]) {
      const s = await server();
      s.script = (request) => ({ json: { data: slice(all, request, most), ...total } });
      expect(await ids(s)).toHaveLength(123);
    }
  },
);

test("a short page in the middle is no end", async () => {
  const s = await server();
  const all = many(30);
  s.script = (request, index) => ({ json: slice(all, request, index === 1 ? 2 : 10) });
  expect(await ids(s)).toHaveLength(30);
});

test("a total that is only the count of a full page is not believed", async () => {
  const s = await server();
  const all = many(130);
  s.script = (request) => {
    const files = slice(all, request, 100);
    return { json: { files, total: files.length } };
  };
  expect(await ids(s)).toHaveLength(130);
});

test("asks for less where the server refuses the limit", async () => {
  const s = await server();
  const all = many(60);
  s.script = (request): Reply =>
    Number(request.query["limit"]) > 50
      ? { status: 422, json: { detail: "limit must be at most 50" } }
      : { json: { files: slice(all, request, 50), total: 60 } };
  expect(await ids(s)).toHaveLength(60);
});

test("gives a file once though pages overlap", async () => {
  const s = await server();
  const all = many(6);
  s.replies({ json: all.slice(0, 4) }, { json: all.slice(3) }, { json: [] });
  expect(await ids(s)).toEqual(["f0", "f1", "f2", "f3", "f4", "f5"]);
});

test("scans again, once, where fewer files came than the server counts", async () => {
  const s = await server();
  const all = many(4);
  s.replies(
    { json: { files: all.slice(0, 2), total: 4 } },
    { json: { files: all.slice(3), total: 4 } },
    { json: { files: [], total: 4 } },
    { json: { files: all, total: 4 } },
  );
  expect((await ids(s)).sort()).toEqual(["f0", "f1", "f2", "f3"]);
  const t = await server();
  t.script = (request) => ({ json: { files: request.query["offset"] === "0" ? all : [], total: 9 } });
  expect(await ids(t)).toHaveLength(4);
  expect(t.log).toHaveLength(4);
});

test("a server that ignores offset is an error and no endless listing", async () => {
  const s = await server();
  s.replies({ json: many(5) });
  const error = await errorOf(ids(s));
  expect(error.code).toBe("offset_ignored");
  expect(error.message).toContain("server ignores offset");
  expect(s.log).toHaveLength(2);
});

test("stops where the answer says that nothing follows", async () => {
  for (const end of [{ has_more: false }, { next: null }]) {
    const s = await server();
    s.replies({ json: { items: many(2), ...end } });
    expect(await ids(s)).toHaveLength(2);
    expect(s.log).toHaveLength(1);
  }
});

test("rows at the end that come again, as files came meanwhile, are no sign that the offset is ignored", async () => {
  const s = await server();
  const all = many(20);
  const coming = ["f98", "f99"].map((id) => row(id, `a/${id}.txt`));
  s.script = (request, index) => {
    const before = index === 0 ? [] : coming.slice(0, index);
    return { json: slice([...before, ...all], request, 100) };
  };
  expect(await ids(s)).toEqual(all.map(({ id }) => id));
});

test("many more folder rows than files that count for the offset are no sign that it is ignored", async () => {
  const folders = Array.from({ length: 12 }, (_, i) => ({ id: null, name: `folder${String(i)}`, type: "folder" }));
  for (const all of [[...folders, ...many(1)], [...many(1), ...folders], folders]) {
    const s = await server();
    s.script = (request) => ({ json: { files: slice(all, request, 100) } });
    expect(await ids(s)).toEqual(all === folders ? [] : ["f0"]);
  }
});

test("folder rows are no files, and lose none, whether they count for the offset or not", async () => {
  const folders = [
    { id: null, name: "d" },
    { id: null, name: "e" },
  ];
  for (const counted of [true, false]) {
    const s = await server();
    const rows = counted ? [...folders, ...many(7)] : many(7);
    s.script = (request) => {
      const page = slice(rows, request, 3);
      return { json: { files: counted || page.length === 0 ? page : [...folders, ...page] } };
    };
    expect(await ids(s)).toHaveLength(7);
  }
});

test("scans on where rows come in another order each time", async () => {
  const s = await server();
  const all = many(150);
  let seed = 1;
  const chance = (): number => (seed = (seed * 16807) % 2147483647);
  s.script = (request) => {
    const order = new Map(all.map((each) => [each, chance()]));
    const shuffled = [...all].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    return { json: { files: slice(shuffled, request, 100), total: 150 } };
  };
  expect(await ids(s)).toHaveLength(150);
});

test("a name that is relative to the filter is not taken for a path", async () => {
  const s = await server();
  const paths = ["a/b.txt", ...Array.from({ length: 120 }, (_, i) => `old/sub/${i}.txt`)];
  s.script = (request) => {
    if (request.path !== "/files")
      return { json: { id: request.path.slice(7), path: paths[Number(request.path.slice(7))] } };
    const filter = request.query["path"] ?? "";
    const rows = paths.flatMap((path, id) =>
      path.startsWith(filter)
        ? [{ id, name: path.slice(filter.length).replace(/^\//, ""), url: `https://cdn/x/y/${path}` }]
        : [],
    );
    return { json: { files: slice(rows, request, 100), total: rows.length } };
  };
  expect(await clientOf(s).findFile({ bucket: "media", path: "a/b.txt" })).toMatchObject({ id: "0" });
  expect(await clientOf(s).listFiles({ bucket: "media", path: "old/" })).toHaveLength(120);
});

test("a row that does not say where its file is, is looked up", async () => {
  const s = await server();
  s.script = (request) =>
    request.path === "/files" ? { json: { files: [{ id: "f1", size: 1 }], total: 1 } } : { json: row("f1", "a/x.txt") };
  expect((await clientOf(s).listFiles({ bucket: "media" }))[0]?.path).toBe("a/x.txt");
});

test.each([{}, null, { files: null }, "text"])("%j for a listing is an error, never an empty listing", async (json) => {
  const s = await server();
  s.replies({ json });
  expect((await errorOf(ids(s))).code).toBe("bad_answer");
});

test("a row of another bucket is an error", async () => {
  const s = await server();
  s.replies({ json: { files: [row("f1", "a", { bucket: "brand" })], total: 1 } });
  expect((await errorOf(ids(s))).message).toContain('"brand"');
});

describe("below a prefix", () => {
  const all = [
    row("d0", "d/flat.txt"),
    ...many(150),
    row("s1", "site/a.txt"),
    row("s2", "site/deep/b.txt"),
    row("t", "sitemap.txt"),
  ];
  const filters: Record<string, (path: string, filter: string) => boolean> = {
    string_prefix: (path, filter) => path.startsWith(filter),
    directory: (path, filter) => path.startsWith(`${filter.replace(/\/$/, "")}/`),
    one_level: (path, filter) => path.slice(0, path.lastIndexOf("/")) === filter.replace(/\/$/, ""),
    no_trailing_slash: (path, filter) => !filter.endsWith("/") && path.startsWith(`${filter}/`),
    nothing_matches: () => false,
    ignored: () => true,
  };
  test.each(Object.keys(filters))("finds every level and nothing else where the filter is %s", async (kind) => {
    const s = await server();
    s.script = (request) => {
      const filter = request.query["path"];
      const rows = filter === undefined ? all : all.filter((each) => filters[kind]?.(String(each["path"]), filter));
      return { json: { files: slice(rows, request, 100), total: rows.length } };
    };
    const client = clientOf(s);
    for (let i = 0; i < 2; i++) {
      const found = await client.listFiles({ bucket: "media", path: "site/" });
      expect(found.map(({ id }) => id).sort()).toEqual(["s1", "s2"]);
    }
  });
  test("a bucket of one page takes one request", async () => {
    const s = await server();
    s.replies({ json: { files: all.slice(141), total: 13 } });
    expect(await clientOf(s).listFiles({ bucket: "media", path: "site/" })).toHaveLength(2);
    expect(s.log).toHaveLength(1);
  });
});

describe("pages of a listing that is wanted as a whole", () => {
  /** Serves pages of so many rows, and holds back all but the first until `waiting` of them have been asked for. */
  async function held(all: unknown[], waiting: number): Promise<ScriptedServer> {
    const s = await server();
    let release: () => void = () => undefined;
    const together = new Promise<void>((resolve) => (release = resolve));
    s.script = async (request, index) => {
      if (index === waiting) release();
      if (index > 0) await together;
      return { json: { files: slice(all, request, 100), total: all.length } };
    };
    return s;
  }

  test("are asked for eight at a time once the service has said how many rows there are", async () => {
    const all = many(1000);
    const s = await held(all, 8);
    expect(await ids(s)).toEqual(all.map(({ id }) => id));
    expect(s.seen).toHaveLength(10);
  });

  test("are asked for one after the other where the caller may stop", async () => {
    const s = await server();
    const all = many(1000);
    s.script = (request) => ({ json: { files: slice(all, request, 100), total: all.length } });
    for await (const page of clientOf(s).pages({ bucket: "media" })) {
      expect(page.files).toHaveLength(100);
      break;
    }
    expect(s.seen).toHaveLength(1);
  });

  test("are asked for one after the other from where one is shorter than expected", async () => {
    const s = await server();
    const all = many(3000);
    s.script = (request) => ({
      json: { files: slice(all, request, request.query["offset"] === "100" ? 99 : 100), total: all.length },
    });
    expect(await ids(s)).toHaveLength(3000);
    // 31 pages, and the seven that had been asked for when the second one came.
    expect(s.seen).toHaveLength(31 + 7);
  });

  test("tell of the one that fails, and of none that nobody came to", async () => {
    const s = await server();
    const all = many(1000);
    s.script = (request) =>
      Number(request.query["offset"]) >= 300
        ? { status: 403, json: { detail: "not this far" } }
        : { json: { files: slice(all, request, 100), total: all.length } };
    expect((await errorOf(ids(s))).code).toBe("forbidden");
  });
});
