import { request as httpRequest } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { startEmulator, type Emulator } from "mediasaur-emulator";
import { pathsOf, send, uploadForm } from "./api";

interface Raw {
  readonly status: number | undefined;
  readonly text: string;
}

/** A request with headers that fetch does not let anyone set. */
function raw(
  emulator: Emulator,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Raw> {
  const { hostname, port } = new URL(emulator.baseUrl);
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, method, path, headers: { host: `${hostname}:${port}`, ...headers } });
    sent.once("error", reject);
    sent.once("response", (response) => {
      let received = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
      response.once("end", () => {
        resolve({ status: response.statusCode, text: received });
      });
    });
    sent.end(body);
  });
}

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({
    allowedHosts: ["files.test", ".dev.test"],
    seed: { buckets: { media: { files: [{ path: "a.svg", id: "f_a", content: "<svg/>" }] } } },
  });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const key = (): Record<string, string> => ({ authorization: `Bearer ${emulator.apiKey}` });

describe("a name that leads here", () => {
  it.each([
    "localhost",
    "LOCALHOST:4010",
    "localhost.",
    "app.localhost:80",
    "127.0.0.1",
    "127.8.9.1:1",
    "[::1]:4010",
    "files.test",
    "files.test:8080",
    "dev.test",
    "a.b.dev.test",
  ])("is answered when it is this machine's, or was allowed: %s", async (host) => {
    expect((await raw(emulator, "GET", "/_emulator/health", { host })).status).toBe(200);
    expect((await raw(emulator, "GET", "/buckets", { host, ...key() })).status).toBe(200);
  });

  it.each([
    "evil.example",
    "evil.example:4010",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evillocalhost",
    "notdev.test",
    "x.files.test",
    "192.168.0.1",
    "0.0.0.0:4010",
    "[::]:4010",
    "[::ffff:192.168.0.1]",
    "localhost@evil.example",
    "evil.example#localhost",
    "localhost/evil.example",
    "2130706433",
  ])("is refused when it is any other: %j", async (host) => {
    for (const [method, path] of [
      ["GET", "/_emulator/state"],
      ["GET", "/f/media/a.svg"],
      ["GET", "/files?bucket=media"],
      ["GET", "//"],
      ["GET", "/files/%ff"],
      ["GET", "/nowhere"],
      ["DELETE", "/files/f_a"],
      ["POST", "/_emulator/reset"],
      ["OPTIONS", "/files/f_a"],
    ] as const) {
      expect([path, (await raw(emulator, method, path, { host, ...key() })).status]).toEqual([path, 403]);
    }
    expect(await pathsOf(emulator)).toEqual(["a.svg"]);
    expect(await emulator.requests()).toEqual([]);
  });

  it("has to be there", async () => {
    const { hostname, port } = new URL(emulator.baseUrl);
    for (const lines of ["GET /_emulator/state HTTP/1.0\r\n\r\n", "GET /_emulator/state HTTP/1.1\r\nHost:\r\n\r\n"]) {
      const socket = connect(Number(port), hostname);
      socket.write(lines);
      expect(await text(socket)).toMatch(/^HTTP\/1.1 403 /);
    }
  });

  it("is the one in the request's first line where one is there", async () => {
    const { port } = new URL(emulator.baseUrl);
    expect((await raw(emulator, "GET", `http://evil.example:${port}/_emulator/state`, {})).status).toBe(403);
    expect((await raw(emulator, "GET", `http://localhost:${port}/buckets`, key())).status).toBe(200);
  });

  it.each(["*", "http://a.test", "a.test:80", "a b", ""])("can't be allowed when it is none: %j", async (name) => {
    await expect(startEmulator({ allowedHosts: [name] })).rejects.toThrow("is not a host's name");
  });
});

describe("a page of another site", () => {
  const strangers: readonly Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://127.0.0.1:1" },
    { origin: "http://localhost.evil.example" },
    { origin: "" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "cross-site, same-origin" },
  ];
  const changes: readonly (readonly [string, string, string?])[] = [
    ["POST", "/_emulator/reset"],
    ["POST", "/_emulator/reseed", '{"seed":{"buckets":{}}}'],
    ["POST", "/_emulator/edit", '{"op":"delete","id":"f_a"}'],
    ["POST", "/_emulator/clock", '{"advance_ms":1000000000000}'],
    ["PUT", "/_emulator/dialect", '{"error.status":"200_success_false"}'],
    ["PUT", "/_emulator/faults", '[{"op":"*","kind":"reset"}]'],
    ["DELETE", "/_emulator/requests"],
    ["POST", "/files/move", '{"bucket":"media","file_ids":["f_a"],"target_path":"x"}'],
    ["PATCH", "/files/f_a", '{"visibility":"PRIVATE"}'],
    ["DELETE", "/files/f_a"],
    ["POST", "/", "--x--"],
  ];
  const types = [
    "text/plain",
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
  ];

  it.each(strangers)("changes nothing, with any content type: %j", async (stranger) => {
    const before = await emulator.state();
    for (const [method, path, body] of changes) {
      for (const type of types) {
        const sent = await raw(emulator, method, path, { ...key(), ...stranger, "content-type": type }, body);
        expect([path, type, sent.status]).toEqual([path, type, 403]);
      }
    }
    expect((await emulator.state()).files.map(({ id, path }) => ({ id, path }))).toEqual(
      before.files.map(({ id, path }) => ({ id, path })),
    );
    expect(await emulator.requests()).toEqual([]);
  });

  it("changes what it may when it is the emulator's own, or no page at all", async () => {
    const { host } = new URL(emulator.baseUrl);
    const own = { origin: `http://${host}`, "sec-fetch-site": "same-origin" };
    expect((await raw(emulator, "POST", "/_emulator/reset", own)).status).toBe(200);
    expect((await raw(emulator, "POST", "/_emulator/reset", {})).status).toBe(200);
    const typed = { "sec-fetch-site": "none" };
    expect((await raw(emulator, "POST", "/_emulator/reset", typed)).status).toBe(200);
    const proxied = { host: "files.test", origin: "https://files.test" };
    expect((await raw(emulator, "POST", "/_emulator/reset", proxied)).status).toBe(200);
  });
});

it("reads no file of the user's at the word of a request", async () => {
  const folder = mkdtempSync(join(tmpdir(), "strangers-"));
  const seed = join(folder, "seed.json");
  writeFileSync(seed, '{"buckets":{"stolen":{}}}');
  for (const path of [folder, seed]) {
    const { status, body } = await send(emulator, "POST", "/_emulator/reseed", { seed: path });
    expect([status, body.detail]).toEqual([422, "seed must be an object; a path is for --seed alone"]);
  }
  expect(
    (
      await send(emulator, "POST", "/_emulator/reseed", {
        seed: { buckets: { media: { files: [{ path: "x", content: { source: seed } }] } } },
      })
    ).status,
  ).toBe(422);
  expect((await send(emulator, "PUT", "/_emulator/dialect", seed)).status).toBe(422);
  expect(await pathsOf(emulator)).toEqual(["a.svg"]);
  rmSync(folder, { recursive: true });
});

describe("what others have put there", () => {
  it("is served in a sandbox, as what it says it is, whatever goes wrong on the way", async () => {
    await send(emulator, "POST", "/", uploadForm({ bucket: "media", path: "x.html" }, "<script>alert(1)</script>"));
    const { files } = await emulator.state();
    const addresses = files.flatMap(({ url, signed_url }) => [url, signed_url]);
    const isInSandbox = async (address: string): Promise<void> => {
      const { headers } = await fetch(address);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toMatch(/^sandbox;/);
      expect(headers.get("content-security-policy")).not.toContain("allow-");
    };
    for (const address of addresses) await isInSandbox(address);
    for (const [kind, args] of [
      ["truncate", { bytes: 3 }],
      ["latency", { ms: 1, form: "dribble" }],
      ["garbage", { body: "html" }],
    ] as const) {
      await emulator.setFaults([{ op: "download", kind, args }]);
      await isInSandbox(`${emulator.baseUrl}/f/media/x.html`);
    }
    await emulator.setFaults([]);
    await emulator.setDialect({ "error.shape": "html" });
    await isInSandbox(`${emulator.baseUrl}/f/media/%3Cscript%3E`);
    await isInSandbox(`${emulator.baseUrl}/nowhere/%3Cscript%3E`);
  });

  it("can neither frame the control surface nor read it", async () => {
    for (const path of ["health", "state", "ui", "none"]) {
      const { headers } = await fetch(`${emulator.baseUrl}/_emulator/${path}`);
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    }
  });
});
