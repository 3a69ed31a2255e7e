import { Readable } from "node:stream";
import { clientOf, closeServers, errorOf, FakeClock, KEY, row, server } from "./support/setup";
import type { Reply } from "./support/scripted-server";

afterEach(closeServers);

const buckets = { json: { buckets: [{ name: "media" }] } };
const missing = { status: 404, json: { detail: "File not found" } };

describe("absence", () => {
  test("a 404 is believed once the base URL has proved to be the API", async () => {
    const s = await server();
    s.script = ({ path }) => (path === "/buckets" ? buckets : missing);
    const client = clientOf(s);
    expect(await client.getFile("f")).toBeUndefined();
    expect(await client.getBucket("b")).toBeUndefined();
    await client.deleteFile("f");
    expect(s.log).toEqual(["GET /files/f", "GET /buckets", "GET /buckets/b", "DELETE /files/f"]);
  });
  test.each<[string, Reply]>([
    ["everything is a JSON 404", missing],
    ["an HTML 404", { status: 404, text: "<html>" }],
    ["a text 404", { status: 404, text: "Not here" }],
    ["an unknown route", { status: 404, json: { message: "Route GET:/files/f not found" } }],
  ])("%s is a wrong base URL", async (_name, reply) => {
    const s = await server();
    s.replies(reply);
    for (const call of [
      clientOf(s).getFile("f"),
      clientOf(s).getBucket("b"),
      clientOf(s).deleteFile("f"),
      clientOf(s).updateFile("f", { name: "n" }),
    ])
      expect((await errorOf(call)).code).toBe("wrong_base_url");
  });
  test("a key that can't prove the base URL gets its own error", async () => {
    const s = await server();
    s.script = ({ path }) => (path === "/buckets" ? { status: 401, json: {} } : missing);
    expect((await errorOf(clientOf(s).getFile("f"))).code).toBe("unauthorized");
  });
  test.each<[string, Reply]>([
    ["410", { status: 410 }],
    ["an empty 404", { status: 404 }],
    ["a 400 whose body says 404", { status: 400, json: { statusCode: "404", error: "x", message: "y" } }],
    ["a 200 without success", { json: { success: false, error: "File not found" } }],
    ["a gone marker", { json: row("f", "a", { deleted_at: "2024-01-01" }) }],
  ])("%s means gone", async (_name, reply) => {
    const s = await server();
    s.script = ({ path }) => (path === "/buckets" ? buckets : reply);
    expect(await clientOf(s).getFile("f")).toBeUndefined();
  });
  test.each<[number, object]>([
    [401, { detail: "File not found" }],
    [403, { detail: "File not found" }],
    [400, { detail: "bad" }],
    [200, {}],
    [500, {}],
  ])("a %i never does", async (status, json) => {
    const s = await server();
    s.script = ({ path }) => (path === "/buckets" ? buckets : { status, json });
    await errorOf(clientOf(s).getFile("f"));
    await (status === 200 ? Promise.resolve() : errorOf(clientOf(s).deleteFile("f")));
  });
  test("a file of another bucket, and an answer about another file, are errors", async () => {
    const s = await server();
    s.replies({ json: row("f", "a", { bucket: "brand" }) });
    expect((await errorOf(clientOf(s).getFile("f", { bucket: "media" }))).code).toBe("wrong_bucket");
    expect((await errorOf(clientOf(s).getFile("g"))).code).toBe("bad_answer");
  });
});

describe("PATCH", () => {
  test("sends only what is given, and nothing for nothing", async () => {
    const s = await server();
    s.replies({ status: 204 });
    await clientOf(s).updateFile("f", { visibility: "PRIVATE" });
    await clientOf(s).updateFile("f", { name: "n" });
    await clientOf(s).updateFile("f", {});
    expect(s.seen.map(({ json }) => json)).toEqual([{ visibility: "PRIVATE" }, { name: "n" }]);
  });
  test("repeats after an unknown outcome, and takes a 409 then for its own work if the file is as wanted", async () => {
    for (const [name, success] of [
      ["n", true],
      ["other", false],
    ] as const) {
      const s = await server();
      s.script = ({ method }, index): Reply =>
        method === "GET"
          ? { json: row("f", `a/${name}`) }
          : index === 0
            ? { fault: "cut" }
            : { status: 409, json: { error: "taken" } };
      const call = clientOf(s).updateFile("f", { name: "n" });
      if (success) await call;
      else expect(await errorOf(call)).toMatchObject({ code: "path_taken", status: 409, outcome: "unknown" });
      expect(s.log).toEqual(["PATCH /files/f", "PATCH /files/f", "GET /files/f"]);
    }
  });
  test("a 409 at once is an error without a look", async () => {
    const s = await server();
    s.replies({ status: 409, json: { detail: "taken" } });
    expect(await errorOf(clientOf(s).updateFile("f", { name: "n" }))).toMatchObject({
      code: "path_taken",
      outcome: "refused",
    });
    expect(s.log).toHaveLength(1);
  });
  test("an update of two properties of which a failure applied one is ended by itself, and no other is sent as one", async () => {
    const s = await server();
    const bodies: unknown[] = [];
    s.script = ({ method, body }, index): Reply => {
      if (method === "GET") return { json: row("f", "a/n", { visibility: "PUBLIC" }) };
      bodies.push(body);
      return index === 0 ? { status: 500, json: { error: "half" } } : { json: {} };
    };
    const client = clientOf(s);
    await client.updateFile("f", { name: "n", visibility: "PRIVATE" });
    expect(s.log).toEqual(["PATCH /files/f", "GET /files/f", "PATCH /files/f"]);
    await client.updateFile("f", { name: "m", visibility: "PRIVATE" });
    await client.updateFile("f", { name: "m", visibility: "PUBLIC" });
    expect(bodies.slice(1).map((body) => JSON.parse(String(body)) as unknown)).toEqual([
      { visibility: "PRIVATE" },
      { visibility: "PRIVATE" },
      { name: "m" },
      { name: "m" },
      { visibility: "PUBLIC" },
    ]);
  });
  test("looks before it repeats where more than 30 s have passed", async () => {
    const s = await server();
    const clock = new FakeClock();
    s.script = ({ method }): Reply =>
      method === "GET" ? { json: row("f", "a/n") } : { status: 503, headers: { "retry-after": "31" }, json: {} };
    await clientOf(s, { clock }).updateFile("f", { name: "n" });
    expect(s.log).toEqual(["PATCH /files/f", "GET /files/f"]);
  });
  test("an answer that is no JSON is a hint like any other, one that says it failed is not", async () => {
    const s = await server();
    s.replies({ text: "OK" });
    await clientOf(s).updateFile("f", { name: "n" });
    s.replies({ json: { success: false, error: "no" } });
    expect((await errorOf(clientOf(s).updateFile("f", { name: "n" }))).code).toBe("invalid_request");
  });
});

describe("DELETE", () => {
  test("repeats after an unknown outcome, and a 404 then is a success", async () => {
    const s = await server();
    s.script = ({ path }, index) => (path === "/buckets" ? buckets : index === 0 ? { fault: "cut" } : missing);
    await clientOf(s).deleteFile("f");
    expect(s.log).toEqual(["DELETE /files/f", "DELETE /files/f", "GET /buckets"]);
  });
});

describe("move", () => {
  const query = { bucket: "media", fileIds: ["a", "b"], directory: "new/dir" };
  test("sends the ids and the directory", async () => {
    const s = await server();
    s.replies({ json: { moved: 2 } });
    await clientOf(s).moveFiles(query);
    expect(s.seen[0]?.json).toEqual({ bucket: "media", file_ids: ["a", "b"], target_path: "new/dir" });
  });
  test.each<Reply>([{ fault: "cut" }, { status: 500, json: {} }, { status: 504, json: {} }])(
    "after %j sends only the ids that are not there yet",
    async (reply) => {
      const s = await server();
      const moves: unknown[] = [];
      s.script = ({ method, json }): Reply => {
        if (method === "GET") return { json: { files: [row("a", "new/dir/1"), row("b", "old/2")], total: 2 } };
        return moves.push(json) === 1 ? reply : { status: 204 };
      };
      await clientOf(s).moveFiles(query);
      expect(moves).toEqual([
        expect.objectContaining({ file_ids: ["a", "b"] }),
        expect.objectContaining({ file_ids: ["b"] }),
      ]);
    },
  );
  test("is done where all are there after all", async () => {
    const s = await server();
    s.script = ({ method }): Reply =>
      method === "GET"
        ? { json: { files: [row("a", "new/dir/1"), row("b", "new/dir/2")], total: 2 } }
        : { fault: "cut" };
    await clientOf(s).moveFiles(query);
    expect(s.log).toEqual(["POST /files/move", "GET /files"]);
  });
  test("gives up after five tries, and says that the outcome is unknown", async () => {
    const s = await server();
    s.script = ({ method }): Reply =>
      method === "GET" ? { json: { files: [row("z", "z")], total: 1 } } : { status: 500, json: {} };
    expect(await errorOf(clientOf(s).moveFiles(query))).toMatchObject({ outcome: "unknown", code: "server_error" });
    expect(s.log.filter((each) => each.startsWith("POST"))).toHaveLength(5);
  });
  test("is not sent again, nor looked for, once the run has no repetitions left", async () => {
    const s = await server();
    s.replies({ status: 500, json: {} });
    const client = clientOf(s);
    while (s.log.length < 150) await errorOf(client.listBuckets());
    s.seen.length = 0;
    const error = await errorOf(client.moveFiles(query));
    expect(error).toMatchObject({ outcome: "unknown", code: "server_error", status: 500 });
    expect(error.message).toContain("(not tried again: too much has failed in this run)");
    expect(s.log).toEqual(["POST /files/move"]);
  });
  test("costs a repetition of the run each time that it is sent again", async () => {
    const s = await server();
    s.script = ({ method }): Reply =>
      method === "GET" ? { json: { files: [row("z", "z")], total: 1 } } : { status: 500, json: {} };
    const client = clientOf(s);
    // Four repetitions a call, of which the looks that succeed earn a half each: 100 last for 50 calls.
    for (let calls = 0; calls < 60; calls++) await errorOf(client.moveFiles(query));
    expect((await errorOf(client.moveFiles(query))).message).toContain("too much has failed in this run");
  });
  test("finds out how the root is written, and remembers it", async () => {
    const s = await server();
    s.script = ({ json }) =>
      (json as { target_path: string }).target_path === "" ? { status: 422, json: {} } : { status: 204 };
    const client = clientOf(s);
    await client.moveFiles({ ...query, directory: "" });
    await client.moveFiles({ ...query, directory: "" });
    expect(s.seen.map(({ json }) => (json as { target_path: string }).target_path)).toEqual(["", "/", "/"]);
  });
  test.each<[number, object]>([
    [
      207,
      {
        results: [
          { id: "a", status: 200 },
          { id: "b", status: 409, error: "taken" },
        ],
      },
    ],
    [200, { moved: ["a"], errors: [{ file_id: "b", message: "taken" }] }],
    [200, { problems: { b: "taken" } }],
  ])("an answer %i that lists a failure of ours is an error", async (status, json) => {
    const s = await server();
    s.replies({ status, json });
    const error = await errorOf(clientOf(s).moveFiles(query));
    expect(error).toMatchObject({ code: "partial_failure", outcome: "unknown" });
    expect(error.message).toContain("b: taken");
    expect(s.log).toHaveLength(1);
  });
});

describe("copy", () => {
  const query = { sourceBucket: "media", targetBucket: "brand", fileId: "src", directory: "d" };
  test("copies one id into a directory", async () => {
    const s = await server();
    s.replies({ json: {} });
    expect(await clientOf(s).copyFile(query)).toEqual({ candidates: [], candidateIds: [] });
    expect(s.seen[0]?.json).toEqual({
      source_bucket: "media",
      target_bucket: "brand",
      target_path: "d",
      file_ids: ["src"],
    });
  });
  test.each<[object, string[], string[]]>([
    [{ files: [row("n", "d/x", { bucket: "brand" })] }, ["n"], ["n"]],
    [{ copied: ["n"] }, [], ["n"]],
    [{ count: 1 }, [], []],
    [{ data: row("n", "d/x") }, ["n"], ["n"]],
    [[{ id: "src", path: "d/x" }, { id: "n" }], [], ["n"]],
  ])("takes hints from %j", async (json, candidates, ids) => {
    const s = await server();
    s.replies({ json });
    const hint = await clientOf(s).copyFile(query);
    expect([hint.candidates.map(({ id }) => id), hint.candidateIds]).toEqual([candidates, ids]);
  });
  test.each<Reply>([{ fault: "cut" }, { status: 500, json: {} }, { status: 408, json: {} }, { fault: "stall" }])(
    "is never sent again after %j",
    async (reply) => {
      const s = await server();
      s.replies(reply);
      expect(await errorOf(clientOf(s, { timeoutMs: 50 }).copyFile(query))).toMatchObject({
        outcome: "unknown",
        operation: "POST /files/copy",
      });
      expect(s.log).toHaveLength(1);
    },
  );
  test("is sent again after a 429, which did nothing", async () => {
    const s = await server();
    s.replies({ status: 429, json: {} }, { json: {} });
    await clientOf(s).copyFile(query);
    expect(s.log).toHaveLength(2);
  });
  test("an answer that lists the file as failed is an error", async () => {
    const s = await server();
    s.replies({ json: { failed: ["src"] } });
    expect(await errorOf(clientOf(s).copyFile(query))).toMatchObject({ code: "partial_failure", outcome: "refused" });
  });
});

describe("upload", () => {
  const query = {
    bucket: "media",
    path: 'a/"x".png',
    body: () => Buffer.from("DATA"),
    size: 4,
    contentType: "image/png",
  };
  test("sends bucket and path before the file, with the length", async () => {
    const s = await server();
    s.replies({ json: { file: { id: "n", url: "https://h/a" } } });
    expect(await clientOf(s).upload(query)).toEqual({ id: "n", url: "https://h/a" });
    const { body = "", headers } = s.seen[0] ?? {};
    const order = [
      'name="bucket"\r\n\r\nmedia',
      'name="path"\r\n\r\na/"x".png',
      'name="file"; filename="%22x%22.png"\r\nContent-Type: image/png\r\n\r\nDATA\r\n',
    ].map((part) => body.indexOf(part));
    expect(order.every((place) => place >= 0) && order.join() === [...order].sort((a, b) => a - b).join()).toBe(true);
    expect(headers?.["content-length"]).toBe(String(Buffer.byteLength(body)));
    expect(headers?.authorization).toBe(`Bearer ${KEY}`);
  });
  test("streams a body of unknown length", async () => {
    const s = await server();
    s.replies({ json: { url: "https://h/a" } });
    const { size: _size, ...open } = query;
    expect(await clientOf(s).upload({ ...open, body: () => Readable.from(["one", "two"]) })).toEqual({
      url: "https://h/a",
    });
    expect(s.seen[0]?.body).toContain("onetwo\r\n--");
  });
  test.each<Reply>([{ fault: "cut" }, { status: 502, text: "<html>" }, { fault: "stall" }])(
    "is never sent again after %j",
    async (reply) => {
      const s = await server();
      s.replies(reply);
      expect(await errorOf(clientOf(s, { timeoutMs: 50 }).upload(query))).toMatchObject({
        outcome: "unknown",
        operation: "POST /",
      });
      expect(s.log).toHaveLength(1);
    },
  );
  test.each(["short", "muchtoolong"])("a body that is not as long as declared is an error (%s)", async (text) => {
    const s = await server();
    s.replies({ json: { id: "n" } });
    const error = await errorOf(clientOf(s).upload({ ...query, size: 7, body: () => Readable.from([text]) }));
    expect(error.code).toBe("source_unreadable");
  });
  test("content that can't be read is an error of its own", async () => {
    const s = await server();
    s.replies({ json: { id: "n" } });
    const body = (): Readable =>
      new Readable({
        read() {
          this.destroy(new Error("disk on fire"));
        },
      });
    expect((await errorOf(clientOf(s).upload({ ...query, body }))).message).toContain("disk on fire");
  });
  test("asks for a token where the key is refused by the field's name, a fresh one each time, and remembers", async () => {
    const s = await server();
    let tokens = 0;
    s.script = ({ path, headers }): Reply => {
      if (path === "/token") return { json: { token: `one-shot-number-${++tokens}` } };
      return headers.authorization === `Bearer ${KEY}`
        ? { status: 422, json: { detail: [{ loc: ["body", "bucket"], msg: "unexpected" }] } }
        : { json: { id: "n" } };
    };
    const client = clientOf(s);
    await client.upload(query);
    await client.upload(query);
    expect(s.log).toEqual(["POST /", "POST /token", "POST /", "POST /token", "POST /"]);
    expect(s.seen[4]?.headers.authorization).toBe("Bearer one-shot-number-2");
    expect(s.seen[1]?.json).toEqual({ bucket: "media", path: query.path });
  });
  test("does not ask for a token where something else is wrong", async () => {
    const s = await server();
    s.replies({ status: 400, json: { detail: "empty file" } });
    expect((await errorOf(clientOf(s).upload(query))).code).toBe("invalid_request");
    expect(s.log).toHaveLength(1);
  });
});

test.each<[object, string]>([
  [{ token: "t1" }, "t1"],
  [{ upload_token: "t2" }, "t2"],
  [{ data: { token: "t3" } }, "t3"],
  [{ accessToken: "t4" }, "t4"],
])("reads the token of %j", async (json, expected) => {
  const s = await server();
  s.replies({ status: 500, json: {} }, { json });
  expect(await clientOf(s).createUploadToken({ bucket: "b", path: "p", expiresIn: 60 })).toBe(expected);
  expect(s.seen[1]?.json).toEqual({ bucket: "b", path: "p", expires_in: 60 });
});

test.each(["", ".", "..", "\ud800"])("refuses %j as the name of a bucket, before any request", async (name) => {
  const s = await server();
  expect((await errorOf(clientOf(s).getBucket(name))).code).toBe("invalid_request");
  expect(s.log).toEqual([]);
});

test.each(["a/\ud800.txt", "\udc00"])(
  "refuses the path %j, half of whose character is missing, before any request",
  async (path) => {
    const s = await server();
    const client = clientOf(s);
    const body = (): Buffer => Buffer.from("x");
    for (const call of [
      client.findFile({ bucket: "media", path }),
      client.upload({ bucket: "media", path, body }),
      client.getFile(path),
    ])
      expect((await errorOf(call)).code).toBe("invalid_request");
    expect(s.log).toEqual([]);
  },
);
