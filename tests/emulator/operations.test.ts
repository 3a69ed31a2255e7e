import { startEmulator, type Emulator } from "mediasaur-emulator";
import { pathsOf, send, uploadForm } from "./api";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      buckets: {
        media: {
          plan: "pro",
          files: [
            { path: "a/one.txt", id: "f_1", content: "one", visibility: "PRIVATE" },
            { path: "a/two.png", id: "f_2", size: 2048 },
            { path: "ab.txt", id: "f_3", content: "three", metadata: { by: "seed" } },
          ],
        },
        other: { files: [{ path: "x.txt", id: "f_x", content: "x" }] },
      },
    },
  });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe("buckets", () => {
  it("lists buckets with usage and plan", async () => {
    const { body } = await send(emulator, "GET", "/buckets");
    expect(body).toEqual({
      buckets: [
        expect.objectContaining({
          name: "media",
          plan: "pro",
          usage: { file_count: 3, storage_bytes: 2056, bandwidth_bytes: 0 },
        }),
        expect.objectContaining({ name: "other" }),
      ],
    });
  });

  it("answers one bucket, and 404 for one that isn't there", async () => {
    expect((await send(emulator, "GET", "/buckets/other")).body).toMatchObject({
      name: "other",
      usage: { file_count: 1 },
    });
    expect(await send(emulator, "GET", "/buckets/none")).toMatchObject({
      status: 404,
      body: { detail: 'Bucket "none" not found' },
    });
  });
});

describe("reads", () => {
  it("answers a file with its full path, and no url while private", async () => {
    expect((await send(emulator, "GET", "/files/f_1")).body).toEqual({
      id: "f_1",
      bucket: "media",
      name: "one.txt",
      path: "a/one.txt",
      size: 3,
      mime_type: "text/plain",
      visibility: "PRIVATE",
      url: null,
      metadata: {},
      created_at: expect.stringMatching(/^\d{4}-.*Z$/),
      updated_at: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect((await send(emulator, "GET", "/files/f_3")).body).toMatchObject({
      url: `${emulator.baseUrl}/f/media/ab.txt`,
      metadata: { by: "seed" },
    });
  });

  it("lists in order of creation, a page at a time, with the total", async () => {
    const first = await send(emulator, "GET", "/files?bucket=media&limit=2");
    expect(first.body.files.map((file: { id: string }) => file.id)).toEqual(["f_1", "f_2"]);
    expect(first.body.total).toBe(3);
    const second = await send(emulator, "GET", "/files?bucket=media&limit=2&offset=2");
    expect(second.body.files.map((file: { id: string }) => file.id)).toEqual(["f_3"]);
  });

  it("gives 100 files where no limit is named", async () => {
    const files = Array.from({ length: 101 }, (_, n) => ({ path: `n/${String(n)}.txt` }));
    await emulator.control("POST", "reseed", { seed: { buckets: { media: { files } } } });
    expect((await send(emulator, "GET", "/files?bucket=media")).body.files).toHaveLength(100);
  });

  it("filters by string prefix of the full path", async () => {
    const found = async (path: string): Promise<string[]> =>
      (await send(emulator, "GET", `/files?bucket=media&path=${encodeURIComponent(path)}`)).body.files.map(
        (file: { path: string }) => file.path,
      );
    expect(await found("a")).toEqual(["a/one.txt", "a/two.png", "ab.txt"]);
    expect(await found("a/")).toEqual(["a/one.txt", "a/two.png"]);
    expect(await found("a/one.txt")).toEqual(["a/one.txt"]);
    expect(await found("%")).toEqual([]);
  });

  it("answers 404 for a bucket or a file that isn't there", async () => {
    expect((await send(emulator, "GET", "/files?bucket=none")).status).toBe(404);
    expect((await send(emulator, "GET", "/files/none")).status).toBe(404);
  });
});

describe("patch", () => {
  it("renames the path, keeping directory and id", async () => {
    const { status, body } = await send(emulator, "PATCH", "/files/f_1", { name: "uno.txt" });
    expect([status, body.id, body.path, body.name]).toEqual([200, "f_1", "a/uno.txt", "uno.txt"]);
    expect(await pathsOf(emulator)).toEqual(["a/two.png", "a/uno.txt", "ab.txt"]);
  });

  it("takes path as a full path", async () => {
    expect((await send(emulator, "PATCH", "/files/f_1", { path: "b/c.txt" })).body.path).toBe("b/c.txt");
  });

  it("changes name and visibility at once", async () => {
    const { body } = await send(emulator, "PATCH", "/files/f_1", { name: "uno.txt", visibility: "PUBLIC" });
    expect(body).toMatchObject({
      path: "a/uno.txt",
      visibility: "PUBLIC",
      url: `${emulator.baseUrl}/f/media/a/uno.txt`,
    });
  });

  it("refuses a place that is taken, and changes nothing", async () => {
    const answer = await send(emulator, "PATCH", "/files/f_1", { name: "two.png", visibility: "PUBLIC" });
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining("a/two.png") } });
    expect((await emulator.state()).files[0]).toMatchObject({ path: "a/one.txt", visibility: "PRIVATE" });
  });

  it.each([{ name: "a/b" }, { name: ".." }, { path: "/a" }, { path: "a/" }, { path: "a//b" }, { path: "a/../b" }])(
    "refuses %j",
    async (change) => {
      expect((await send(emulator, "PATCH", "/files/f_1", change)).status).toBe(422);
    },
  );
});

describe("move", () => {
  const move = (file_ids: string[], target_path: string, bucket = "media") =>
    send(emulator, "POST", "/files/move", { bucket, file_ids, target_path });

  it("moves several files into a directory, keeping names and ids", async () => {
    const { status, body } = await move(["f_1", "f_3"], "to/here");
    expect(status).toBe(200);
    expect(body.files.map((file: { id: string }) => file.id)).toEqual(["f_1", "f_3"]);
    expect(await pathsOf(emulator)).toEqual(["a/two.png", "to/here/ab.txt", "to/here/one.txt"]);
  });

  it('takes "" for the root, and refuses "/"', async () => {
    expect((await move(["f_1"], "/")).status).toBe(422);
    expect((await move(["f_1"], "")).status).toBe(200);
    expect(await pathsOf(emulator)).toContain("one.txt");
  });

  it("moves all files or none", async () => {
    await emulator.control("POST", "edit", { op: "put", bucket: "media", path: "b/two.png", content: "in the way" });
    expect((await move(["f_1", "f_2"], "b")).status).toBe(409);
    expect((await move(["f_1", "none"], "b")).status).toBe(404);
    expect((await move(["f_1", "f_x"], "b")).status).toBe(404);
    expect(await pathsOf(emulator)).toEqual(["a/one.txt", "a/two.png", "ab.txt", "b/two.png"]);
  });

  it("leaves a file that is already there", async () => {
    expect((await move(["f_1"], "a")).status).toBe(200);
  });
});

describe("copy", () => {
  const copy = (rest: object) =>
    send(emulator, "POST", "/files/copy", {
      source_bucket: "media",
      target_bucket: "other",
      target_path: "c",
      ...rest,
    });

  it("copies into a directory of another bucket, with visibility and bytes", async () => {
    const { status, body } = await copy({ file_ids: ["f_1", "f_2"] });
    expect(status).toBe(200);
    expect(body.files[0]).toMatchObject({ bucket: "other", path: "c/one.txt", visibility: "PRIVATE" });
    expect(body.files[0].id).not.toBe("f_1");
    const { files } = await emulator.state("other");
    const copied = files.find(({ path }) => path === "c/one.txt");
    expect(await (await fetch(copied?.signed_url ?? "")).text()).toBe("one");
    expect(await pathsOf(emulator)).toHaveLength(3);
  });

  it("copies one file by its path", async () => {
    expect((await copy({ source_path: "ab.txt" })).body.files[0].path).toBe("c/ab.txt");
    expect((await copy({ source_path: "none.txt" })).status).toBe(404);
  });

  it("refuses a place that is taken, and copies none", async () => {
    await copy({ file_ids: ["f_2"] });
    expect((await copy({ file_ids: ["f_1", "f_2"] })).status).toBe(409);
    expect(await pathsOf(emulator, "other")).toEqual(["c/two.png", "x.txt"]);
  });

  it("wants either a path or ids", async () => {
    expect((await copy({})).status).toBe(422);
    expect((await copy({ file_ids: ["f_1"], source_path: "ab.txt" })).status).toBe(422);
  });

  it("keeps the bytes of a copy when the source is deleted", async () => {
    await send(emulator, "POST", "/", uploadForm({ bucket: "media", path: "u.txt" }, "shared"));
    await copy({ source_path: "u.txt" });
    const source = (await emulator.state("media")).files.find(({ path }) => path === "u.txt");
    await send(emulator, "DELETE", `/files/${source?.id ?? ""}`);
    expect(await (await fetch(`${emulator.baseUrl}/f/other/c/u.txt`)).text()).toBe("shared");
  });
});

describe("delete", () => {
  it("deletes for good: 204, then 404", async () => {
    expect(await send(emulator, "DELETE", "/files/f_1")).toMatchObject({ status: 204, body: "" });
    expect((await send(emulator, "DELETE", "/files/f_1")).status).toBe(404);
    expect((await send(emulator, "GET", "/files/f_1")).status).toBe(404);
  });
});

describe("upload", () => {
  it("answers the file, public, with its bytes to be fetched", async () => {
    const { status, body } = await send(
      emulator,
      "POST",
      "/",
      uploadForm({ bucket: "media", path: "new/Ä b.txt" }, "née"),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ path: "new/Ä b.txt", size: 4, visibility: "PUBLIC", mime_type: "text/plain" });
    const fetched = await fetch(body.url);
    expect([await fetched.text(), fetched.headers.get("content-type")]).toEqual(["née", "text/plain"]);
  });

  it("overwrites a taken path, keeping id and visibility", async () => {
    const { body } = await send(
      emulator,
      "POST",
      "/",
      uploadForm({ bucket: "media", path: "a/one.txt" }, "other bytes"),
    );
    expect(body).toMatchObject({ id: "f_1", size: 11, visibility: "PRIVATE" });
    expect(await pathsOf(emulator)).toHaveLength(3);
  });

  it("takes the fields after the file as well", async () => {
    const form = new FormData();
    form.set("file", new Blob([new Uint8Array(3_000_000)]), "x");
    form.set("path", "late.bin");
    form.set("bucket", "media");
    expect((await send(emulator, "POST", "/", form)).body).toMatchObject({ path: "late.bin", size: 3_000_000 });
  });

  it("names what a form lacks, and refuses unknown buckets and bad paths", async () => {
    expect((await send(emulator, "POST", "/", uploadForm({ bucket: "media" }))).body).toEqual({
      detail: [{ loc: ["body", "path"], msg: "Field required", type: "missing" }],
    });
    expect((await send(emulator, "POST", "/", uploadForm({ path: "a.txt" }))).status).toBe(422);
    expect((await send(emulator, "POST", "/", uploadForm({ bucket: "none", path: "a.txt" }))).status).toBe(404);
    expect((await send(emulator, "POST", "/", uploadForm({ bucket: "media", path: "../a.txt" }))).status).toBe(422);
    expect(await pathsOf(emulator)).toHaveLength(3);
  });
});

describe("strictness", () => {
  it("refuses unknown fields, wrong types and missing fields as FastAPI does", async () => {
    const extra = await send(emulator, "PATCH", "/files/f_1", { name: "n.txt", owner: "x" });
    expect(extra).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ["body", "owner"], msg: "Extra inputs are not permitted", type: "extra_forbidden" }] },
    });
    expect((await send(emulator, "PATCH", "/files/f_1", { name: 5 })).status).toBe(422);
    expect((await send(emulator, "PATCH", "/files/f_1", { visibility: "public" })).status).toBe(422);
    expect((await send(emulator, "PATCH", "/files/f_1", {})).status).toBe(422);
    expect((await send(emulator, "PATCH", "/files/f_1")).status).toBe(422);
    expect(
      (await send(emulator, "POST", "/files/move", { bucket: "media", target_path: "" })).body.detail[0],
    ).toMatchObject({
      loc: ["body", "file_ids"],
      type: "missing",
    });
    expect((await emulator.state()).files[0]?.path).toBe("a/one.txt");
  });

  it("refuses a query that can't be", async () => {
    for (const query of ["", "?bucket=media&limit=0", "?bucket=media&limit=x", "?bucket=media&offset=-1"]) {
      expect((await send(emulator, "GET", `/files${query}`)).status).toBe(422);
    }
  });

  it("refuses a body that is no JSON", async () => {
    const response = await fetch(`${emulator.baseUrl}/files/f_1`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${emulator.apiKey}`, "content-type": "application/json" },
      body: "{",
    });
    expect([response.status, await response.json()]).toEqual([
      422,
      { detail: [{ loc: ["body"], msg: "JSON decode error", type: "json_invalid" }] },
    ]);
  });
});
