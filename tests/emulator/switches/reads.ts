import { reading, type SwitchCase } from "./bench";

const page = "/files?bucket=media&limit=2";
const filtering = (value: string, does: string, finds: Record<string, string[]>): SwitchCase => ({
  dialect: `list.filter=${value}`,
  does,
  check: async ({ filtered }) => {
    for (const [path, ids] of Object.entries(finds)) expect([path, await filtered(path)]).toEqual([path, ids]);
  },
});
const limited = (value: string, does: string, rows: number): SwitchCase => ({
  dialect: `list.max_limit=${value}`,
  does,
  check: async ({ emulator, list }) => {
    const files = Array.from({ length: 120 }, (_, n) => ({ path: `${String(n)}.txt` }));
    await emulator.control("POST", "reseed", { seed: { buckets: { media: { files } } } });
    expect(await list("&limit=1000")).toHaveLength(rows);
  },
});

/** Switches of lists. */
export const listCases: readonly SwitchCase[] = [
  reading("list.envelope=files_total", "names the rows files", page, { files: [{}, {}], total: 3 }),
  reading("list.envelope=data_total", "names the rows data", page, { data: [{}, {}], total: 3 }),
  reading("list.envelope=bare", "answers nothing but the rows", page, [{}, {}]),
  reading("list.envelope=items_has_more", "says whether there are more", page, { items: [{}, {}], has_more: true }),
  reading("list.envelope=results_next", "says where to go on", page, { results: [{}, {}], next: 2 }),
  reading("list.envelope=data_nested_files", "nests the rows", page, { data: { files: [{}, {}], total: 3 } }),
  reading("list.total=true", "counts all that match", page, { total: 3 }),
  {
    dialect: "list.total=false",
    does: "counts nothing",
    check: async ({ get }) => expect((await get(page)).body).toEqual({ files: [expect.anything(), expect.anything()] }),
  },
  reading("list.total=page_count", "counts the rows of the page", page, { count: 2 }),
  reading("list.total=string", "writes the count as text", page, { total: "3" }),
  limited("none", "gives as many rows as were asked for", 120),
  limited("100", "gives 100 rows at most", 100),
  limited("50", "gives 50 rows at most", 50),
  limited("10", "gives 10 rows at most", 10),
  reading("list.max_limit=reject_over", "refuses more than 100", "/files?bucket=media&limit=101", {}, 422),
  {
    dialect: "list.order=created_asc",
    does: "is in order of creation",
    check: async ({ listed }) => expect(await listed()).toEqual(["f_2", "f_1", "f_3"]),
  },
  {
    dialect: "list.order=path_asc",
    does: "is in order of path",
    check: async ({ listed }) => expect(await listed()).toEqual(["f_3", "f_1", "f_2"]),
  },
  {
    dialect: "list.order=random_per_request:7",
    does: "is in another order each time, the same series for the same seed",
    check: async ({ emulator, listed }) => {
      const series = async (order: string): Promise<string[]> => {
        await emulator.reset();
        await emulator.setDialect({ "list.order": order });
        const orders = [];
        for (let n = 0; n < 8; n++) orders.push((await listed()).join());
        return orders;
      };
      const first = await series("random_per_request:7");
      expect(new Set(first).size).toBeGreaterThan(1);
      expect(await series("random_per_request:7")).toEqual(first);
      expect(await series("random_per_request:8")).not.toEqual(first);
      expect([...new Set(first.map((ids) => ids.split(",").sort().join()))]).toEqual(["f_1,f_2,f_3"]);
    },
  },
  filtering("string_prefix", "takes a path for the start of a path", { "a/d": ["f_3"], a: ["f_1", "f_3"] }),
  filtering("dir_recursive", "takes it for a folder with all below", {
    a: ["f_1", "f_3"],
    "a/": ["f_1", "f_3"],
    "a/d": [],
  }),
  filtering("dir_one_level", "takes it for a folder without those below", { a: ["f_1"] }),
  filtering("needs_trailing_slash", "finds nothing without a slash at its end", { a: [], "a/": ["f_1", "f_3"] }),
  filtering("ilike", "knows no case, and wildcards", { "A/%T": ["f_1", "f_3"] }),
  {
    dialect: "list.filter=rejects_trailing_slash",
    does: "refuses a slash at its end",
    check: async ({ filtered, get }) => {
      expect(await filtered("a")).toEqual(["f_1", "f_3"]);
      expect((await get("/files?bucket=media&path=a%2F")).status).toBe(422);
    },
  },
  reading("list.rows=files", "holds whole files", page, { files: [{ id: "f_2", path: "b/two.txt" }, {}] }),
  reading("list.rows=with_folder_rows", "holds folders without an id", page, {
    files: [{ id: null, path: "a" }, { id: null, path: "b" }, {}, {}],
  }),
  {
    dialect: "list.rows=sparse",
    does: "leaves out address and visibility",
    check: async ({ list }) => {
      const [row] = await list();
      expect(row).toHaveProperty("path");
      expect(row).not.toHaveProperty("url");
      expect(row).not.toHaveProperty("visibility");
    },
  },
  {
    dialect: "list.rows=relative_names",
    does: "names files from the folder on",
    check: async ({ list }) => {
      const rows = await list("&path=a/");
      expect(rows).toMatchObject([{ name: "one.txt" }, { name: "deep/x.txt" }]);
      expect(rows[0]).not.toHaveProperty("path");
    },
  },
  {
    dialect: "consistency=immediate",
    does: "shows a write at once",
    check: async ({ upload, listed, file }) => {
      const { id } = (await upload("n.txt")).body;
      expect(await listed()).toContain(id);
      expect((await file(id)).status).toBe(200);
    },
  },
  {
    dialect: "consistency=list_lag:2",
    does: "shows a write to the third list, and at once to a read of the file",
    check: async ({ upload, remove, patch, list, file }) => {
      const { id } = (await upload("n.txt")).body;
      await remove("f_3");
      await patch("f_2", { name: "neu.txt" });
      expect((await file(id)).status).toBe(200);
      const seen = async (): Promise<string[]> => (await list()).map(({ path }) => path).sort();
      for (let n = 0; n < 2; n++) expect(await seen()).toEqual(["a/deep/x.txt", "a/one.txt", "b/two.txt"]);
      expect(await seen()).toEqual(["a/one.txt", "b/neu.txt", "n.txt"]);
    },
  },
  {
    dialect: "consistency=list_lag:500ms",
    does: "shows a write to lists once the time is over, with the count that belongs to it",
    check: async ({ upload, get, advance }) => {
      await upload("n.txt");
      expect((await get("/files?bucket=media")).body.total).toBe(3);
      expect((await get("/files?bucket=media&path=n")).body.files).toEqual([]);
      await advance(500);
      expect((await get("/files?bucket=media")).body.total).toBe(4);
    },
  },
  {
    dialect: "consistency=detail_lag:2",
    does: "shows a write to the third read of the file, and at once to lists",
    check: async ({ upload, remove, patch, listed, file }) => {
      const { id } = (await upload("n.txt")).body;
      expect(await listed()).toContain(id);
      const statuses = [await file(id), await file(id), await file(id)].map(({ status }) => status);
      expect(statuses).toEqual([404, 404, 200]);
      await patch("f_2", { name: "neu.txt" });
      const paths = [await file("f_2"), await file("f_2"), await file("f_2")].map(({ body }) => body.path);
      expect(paths).toEqual(["b/two.txt", "b/two.txt", "b/neu.txt"]);
      await remove("f_1");
      const gone = [await file("f_1"), await file("f_1"), await file("f_1")].map(({ status }) => status);
      expect(gone).toEqual([200, 200, 404]);
    },
  },
];

const one = "/files/f_1";

/** Switches of objects, buckets and the key. */
export const objectCases: readonly SwitchCase[] = [
  reading("object.envelope=bare", "answers the object itself", one, { id: "f_1" }),
  reading("object.envelope=data", "wraps it in data", one, { data: { id: "f_1" } }),
  reading("object.envelope=file", "wraps it in file", one, { file: { id: "f_1" } }),
  reading("object.envelope=success_data", "wraps it beside success", one, { success: true, data: { id: "f_1" } }),
  reading("object.id=id", "names the id id", one, { id: "f_1" }),
  reading("object.id=file_id", "names the id file_id", one, { file_id: "f_1" }),
  reading("object.id=uuid", "names the id uuid", one, { uuid: "f_1" }),
  {
    dialect: "object.id=numeric_id",
    does: "has numbers for ids",
    check: async ({ list, file }) => {
      const [row] = await list();
      expect(row?.id).toEqual(expect.any(Number));
      expect((await file(String(row?.id))).body.path).toBe("b/two.txt");
      expect((await file("f_2")).status).toBe(404);
    },
  },
  reading("object.case=snake", "spells keys with underscores", one, { mime_type: "text/plain" }),
  reading("object.case=camel", "spells keys in camel case", one, { mimeType: "text/plain" }),
  reading("object.case=pascal", "spells keys in Pascal case", one, { MimeType: "text/plain", Id: "f_1" }),
  reading("object.path=full", "gives the whole path", one, { path: "a/one.txt" }),
  reading("object.path=full_leading_slash", "begins the path with a slash", one, { path: "/a/one.txt" }),
  reading("object.path=directory", "gives the folder only", one, { path: "a", name: "one.txt" }),
  reading("object.path=directory_slash", "gives the folder with a slash at its end", one, { path: "a/" }),
  reading("object.path=bucket_prefixed", "begins the path with the bucket", one, { path: "media/a/one.txt" }),
  reading("object.size=number", "gives the size as a number", one, { size: 1 }),
  reading("object.size=numeric_string", "gives the size as text", one, { size: "1" }),
  reading("object.size=bytes", "names the size bytes", one, { bytes: 1 }),
  reading("object.size=size_bytes", "names the size size_bytes", one, { size_bytes: 1 }),
  {
    dialect: "object.size=absent",
    does: "gives no size",
    check: async ({ file }) => expect((await file("f_1")).body).not.toHaveProperty("size"),
  },
  reading("object.visibility=PUBLIC/PRIVATE", "says PRIVATE", one, { visibility: "PRIVATE" }),
  reading("object.visibility=lower", "says private", one, { visibility: "private" }),
  reading("object.visibility=is_public", "says is_public", one, { is_public: false }),
  reading("object.visibility=is_private", "says is_private", one, { is_private: true }),
  reading("object.visibility=access", "names it access", one, { access: "private" }),
  reading("object.time=iso", "writes times in ISO 8601", one, { created_at: expect.stringMatching(/^\d{4}-.*Z$/) }),
  {
    dialect: "object.time=epoch_s",
    does: "counts seconds",
    check: async ({ file }) => expect((await file("f_1")).body.created_at).toBeLessThan(1e11),
  },
  {
    dialect: "object.time=epoch_ms",
    does: "counts milliseconds",
    check: async ({ file }) => expect((await file("f_1")).body.created_at).toBeGreaterThan(1e11),
  },
  reading("object.url=public_only_null_private", "gives no address of a private file", one, { url: null }),
  {
    dialect: "object.url=signed_rotating_private",
    does: "gives another signed address of a private file each time",
    check: async ({ file }) => {
      const [first, second] = [(await file("f_1")).body.url, (await file("f_1")).body.url];
      expect(first).toContain("signature=");
      expect(second).not.toBe(first);
    },
  },
  reading("object.url=same_url", "gives the same address of any file", one, {
    url: expect.stringMatching(/one\.txt$/),
  }),
  {
    dialect: "object.url=changes_on_visibility",
    does: "gives another address once the visibility has changed",
    check: async ({ file, patch }) => {
      const { url } = (await file("f_1")).body;
      expect((await patch("f_1", { visibility: "PUBLIC" })).body.url).not.toBe(url);
    },
  },
  reading("bucket.envelope=buckets", "names the list buckets", "/buckets", { buckets: [{ name: "media" }, {}] }),
  reading("bucket.envelope=data", "names the list data", "/buckets", { data: [{ name: "media" }, {}] }),
  reading("bucket.envelope=bare", "answers nothing but the list", "/buckets", [{ name: "media" }, {}]),
  reading("bucket.usage=nested", "nests the usage", "/buckets/media", { usage: { file_count: 3 } }),
  reading("bucket.usage=flat", "has the usage beside the name", "/buckets/media", { file_count: 3 }),
  {
    dialect: "bucket.usage=absent",
    does: "has no usage",
    check: async ({ get }) =>
      expect(Object.keys((await get("/buckets/media")).body)).toEqual(["name", "plan", "created_at"]),
  },
  reading("bucket.plan=string", "names the plan", "/buckets/media", { plan: "pro" }),
  reading("bucket.plan=object", "has an object for the plan", "/buckets/media", { plan: { name: "pro" } }),
  reading("bucket.plan=null", "has no plan", "/buckets/media", { plan: null }),
  reading("key.scope=all_buckets", "sees every bucket", "/buckets", {
    buckets: [{ name: "media" }, { name: "other" }],
  }),
  ...[404, 403].map((status): SwitchCase => ({
    dialect: `key.scope=subset_${String(status)}:other`,
    does: `answers ${String(status)} for buckets that it does not name, and does not list them`,
    check: async ({ emulator, get, file, move, upload }) => {
      expect((await get("/buckets")).body.buckets).toMatchObject([{ name: "other" }]);
      const refused = [get("/buckets/media"), get("/files?bucket=media"), file("f_1"), move(), upload("n.txt")];
      expect((await Promise.all(refused)).map((reply) => reply.status)).toEqual([
        status,
        status,
        status,
        status,
        status,
      ]);
      expect((await file("f_o")).status).toBe(200);
      await emulator.setDialect({ "key.scope": `subset_${String(status)}` });
      expect((await get("/buckets")).body.buckets).toMatchObject([{ name: "media" }]);
    },
  })),
];

const none = "/files/none";

/** Switches of failures. */
export const errorCases: readonly SwitchCase[] = [
  reading("error.shape=detail_string", "says it in detail", none, { detail: 'File "none" not found' }, 404),
  reading("error.shape=error_string", "says it in error", none, { error: 'File "none" not found' }, 404),
  reading("error.shape=error_object", "has an object for the error", none, { error: { code: "not_found" } }, 404),
  reading(
    "error.shape=statusCode_error_message",
    "repeats the status",
    none,
    { statusCode: "404", error: "not_found" },
    404,
  ),
  reading(
    "error.shape=code_message",
    "has a code and a message",
    none,
    { code: "not_found", message: expect.stringContaining("not found") },
    404,
  ),
  reading("error.shape=problem_json", "is a problem of RFC 9457", none, { status: 404, title: "Not Found" }, 404),
  reading("error.shape=html", "is a page", none, expect.stringContaining("<html>"), 404),
  reading("error.shape=empty", "is nothing", none, "", 404),
  reading("error.status=proper", "has the status that it means", none, {}, 404),
  reading("error.status=always_400_body_code", "is always 400", none, { statusCode: "404" }, 400),
  reading("error.status=200_success_false", "is a 200 that says no", none, { success: false }, 200),
  reading("error.missing=404", "is 404 for what isn't there", none, {}, 404),
  reading("error.missing=403", "is 403 for what isn't there", none, {}, 403),
  reading("error.missing=400", "is 400 for what isn't there", none, {}, 400),
  ...Object.entries({
    retry_after_s: ["retry-after", /^7$/],
    retry_after_date: ["retry-after", /GMT$/],
    x_ratelimit_reset_ms: ["x-ratelimit-reset", /^7000$/],
    epoch: ["x-ratelimit-reset", /^1\d{9}$/],
  } as const).map(([value, [header, form]]): SwitchCase => ({
    dialect: `rate.headers=${value}`,
    does: `says when to come back in ${header}`,
    check: async ({ emulator, get }) => {
      await emulator.setFaults([{ op: "*", kind: "rate_limit", args: { retry_after: 7 } }]);
      expect((await get("/buckets")).headers.get(header)).toMatch(form);
    },
  })),
  {
    dialect: "rate.headers=none",
    does: "does not say when to come back",
    check: async ({ emulator, get }) => {
      await emulator.setFaults([{ op: "*", kind: "rate_limit" }]);
      const { status, headers } = await get("/buckets");
      expect([status, headers.get("retry-after"), headers.get("x-ratelimit-reset")]).toEqual([429, null, null]);
    },
  },
];
