import { startEmulator, type Emulator } from "mediasaur-emulator";
import { pathsOf, send, uploadForm, type Reply } from "./api";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      buckets: {
        media: {
          files: [
            { path: "b/two.txt", id: "f_2", content: "22" },
            { path: "a/one.txt", id: "f_1", content: "1", visibility: "PRIVATE" },
            { path: "a/deep/x.txt", id: "f_3" },
          ],
        },
      },
    },
  });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const inDialect = (dialect: string, method: string, path: string, body?: unknown): Promise<Reply> =>
  send(emulator, method, path, body, { "x-emulator-dialect": dialect });

describe("switches", () => {
  it("are refused when unknown or not implemented", async () => {
    await expect(emulator.setDialect({ "list.colour": "red" })).rejects.toThrow('unknown dialect switch "list.colour"');
    await expect(emulator.setDialect({ "list.envelope": "red" })).rejects.toThrow('no value "red"');
    await expect(emulator.setDialect({ consistency: "list_lag" })).rejects.toThrow("not implemented");
    await expect(startEmulator({ dialect: "list.envelope" })).rejects.toThrow("neither switch=value nor a file");
    expect((await inDialect("list.envelope=red", "GET", "/buckets")).status).toBe(422);
    expect((await send(emulator, "PUT", "/_emulator/dialect", { toString: "x" })).status).toBe(422);
  });

  it("hold for one request in its header, for all when set, and from the start", async () => {
    expect((await inDialect("bucket.envelope=bare,bucket.plan=null", "GET", "/buckets")).body).toMatchObject([
      { plan: null },
    ]);
    expect((await send(emulator, "GET", "/buckets")).body).toHaveProperty("buckets");
    await emulator.setDialect({ "bucket.envelope": "data" });
    expect((await send(emulator, "GET", "/buckets")).body).toHaveProperty("data");
    const other = await startEmulator({ dialect: "bucket.envelope=bare, bucket.usage=absent" });
    await other.reset();
    expect((await send(other, "GET", "/buckets")).body).toEqual([
      expect.not.objectContaining({ usage: expect.anything() }),
    ]);
    await other.close();
  });
});

describe("lists", () => {
  it.each([
    ["data_total", { data: [{}], total: 3 }],
    ["bare", [{}]],
    ["items_has_more", { items: [{}], has_more: true }],
    ["results_next", { results: [{}], next: 1, total: 3 }],
    ["data_nested_files", { data: { files: [{}], total: 3 } }],
  ])("envelope %s", async (envelope, expected) => {
    const { body } = await inDialect(`list.envelope=${envelope}`, "GET", "/files?bucket=media&limit=1");
    expect(body).toMatchObject(expected);
  });

  it.each([
    ["false", {}],
    ["page_count", { count: 2 }],
    ["string", { total: "3" }],
  ])("total %s", async (total, expected) => {
    const { body } = await inDialect(`list.total=${total}`, "GET", "/files?bucket=media&limit=2");
    const { files, ...rest } = body;
    expect(files).toHaveLength(2);
    expect(rest).toEqual(expected);
  });

  it("limit may be clamped, or refused", async () => {
    const files = Array.from({ length: 60 }, (_, n) => ({ path: `${String(n)}.txt` }));
    await emulator.control("POST", "reseed", { seed: { buckets: { media: { files } } } });
    const count = async (max: string): Promise<number> =>
      (await inDialect(`list.max_limit=${max}`, "GET", "/files?bucket=media&limit=1000")).body.files?.length;
    expect([await count("10"), await count("50"), await count("100")]).toEqual([10, 50, 60]);
    expect((await inDialect("list.max_limit=reject_over", "GET", "/files?bucket=media&limit=101")).status).toBe(422);
  });

  it.each([
    ["string_prefix", "a/d", ["f_3"]],
    ["dir_recursive", "a", ["f_1", "f_3"]],
    ["dir_recursive", "a/", ["f_1", "f_3"]],
    ["dir_one_level", "a", ["f_1"]],
    ["needs_trailing_slash", "a", []],
    ["needs_trailing_slash", "a/", ["f_1", "f_3"]],
    ["ilike", "A/%T", ["f_1", "f_3"]],
    ["rejects_trailing_slash", "a", ["f_1", "f_3"]],
  ])("filter %s with %s", async (filter, path, ids) => {
    const { body } = await inDialect(
      `list.filter=${filter}`,
      "GET",
      `/files?bucket=media&path=${encodeURIComponent(path)}`,
    );
    expect(body.files.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(body.total).toBe(ids.length);
  });

  it("may be in another order, and hold other rows", async () => {
    const rows = async (dialect: string): Promise<Record<string, unknown>[]> =>
      (await inDialect(dialect, "GET", "/files?bucket=media")).body.files;
    expect((await rows("list.order=path_asc")).map(({ id }) => id)).toEqual(["f_3", "f_1", "f_2"]);
    expect((await rows("list.order=random_per_request")).map(({ id }) => id).sort()).toEqual(["f_1", "f_2", "f_3"]);
    expect((await rows("list.rows=with_folder_rows")).slice(0, 2)).toMatchObject([
      { id: null, path: "a" },
      { id: null, path: "b" },
    ]);
    expect((await rows("list.rows=sparse"))[0]).not.toHaveProperty("url");
  });
});

describe("objects", () => {
  it.each([
    ["object.envelope=success_data", { success: true, data: { id: "f_1" } }],
    ["object.id=uuid", { uuid: "f_1" }],
    ["object.case=camel", { mimeType: "text/plain" }],
    ["object.case=pascal", { MimeType: "text/plain", Id: "f_1" }],
    ["object.path=directory", { path: "a", name: "one.txt" }],
    ["object.path=bucket_prefixed", { path: "media/a/one.txt" }],
    ["object.size=numeric_string", { size: "1" }],
    ["object.visibility=is_public", { is_public: false }],
    ["object.visibility=access", { access: "private" }],
    ["object.time=epoch_s", { created_at: expect.any(Number) }],
    ["object.url=signed_rotating_private", { url: expect.stringContaining("signature=") }],
    ["object.url=changes_on_visibility", { url: expect.stringMatching(/\?v=0$/) }],
  ])("%s", async (dialect, expected) => {
    expect((await inDialect(dialect, "GET", "/files/f_1")).body).toMatchObject(expected);
  });

  it("may have numbers for ids", async () => {
    await emulator.setDialect({ "object.id": "numeric_id" });
    const { id } = (await send(emulator, "GET", "/files?bucket=media")).body.files[0];
    expect(id).toEqual(expect.any(Number));
    expect((await send(emulator, "GET", `/files/${String(id)}`)).body.path).toBe("b/two.txt");
    expect((await send(emulator, "GET", "/files/f_2")).status).toBe(404);
  });
});

describe("writes", () => {
  const upload = (dialect: string, path: string): Promise<Reply> =>
    inDialect(dialect, "POST", "/", uploadForm({ bucket: "media", path }));
  const move = (dialect: string, target_path = "b"): Promise<Reply> =>
    inDialect(dialect, "POST", "/files/move", { bucket: "media", file_ids: ["f_1"], target_path });

  it("answer an upload in several ways", async () => {
    expect((await upload("upload.answer=url_only", "u1")).body).toEqual({ url: `${emulator.baseUrl}/f/media/u1` });
    expect((await upload("upload.answer=wrapped", "u2")).body).toMatchObject({ file: { path: "u2" } });
    expect(await upload("upload.answer=201,upload.default_visibility=PRIVATE", "u3")).toMatchObject({
      status: 201,
      body: { visibility: "PRIVATE" },
    });
  });

  it("settle uploads onto a taken path", async () => {
    expect((await upload("upload.conflict=409", "b/two.txt")).status).toBe(409);
    expect((await upload("upload.conflict=auto_rename", "b/two.txt")).body.path).toBe("b/two (1).txt");
    expect((await upload("upload.conflict=duplicate", "b/two.txt")).body.id).not.toBe("f_2");
    expect((await upload("upload.conflict=overwrite_new_id", "b/two.txt")).body.id).not.toBe("f_2");
    expect((await send(emulator, "GET", "/files/f_2")).status).toBe(404);
  });

  it("settle moves onto a taken path", async () => {
    await emulator.control("POST", "edit", { op: "put", bucket: "media", path: "b/one.txt", id: "f_held" });
    expect((await move("move.conflict=skip_silently")).status).toBe(200);
    expect((await send(emulator, "GET", "/files/f_1")).body.path).toBe("a/one.txt");
    expect((await move("move.conflict=overwrite,move.id=new")).body.files[0]).toMatchObject({ path: "b/one.txt" });
    expect((await send(emulator, "GET", "/files/f_held")).status).toBe(404);
    expect((await send(emulator, "GET", "/files/f_1")).status).toBe(404);
  });

  it.each([
    ["ids", { ids: ["f_1"] }],
    ["count", { count: 1 }],
    ["empty_object", {}],
    ["204", ""],
    ["207_items", { results: [{ id: "f_1", status: 200, success: true }] }],
  ])("answer a move with %s", async (answer, expected) => {
    expect((await move(`move.answer=${answer}`)).body).toEqual(expected);
    expect(await pathsOf(emulator)).toContain("b/one.txt");
  });

  it("spell the root in several ways", async () => {
    expect((await move("move.root=slash", "")).status).toBe(422);
    expect((await move("move.root=slash", "/")).body.files[0].path).toBe("one.txt");
  });

  it.each([
    ["copy.target=full", "c/new.md", "c/new.md"],
    ["copy.target=by_extension", "c/new", "c/new/one.txt"],
    ["copy.target=by_extension", "c/new.md", "c/new.md"],
    ["copy.target=by_trailing_slash", "c/", "c/one.txt"],
    ["copy.target=by_trailing_slash", "c", "c"],
  ])("%s to %s", async (dialect, target_path, path) => {
    const wanted = { source_bucket: "media", target_bucket: "media", file_ids: ["f_1"], target_path };
    const { body } = await inDialect(`${dialect},copy.visibility=default`, "POST", "/files/copy", wanted);
    expect(body.files[0]).toMatchObject({ path, visibility: "PUBLIC" });
  });

  it("patch in several ways", async () => {
    const patch = (dialect: string, change: object): Promise<Reply> =>
      inDialect(dialect, "PATCH", "/files/f_1", change);
    expect((await patch("patch.answer=204", { name: "n.txt" })).status).toBe(204);
    expect((await patch("patch.answer=partial_object", { name: "m.txt" })).body).toEqual({ id: "f_1", name: "m.txt" });
    expect((await patch("patch.path=directory", { path: "d" })).body.path).toBe("d/m.txt");
    expect((await patch("patch.path=rejected_400", { path: "d" })).status).toBe(400);
    expect((await patch("patch.name=label_only", { name: "l.txt" })).body).toMatchObject({
      name: "l.txt",
      path: "d/m.txt",
    });
  });

  it("delete in several ways", async () => {
    expect((await inDialect("delete.answer=200_object", "DELETE", "/files/f_1")).body.id).toBe("f_1");
    expect((await inDialect("delete.repeat=200", "DELETE", "/files/f_1")).status).toBe(200);
    expect((await inDialect("delete.repeat=200", "DELETE", "/files/never")).status).toBe(404);
  });
});

describe("errors", () => {
  it.each([
    ["error.shape=error_string", 404, { error: expect.any(String) }],
    ["error.shape=statusCode_error_message", 404, { statusCode: "404", error: "not_found" }],
    ["error.shape=code_message", 404, { code: "not_found" }],
    ["error.shape=problem_json", 404, { status: 404, title: "Not Found" }],
    ["error.shape=html", 404, expect.stringContaining("<html>")],
    ["error.shape=empty", 404, ""],
    ["error.status=always_400_body_code", 400, { statusCode: "404" }],
    ["error.status=200_success_false", 200, { success: false }],
    ["error.missing=403", 403, {}],
  ])("%s", async (dialect, status, body) => {
    expect(await inDialect(dialect, "GET", "/files/none")).toMatchObject({ status, body });
  });
});
