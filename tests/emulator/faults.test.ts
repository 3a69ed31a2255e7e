import { startEmulator, type Emulator, type FaultRule } from "mediasaur-emulator";
import { pathsOf, send, uploadForm } from "./api";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({
    seed: {
      buckets: {
        media: {
          files: [
            { path: "a/1.txt", id: "f_1", content: "1" },
            { path: "a/2.txt", id: "f_2", content: "2" },
          ],
        },
      },
    },
  });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const remove = (id: string) => send(emulator, "DELETE", `/files/${id}`);
const rules = async (): Promise<(FaultRule & { hits: number })[]> =>
  ((await emulator.control("GET", "faults")) as { faults: (FaultRule & { hits: number })[] }).faults;

describe("status", () => {
  it("comes before the effect unless asked otherwise", async () => {
    await emulator.setFaults([{ op: "deleteFile", times: 1, kind: "status", args: { status: 503 } }]);
    expect(await remove("f_1")).toMatchObject({ status: 503, body: { detail: "Injected failure 503" } });
    expect(await pathsOf(emulator)).toContain("a/1.txt");
    expect((await remove("f_1")).status).toBe(204);
    expect((await rules())[0]?.hits).toBe(1);
    expect((await emulator.requests())[0]).toMatchObject({ status: 503, fault: "status" });
  });

  it("comes after the effect when asked", async () => {
    await emulator.setFaults([{ op: "deleteFile", phase: "after", kind: "status", args: { status: 500 } }]);
    expect((await remove("f_1")).status).toBe(500);
    expect(await pathsOf(emulator)).toEqual(["a/2.txt"]);
  });

  it("has the shape of the dialect", async () => {
    await emulator.setDialect({ "error.shape": "error_object" });
    await emulator.setFaults([{ op: "*", kind: "status", args: { status: 402, message: "Plan", code: "quota" } }]);
    expect((await remove("f_1")).body).toEqual({ error: { code: "quota", message: "Plan" } });
  });
});

describe("broken connections", () => {
  it.each(["reset", "close"])("%s before the effect leaves everything as it was", async (kind) => {
    await emulator.setFaults([{ op: "deleteFile", kind }]);
    await expect(remove("f_1")).rejects.toThrow();
    expect(await pathsOf(emulator)).toContain("a/1.txt");
    expect(await emulator.requests()).toMatchObject([{ status: null, fault: kind }]);
  });

  it.each(["reset", "close"])("%s after the effect loses the answer only", async (kind) => {
    await emulator.setFaults([{ op: "upload", phase: "after", kind }]);
    await expect(send(emulator, "POST", "/", uploadForm({ bucket: "media", path: "u.txt" }))).rejects.toThrow();
    expect(await pathsOf(emulator)).toContain("u.txt");
  });

  it.each(["declared", "chunked"])("truncate cuts the body: %s", async (framing) => {
    await emulator.setFaults([{ op: "getFile", kind: "truncate", args: { bytes: 5, framing } }]);
    await expect(send(emulator, "GET", "/files/f_1")).rejects.toThrow();
  });

  it("truncate may end cleanly", async () => {
    await emulator.setFaults([{ op: "getFile", kind: "truncate", args: { bytes: 5, framing: "clean" } }]);
    expect(await send(emulator, "GET", "/files/f_1")).toMatchObject({ status: 200, body: '{"id"' });
  });
});

describe("other answers", () => {
  it.each([
    ["html", "text/html", expect.stringContaining("<html>")],
    ["text", "text/plain", "OK"],
    ["empty", "application/json", ""],
    ["null", "application/json", null],
    ["list", "application/json", []],
  ])("garbage: %s", async (body, type, expected) => {
    await emulator.setFaults([{ op: "listFiles", kind: "garbage", args: { body } }]);
    const answer = await send(emulator, "GET", "/files?bucket=media");
    expect(answer).toMatchObject({ status: 200, body: expected });
    expect(answer.headers.get("content-type")).toContain(type);
  });

  it("rate_limit says when to come back, in the way of the dialect", async () => {
    await emulator.setFaults([{ op: "*", kind: "rate_limit", args: { retry_after: 7 } }]);
    const answer = await remove("f_1");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "7"]);
    await emulator.setDialect({ "rate.headers": "x_ratelimit_reset_ms" });
    expect((await remove("f_1")).headers.get("x-ratelimit-reset")).toBe("7000");
  });

  it("redirect sends the client elsewhere", async () => {
    await emulator.setFaults([
      { op: "getFile", kind: "redirect", args: { status: 302, origin: "http://127.0.0.2:9" } },
    ]);
    const answer = await send(emulator, "GET", "/files/f_1");
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "http://127.0.0.2:9/files/f_1"]);
  });

  it.each([
    [
      "207",
      207,
      { results: [expect.objectContaining({ id: "f_1", success: false }), expect.objectContaining({ success: true })] },
    ],
    [
      "200_errors",
      200,
      { files: [expect.objectContaining({ id: "f_2" })], errors: [expect.objectContaining({ id: "f_1" })] },
    ],
    ["silent", 200, { files: [expect.objectContaining({ id: "f_2" })] }],
  ])("partial_bulk leaves a file behind: %s", async (form, status, body) => {
    await emulator.setFaults([{ op: "moveFiles", kind: "partial_bulk", args: { index: 0, form } }]);
    const answer = await send(emulator, "POST", "/files/move", {
      bucket: "media",
      file_ids: ["f_1", "f_2"],
      target_path: "b",
    });
    expect(answer).toMatchObject({ status, body });
    expect(await pathsOf(emulator)).toEqual(["a/1.txt", "b/2.txt"]);
  });

  it("latency lets the request through in the end", async () => {
    await emulator.setFaults([{ op: "*", kind: "latency", args: { ms: 1 } }]);
    expect((await remove("f_1")).status).toBe(204);
    expect((await emulator.requests())[0]).toMatchObject({ fault: "latency", status: 204 });
  });
});

describe("rules", () => {
  const statusOf = async (id: string): Promise<number> => (await send(emulator, "GET", `/files/${id}`)).status;
  const failing = { op: "getFile", kind: "status", args: { status: 500 } };

  it("skip, then count", async () => {
    await emulator.setFaults([{ ...failing, skip: 1, times: 2 }]);
    const seen = [];
    for (let n = 0; n < 5; n++) seen.push(await statusOf("f_1"));
    expect(seen).toEqual([200, 500, 500, 200, 200]);
  });

  it("are tried in order, and the first that fires wins", async () => {
    await emulator.setFaults([
      { ...failing, times: 1 },
      { ...failing, args: { status: 503 } },
    ]);
    expect([await statusOf("f_1"), await statusOf("f_1")]).toEqual([500, 503]);
  });

  it("match on bucket, path, id and header", async () => {
    const expectHit = async (match: object, hit: boolean): Promise<void> => {
      await emulator.setFaults([{ ...failing, match }]);
      expect(await statusOf("f_1")).toBe(hit ? 500 : 200);
    };
    await expectHit({ bucket: "media" }, true);
    await expectHit({ bucket: "other" }, false);
    await expectHit({ path_glob: "a/*" }, true);
    await expectHit({ path_glob: "*" }, false);
    await expectHit({ path_glob: "**/1.*" }, true);
    await expectHit({ file_id: "f_1" }, true);
    await expectHit({ file_id: "f_2" }, false);
    await expectHit({ header: { authorization: "*" } }, true);
    await expectHit({ header: { "x-none": "*" } }, false);
  });

  it("fire by chance, the same way for the same seed", async () => {
    const run = async (seed: number): Promise<string> => {
      await emulator.setFaults([{ ...failing, probability: 0.5, seed }]);
      const seen = [];
      for (let n = 0; n < 16; n++) seen.push(await statusOf("f_1"));
      return seen.join();
    };
    const first = await run(3);
    expect(first).toContain("200");
    expect(first).toContain("500");
    expect(await run(3)).toBe(first);
  });

  it.each([
    [{ ...failing, op: "explode" }, 'unknown operation "explode"'],
    [{ ...failing, kind: "explode" }, 'unknown kind of fault "explode"'],
    [{ op: "*", kind: "crash" }, "not implemented"],
    [{ ...failing, args: { status: 200 } }, "status = 200"],
    [{ op: "*", kind: "status" }, "needs args.status"],
    [{ op: "*", kind: "reset", args: { ms: 1 } }, 'no argument "ms"'],
    [{ op: "*", kind: "truncate", phase: "before" }, "phases after"],
    [{ ...failing, match: { path: "x" } }, 'match on "path"'],
    [{ ...failing, when: 1 }, 'unknown field "when"'],
  ])("are refused when they could do nothing: %j", async (rule, message) => {
    await emulator.setFaults([failing]);
    await expect(emulator.setFaults([rule as FaultRule])).rejects.toThrow(message);
    expect(await rules()).toMatchObject([failing]);
    await expect(startEmulator({ faults: [rule as FaultRule] })).rejects.toThrow(message);
  });

  it("never befall the control surface", async () => {
    await emulator.setFaults([{ op: "*", kind: "reset" }]);
    expect((await send(emulator, "GET", "/_emulator/health")).status).toBe(200);
  });
});
