import { createServer, type RequestListener } from "node:http";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { exchange } from "../../provider/client/http/transport";
import { isLoopback } from "../../provider/client/urls";

/** Lets a server run for as long as `use` takes. */
async function serving<T>(answer: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test.each([
  ["localhost", true],
  ["127.0.0.1", true],
  ["127.1.2.3", true],
  ["[::1]", true],
  ["127.0.0.1.example.com", false],
  ["127.example.com", false],
  ["203.0.113.7", false],
])("%s is this machine: %s", (host, here) => {
  expect(isLoopback(host)).toBe(here);
});

describe("a proxy of the environment", () => {
  const saved = { ...process.env };
  afterEach(() => {
    process.env = { ...saved };
  });

  test.each([
    ["http://127.example.com/buckets", ["http://127.example.com/buckets"]],
    ["http://127.0.0.1:1/buckets", []],
  ])("gets a request to %s: %j", async (url, expected) => {
    const seen: (string | undefined)[] = [];
    await serving(
      (request, response) => {
        seen.push(request.url);
        response.end("{}");
      },
      async (proxy) => {
        for (const name of ["no_proxy", "NO_PROXY"]) process.env[name] = "";
        process.env.http_proxy = proxy;
        await exchange({ url, method: "GET", headers: {}, timeoutMs: 30_000 });
      },
    );
    expect(seen).toEqual(expected);
  });
});

test.each([
  "HTTP/1.1 206 Partial Content\r\ncontent-length: 2\r\n\r\n[]",
  "HTTP/1.1 204 No Content\r\n\r\n",
  "HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 2\r\n\r\n{}",
  "HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\n{}",
  "garbage\r\n\r\n",
])("what a proxy answers to CONNECT is no answer of the service: %j", async (reply) => {
  const proxy = createTcpServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.end(reply));
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const saved = { ...process.env };
  try {
    for (const name of ["no_proxy", "NO_PROXY"]) process.env[name] = "";
    process.env.https_proxy = `http://127.0.0.1:${String((proxy.address() as AddressInfo).port)}`;
    const answer = await exchange({ url: "https://api.example/files", method: "GET", headers: {}, timeoutMs: 30_000 });
    expect(answer).toHaveProperty("broken");
    if (!reply.startsWith("garbage"))
      expect(answer).toMatchObject({ broken: "no_tls", reason: "the proxy refused the connection" });
  } finally {
    process.env = saved;
    await new Promise((resolve) => proxy.close(resolve));
  }
});

test("an answer's body has one time-out for all of it, however it trickles", async () => {
  const timers: (() => void)[] = [];
  const answer = await serving(
    (_, response) => {
      response.writeHead(200);
      let parts = 0;
      const part = (): void => {
        if (response.destroyed) return;
        response.write(" ");
        parts += 1;
        // By now the client has had the headers and a part or more; the time that began with the headers is over.
        if (parts > 3 && timers.length > 1) timers[1]?.();
        setImmediate(part);
      };
      part();
    },
    (url) =>
      exchange({
        url,
        method: "GET",
        headers: {},
        timeoutMs: 1000,
        after: (_ms, fire) => {
          timers.push(fire);
          return () => undefined;
        },
      }),
  );
  expect(answer).toMatchObject({ status: 200, body: { kind: "unreadable", reason: "it stopped coming" } });
  // One until the headers, one from there on.
  expect(timers).toHaveLength(2);
});
