import { connect } from "node:net";
import { readdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { startEmulator, type Emulator } from "mediasaur-emulator";
import { asFailure } from "../../emulator/src/http/failures";
import { send } from "./api";

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "malformed-"));
  emulator = await startEmulator({
    dataDir: join(folder, "data"),
    idleTimeoutMs: 300,
    seed: { buckets: { media: { files: [{ path: "a.txt", id: "f_a", content: "a" }] } } },
  });
});
beforeEach(() => emulator.reset());
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

/** Sends bytes as they are, and gives all that comes until the connection ends. */
async function raw(bytes: string): Promise<{ status: number; body: string; head: string }> {
  const { hostname, port } = new URL(emulator.baseUrl);
  const socket = connect(Number(port), hostname);
  socket.write(bytes, "latin1");
  const answer = await text(socket);
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), body, head };
}

const request = (line: string, ...headers: string[]): string =>
  [
    `${line} HTTP/1.1`,
    "host: localhost",
    `authorization: Bearer ${emulator.apiKey}`,
    "connection: close",
    ...headers,
    "",
    "",
  ].join("\r\n");

const json = (line: string, body: string | Buffer): string =>
  `${request(line, "content-type: application/json", `content-length: ${String(Buffer.byteLength(body))}`)}${body.toString("latin1")}`;

const form = (line: string, body: string): string =>
  `${request(line, "content-type: multipart/form-data; boundary=x", `content-length: ${String(body.length)}`)}${body}`;

const part = (name: string, value: string): string =>
  `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

describe("a malformed request", () => {
  it.each<[string, () => string, number]>([
    ["a limit that is too large to count", () => request("GET /files?bucket=media&limit=99999999999999999999"), 422],
    ["an offset that is too large to count", () => request("GET /files?bucket=media&offset=99999999999999999999"), 422],
    ["a limit of every length", () => request(`GET /files?bucket=media&limit=${"9".repeat(5000)}`), 422],
    ["a limit twice", () => request("GET /files?bucket=media&limit=1&limit=2"), 422],
    ["no path", () => request("GET //"), 404],
    ["an empty host in a path", () => request("GET ///files/f_a"), 404],
    ["a path that can't be decoded", () => request("GET /files/%ff"), 400],
    ["half an escape", () => request("GET /files/%"), 400],
    ["an address that can't be decoded", () => request("GET /f/media/%c0%af"), 400],
    ["a NUL in a path", () => request("GET /files/f_a%00"), 422],
    ["a NUL in a query", () => request("GET /files?bucket=media%00"), 422],
    ["a NUL in a body", () => json("PATCH /files/f_a", '{"name":"a\\u0000.txt"}'), 422],
    ["half a character in a body", () => json("PATCH /files/f_a", '{"name":"\\ud83d.txt"}'), 422],
    ["a NUL in a form", () => form("POST /", `${part("bucket", "me\0dia")}${part("path", "x")}--x--`), 422],
    ["a path of any length", () => request(`GET /files/${"x".repeat(9000)}`), 414],
    ["headers of any length", () => request("GET /files/f_a", `x-long: ${"x".repeat(100_000)}`), 431],
    ["a method that the path has not", () => request("PUT /files/f_a"), 405],
    ["a method that the path has not, at the root", () => request("PUT /"), 405],
    ["a method of a file's address", () => request("DELETE /f/media/a.txt"), 405],
    ["no method", () => "HELLO\r\n\r\n", 400],
    ["an unknown method", () => request("FROB /files"), 400],
    [
      "another media type",
      () => `${request("PATCH /files/f_a", "content-type: text/plain", "content-length: 2")}{}`,
      415,
    ],
    ["no JSON", () => json("PATCH /files/f_a", "{"), 422],
    ["no UTF-8", () => json("PATCH /files/f_a", Buffer.from([0x22, 0xff, 0x22])), 422],
    [
      "a body that is nested without end",
      () => json("PATCH /files/f_a", "[".repeat(100_000) + "]".repeat(100_000)),
      422,
    ],
    [
      "a body that is nested without end, for the control surface",
      () => json("POST /_emulator/reseed", `{"seed":${"[".repeat(50_000)}${"]".repeat(50_000)}}`),
      422,
    ],
    ["a length that is none", () => request("PATCH /files/f_a", "content-length: -1"), 400],
    ["two lengths", () => request("PATCH /files/f_a", "content-length: 1", "content-length: 2"), 400],
    [
      "a chunk that is none",
      () => `${request("PATCH /files/f_a", "content-type: application/json", "transfer-encoding: chunked")}zz\r\n`,
      400,
    ],
    ["an expectation that nobody meets", () => request("GET /files/f_a", "expect: miracles"), 417],
    [
      "a form without a boundary",
      () => `${request("POST /", "content-type: multipart/form-data", "content-length: 2")}xx`,
      400,
    ],
    [
      "a form that does not end",
      () =>
        form(
          "POST /",
          `${part("bucket", "media")}--x\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\nabc`,
        ),
      400,
    ],
    ["a form of many fields", () => form("POST /", `${part("a", "b").repeat(1000)}--x--`), 413],
    ["a form with a name that means something", () => form("POST /", `${part("__proto__", "b")}--x--`), 400],
    ["a time that is none", () => json("POST /_emulator/clock", '{"advance_ms":1e300}'), 422],
  ])("is refused as what it is: %s", async (_, bytes, status) => {
    const answer = await raw(bytes());
    expect([answer.status, answer.body.length < 5000]).toEqual([status, true]);
    expect(JSON.parse(answer.body)).toHaveProperty("detail");
    expect((await emulator.state()).files.map(({ path }) => path)).toEqual(["a.txt"]);
    expect(readdirSync(join(folder, "data", "arriving"))).toEqual([]);
  });

  it("is answered in the shape of the dialect, also where it is no request at all", async () => {
    await emulator.setDialect({ "error.shape": "code_message" });
    for (const bytes of [
      "HELLO\r\n\r\n",
      request("GET /files/%ff"),
      request("GET //"),
      request("PUT /files"),
      request("GET /files/f_a", "expect: x"),
    ]) {
      expect(Object.keys(JSON.parse((await raw(bytes)).body) as object)).toEqual(["code", "message"]);
    }
    await emulator.setDialect({ "error.shape": "html" });
    for (const bytes of ["HELLO\r\n\r\n", request("GET /files/%ff")]) {
      const { head, body } = await raw(bytes);
      expect(head.toLowerCase()).toContain("content-type: text/html");
      expect(body).toMatch(/^<!doctype html>/);
    }
  });

  it("is in the journal where it has a method and a path", async () => {
    await raw(request("GET //"));
    await raw(request("GET /files/%ff?x=1"));
    expect(await emulator.requests()).toMatchObject([
      { method: "GET", path: "//", status: 404 },
      { method: "GET", path: "/files/%ff", query: { x: "1" }, status: 400 },
    ]);
  });

  it("names the methods that a path has", async () => {
    expect((await send(emulator, "POST", "/files/f_a", {})).headers.get("allow")).toBe("GET, PATCH, DELETE");
  });
});

describe("a request that does not go on arriving", () => {
  const halves: readonly [string, () => string][] = [
    [
      "an upload",
      () =>
        `${request("POST /", "content-type: multipart/form-data; boundary=x", "content-length: 1000")}${part("bucket", "media")}--x\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\nabc`,
    ],
    ["a body", () => `${request("PATCH /files/f_a", "content-type: application/json", "content-length: 1000")}{`],
    ["headers", () => "GET /files HTTP/1.1\r\nhost: loc"],
    ["a first line", () => "GE"],
  ];

  it.each(halves)("is answered with 408 and cut off, and nothing of it stays: %s", async (_, bytes) => {
    const answer = await raw(bytes());
    expect(answer.status).toBe(408);
    expect(JSON.parse(answer.body)).toEqual({ detail: "The request did not arrive in time" });
    // An upload is given up as soon as what reads it hears of that.
    while ((await emulator.requests()).some(({ status }) => status === null)) await send(emulator, "GET", "/buckets");
    expect(readdirSync(join(folder, "data", "arriving"))).toEqual([]);
  });

  it("may be slow as long as it goes on", async () => {
    const { hostname, port } = new URL(emulator.baseUrl);
    const socket = connect(Number(port), hostname);
    const body = '{"visibility":"PRIVATE"}'.padEnd(40);
    socket.write(
      request("PATCH /files/f_a", "content-type: application/json", `content-length: ${String(body.length)}`),
    );
    const timer = setInterval(() => {
      const sent = socket.bytesWritten - head;
      if (sent < body.length) socket.write(body.slice(sent, sent + 1));
      else clearInterval(timer);
    }, 25);
    const head = socket.bytesWritten;
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200/);
    clearInterval(timer);
  });
});

it.each(["ENOSPC", "EDQUOT", "EFBIG", "SQLITE_FULL"])("a full disk is no fault of the request: %s", (code) => {
  expect(asFailure(Object.assign(new Error("write failed"), { code })).status).toBe(507);
});
