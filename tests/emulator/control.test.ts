import { startEmulator, type Emulator } from "mediasaur-emulator";
import { pathsOf, send, uploadForm } from "./api";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({
    seed: { buckets: { media: { files: [{ path: "a.txt", id: "f_a", content: "a" }] } } },
  });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe("the journal", () => {
  it("holds each request to the API, and none to the control surface", async () => {
    await send(emulator, "PATCH", "/files/f_a", { name: "b.txt" });
    await send(emulator, "GET", "/_emulator/state");
    await send(emulator, "GET", "/files?bucket=media&limit=5");
    await fetch(`${emulator.baseUrl}/f/media/b.txt`);
    const requests = await emulator.requests();
    expect(requests).toMatchObject([
      { method: "PATCH", path: "/files/f_a", operation: "patchFile", status: 200, body: { name: "b.txt" } },
      { operation: "listFiles", query: { bucket: "media", limit: "5" }, status: 200, body: null },
      { operation: "download", bytes_out: 1 },
    ]);
    expect(requests[0]?.ended_ms).toBeGreaterThanOrEqual(requests[0]?.started_ms ?? Infinity);
    expect(await emulator.requests(requests[1]?.seq)).toHaveLength(1);
    await emulator.control("DELETE", "requests");
    expect(await emulator.requests()).toEqual([]);
  });

  it("holds requests that were refused", async () => {
    await send(emulator, "GET", "/buckets", undefined, { authorization: "Bearer sk_other" });
    await send(emulator, "PATCH", "/files/f_a", { owner: 1 });
    await send(emulator, "GET", "/nowhere");
    expect(await emulator.requests()).toMatchObject([
      { operation: "listBuckets", status: 401 },
      { operation: "patchFile", status: 422, body: { owner: 1 } },
      { operation: null, status: 404 },
    ]);
  });

  it("shows no key, token or signature", async () => {
    const { body } = await send(emulator, "POST", "/token", { bucket: "media", path: "t.txt" });
    await send(emulator, "PATCH", "/files/f_a", { name: "sk_live_0123", path: body.token });
    await send(emulator, "GET", `/files/${String(body.token)}`);
    await fetch((await emulator.state()).files[0]?.signed_url ?? "");
    const text = JSON.stringify(await emulator.requests());
    expect(text).toContain("sk_[redacted]");
    expect(text).not.toContain("sk_live_0123");
    expect(text).not.toContain("eyJ");
    expect(text).not.toMatch(/[0-9a-f]{64}/);
    expect(text).not.toContain(emulator.apiKey);
  });

  it("tells of an upload where it went and how large it was", async () => {
    await send(emulator, "POST", "/", uploadForm({ bucket: "media", path: "u.txt" }, "12345"));
    expect(await emulator.requests()).toMatchObject([{ operation: "upload", body: { path: "u.txt", size: 5 } }]);
  });
});

describe("reset and snapshots", () => {
  it("resets files, journal, dialect, faults and clock", async () => {
    await send(emulator, "DELETE", "/files/f_a");
    await emulator.setDialect({ "list.envelope": "bare" });
    await emulator.setFaults([{ op: "*", kind: "status", args: { status: 500 } }]);
    await emulator.control("POST", "clock", { advance_ms: 1e12 });
    await emulator.reset();
    expect(await emulator.requests()).toEqual([]);
    expect((await send(emulator, "GET", "/files?bucket=media")).body.files[0].id).toBe("f_a");
    const { now } = (await emulator.control("GET", "health")) as { now: string };
    expect(Date.parse(now)).toBeLessThan(Date.now() + 1e11);
  });

  it("goes back to a snapshot, bytes and all", async () => {
    await send(emulator, "POST", "/", uploadForm({ bucket: "media", path: "u.txt" }, "kept"));
    const before = (await emulator.state()).files.map(({ id, path }) => ({ id, path }));
    await emulator.control("POST", "snapshot");
    for (const { id } of before) await send(emulator, "DELETE", `/files/${id}`);
    await emulator.control("POST", "restore");
    expect((await emulator.state()).files.map(({ id, path }) => ({ id, path }))).toEqual(before);
    expect(await (await fetch(`${emulator.baseUrl}/f/media/u.txt`)).text()).toBe("kept");
    await expect(emulator.control("POST", "restore", { name: "none" })).rejects.toThrow('no snapshot "none"');
  });

  it("closes twice without harm, and says so when used afterwards", async () => {
    const other = await startEmulator();
    await Promise.all([other.close(), other.close()]);
    await expect(other.state()).rejects.toThrow("the emulator has stopped");
  });
});

describe("edits from outside", () => {
  const edit = (wanted: object): Promise<unknown> => emulator.control("POST", "edit", wanted);

  it("change files and buckets without a trace in the journal", async () => {
    await edit({ op: "put", bucket: "media", path: "d/n.txt", content: "new", visibility: "PRIVATE", id: "f_n" });
    await edit({ op: "move", id: "f_a", to: "x/y.txt" });
    await edit({ op: "rename", id: "f_n", name: "m.txt" });
    expect(await edit({ op: "visibility", bucket: "media", path: "x/y.txt", visibility: "PRIVATE" })).toMatchObject({
      file: { id: "f_a", visibility: "PRIVATE" },
    });
    expect(await pathsOf(emulator)).toEqual(["d/m.txt", "x/y.txt"]);
    await edit({ op: "delete", id: "f_n" });
    await edit({ op: "bucket", bucket: "more", plan: "pro" });
    expect((await emulator.state()).buckets).toMatchObject([
      { name: "media", file_count: 1 },
      { name: "more", plan: "pro" },
    ]);
    await edit({ op: "drop_bucket", bucket: "media" });
    expect((await emulator.state()).files).toEqual([]);
    expect(await emulator.requests()).toEqual([]);
  });

  it("are refused when they make no sense", async () => {
    await expect(edit({ op: "explode" })).rejects.toThrow('unknown edit "explode"');
    await expect(edit({ op: "delete", id: "none" })).rejects.toThrow("not found");
    await edit({ op: "put", bucket: "media", path: "b.txt" });
    await expect(edit({ op: "move", id: "f_a", to: "b.txt" })).rejects.toThrow("already exists");
  });
});

it("names its routes", async () => {
  const { routes } = (await emulator.control("GET", "routes")) as { routes: unknown[] };
  expect(routes).toContainEqual({ method: "POST", path: "/files/move", operation: "moveFiles" });
});

describe("the page", () => {
  it("is led to by / and holds no key, no script of its own, and nothing that others have named", async () => {
    const response = await fetch(`${emulator.baseUrl}/`);
    expect(response.url).toBe(`${emulator.baseUrl}/_emulator/ui`);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(`script-src ${emulator.baseUrl}/_emulator/ui/;`);
    const page = await response.text();
    expect(page).not.toMatch(/<script(?! type="module" src="\/_emulator)|http|a\.txt/);
    expect(page).not.toContain(emulator.apiKey);
    expect(await emulator.requests()).toEqual([]);
  });

  it("weighs little, and asks for nothing elsewhere", async () => {
    const parts = await Promise.all(
      ["app.js", "app.css", "icon.svg"].map(async (name) => {
        const response = await fetch(`${emulator.baseUrl}/_emulator/ui/${name}`);
        expect(response.status).toBe(200);
        return response.text();
      }),
    );
    expect(parts.join("").length).toBeLessThan(300_000);
    const elsewhere = parts.flatMap((part) => part.match(/https?:\/\/[a-z0-9.-]+/g) ?? []);
    expect(new Set(elsewhere.filter((address) => address !== "http://www.w3.org"))).toEqual(new Set());
  });
});

describe("what the journal keeps", () => {
  it("has the answer, what changed, the dialect and who it was", async () => {
    await emulator.setDialect({ "object.case": "camel" });
    await send(
      emulator,
      "PATCH",
      "/files/f_a",
      { name: "b.txt", visibility: "PRIVATE" },
      { "x-emulator-client": "page" },
    );
    expect(await emulator.requests()).toMatchObject([
      {
        answer: { id: "f_a", name: "b.txt" },
        by: "page",
        changed: 1,
        changes: [
          {
            id: "f_a",
            bucket: "media",
            before: { path: "a.txt", visibility: "PUBLIC" },
            after: { path: "b.txt", visibility: "PRIVATE" },
          },
        ],
        dialect: { "object.case": "camel" },
        paths: ["a.txt"],
      },
    ]);
  });

  it("cuts long bodies, and says so, and no part of a key comes through", async () => {
    const key = `eyJ${"a".repeat(50)}`;
    await send(emulator, "PATCH", "/files/f_a", { name: `${"x".repeat(4090)}${key}`, more: Array(9000).fill("item") });
    const [entry] = await emulator.requests();
    const text = JSON.stringify(entry?.body);
    expect(text.length).toBeLessThan(80_000);
    expect(text).toContain("(4143 characters)");
    expect(text).toMatch(/… \d+ more/);
    expect(text).not.toContain("eyJ");
  });
});

it("forgets what is under way with a reset, a reseed and a restore", async () => {
  await emulator.control("POST", "snapshot");
  const later = async (forget: () => Promise<unknown>): Promise<string[]> => {
    await emulator.setDialect({ "delete.kind": "lag:1" });
    await send(emulator, "DELETE", "/files/f_a");
    await forget();
    for (let n = 0; n < 3; n++) await send(emulator, "GET", "/files?bucket=media");
    return pathsOf(emulator);
  };
  expect(await later(() => emulator.reset())).toEqual(["a.txt"]);
  expect(await later(() => emulator.control("POST", "restore"))).toEqual(["a.txt"]);
  const seed = { buckets: { media: { files: [{ path: "b.txt", id: "f_a" }] } } };
  expect(await later(() => emulator.control("POST", "reseed", { seed }))).toEqual(["b.txt"]);
});

it("deletes a file again whose id someone has given again", async () => {
  await send(emulator, "DELETE", "/files/f_a");
  await emulator.control("POST", "edit", { op: "put", bucket: "media", path: "b.txt", id: "f_a" });
  expect((await send(emulator, "DELETE", "/files/f_a")).status).toBe(204);
});

describe("an edit from outside", () => {
  const listed = async (): Promise<string[]> => {
    const { body } = await send(emulator, "GET", "/files?bucket=media");
    return (body.files as { path: string }[]).map(({ path }) => path).sort();
  };

  it.each([
    ["deletes", { op: "delete", id: "f_a" }, []],
    ["moves", { op: "move", id: "f_a", to: "b.txt" }, ["b.txt"]],
    ["puts", { op: "put", bucket: "media", path: "c.txt" }, ["a.txt", "c.txt"]],
  ])("that %s is seen at once, or as late as the dialect has writes be seen", async (_, wanted, after) => {
    await emulator.setDialect({ consistency: "list_lag:2" });
    await emulator.control("POST", "edit", wanted);
    expect(await listed()).toEqual(after);
    await emulator.reset();
    await emulator.setDialect({ consistency: "list_lag:2" });
    await emulator.control("POST", "edit", { ...wanted, lagging: true });
    expect(await pathsOf(emulator)).toEqual(after);
    expect([await listed(), await listed(), await listed()]).toEqual([["a.txt"], ["a.txt"], after]);
  });

  it("lags behind reads of the file, too", async () => {
    await emulator.setDialect({ consistency: "detail_lag:1" });
    await emulator.control("POST", "edit", { op: "visibility", id: "f_a", visibility: "PRIVATE", lagging: true });
    expect((await send(emulator, "GET", "/files/f_a")).body.visibility).toBe("PUBLIC");
    expect((await send(emulator, "GET", "/files/f_a")).body.visibility).toBe("PRIVATE");
    await expect(emulator.control("POST", "edit", { op: "delete", id: "f_a", lagging: 1 })).rejects.toThrow("lagging");
  });
});
