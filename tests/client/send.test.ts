import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { MediasaurClient, redact } from "../../provider/client";
import { clientOf, closeServers, errorOf, FakeClock, KEY, row, server } from "./support/setup";

afterEach(closeServers);

const buckets = { json: { buckets: [{ name: "media" }] } };

test("sends the key as a bearer token and keeps the path of the base URL", async () => {
  const s = await server();
  s.replies(buckets);
  expect(await clientOf(`${s.url}/v1/mediasaur//`).listBuckets()).toMatchObject([{ name: "media" }]);
  expect(s.log).toEqual(["GET /v1/mediasaur/buckets"]);
  expect(s.seen[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
});

test("encodes names and ids", async () => {
  const s = await server();
  s.replies({ json: { name: "a b/c?" } });
  await clientOf(s).getBucket("a b/c?");
  s.script = () => ({ json: row("f/1 #", "x") });
  await clientOf(s).getFile("f/1 #");
  expect(s.log).toEqual(["GET /buckets/a%20b%2Fc%3F", "GET /files/f%2F1%20%23"]);
});

test("refuses an id that would step up the path, before any request", async () => {
  const s = await server();
  expect((await errorOf(clientOf(s).deleteFile(".."))).code).toBe("invalid_request");
  expect(s.log).toEqual([]);
});

test.each([400, 401, 402, 403, 422])("does not repeat a %i", async (status) => {
  const s = await server();
  s.replies({ status, json: { detail: "no" } });
  const error = await errorOf(clientOf(s).listBuckets());
  expect(error).toMatchObject({ status, retryable: false, outcome: "refused", operation: "GET /buckets" });
  expect(s.log).toHaveLength(1);
});

test.each([408, 425, 429, 500, 502, 503, 504])(
  "repeats a GET after a %i, with growing waits, five times",
  async (status) => {
    const s = await server();
    const clock = new FakeClock(0.5);
    s.replies({ status, json: { error: "busy" } });
    const error = await errorOf(clientOf(s, { clock }).listBuckets());
    expect(error.retryable).toBe(true);
    expect(s.log).toHaveLength(5);
    const base = status === 429 ? 500 : 200;
    expect(clock.slept).toEqual([1, 2, 4, 8].map((factor) => factor * base * 0.5));
  },
);

test.each(["cut", "truncate"] as const)("repeats a GET whose answer was lost (%s)", async (fault) => {
  const s = await server();
  s.replies({ fault, json: { buckets: [] } }, buckets);
  expect(await clientOf(s).listBuckets()).toHaveLength(1);
  expect(s.log).toHaveLength(2);
});

test("gives up on a server that does not answer in time", async () => {
  const s = await server();
  s.replies({ fault: "stall" });
  const error = await errorOf(clientOf(s, { timeoutMs: 30 }).listBuckets());
  expect(error.code).toBe("timeout");
  expect(s.log).toHaveLength(2);
});

test("says within three attempts that nothing answers, in words", async () => {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  const clock = new FakeClock(0.999);
  let requests = 0;
  const error = await errorOf(
    clientOf(`http://127.0.0.1:${port}`, { clock, onRequest: () => requests++ }).copyFile({
      sourceBucket: "a",
      targetBucket: "b",
      fileId: "f",
      directory: "d",
    }),
  );
  expect(error.message).toContain(
    `unreachable: nothing answers at http://127.0.0.1:${port} (connection refused). Is the server up, and is mediasaur:baseUrl right?`,
  );
  expect(error.outcome).toBe("refused");
  expect(requests).toBe(3);
  expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(3000);
});

test("a 429 holds back every call for as long as it says", async () => {
  const s = await server();
  const clock = new FakeClock();
  const started: number[] = [];
  const note = (): void => void started.push(clock.now());
  s.script = (_request, index) => (index === 0 ? { status: 429, headers: { "retry-after": "7" }, json: {} } : buckets);
  const first = clientOf(s, { clock, onRequest: note });
  const second = clientOf(s, { clock, onRequest: note });
  const begin = clock.now();
  const others: Promise<unknown>[] = [];
  // The others start once the 429 is in, and before any time has passed.
  clock.onSleep = async () => {
    clock.onSleep = undefined;
    others.push(first.listBuckets(), second.listBuckets());
    await new Promise((resolve) => setImmediate(resolve));
  };
  await first.listBuckets();
  await Promise.all(others);
  expect(others).toHaveLength(2);
  expect(started[0]).toBe(begin);
  expect(started.slice(1).filter((time) => time < begin + 7000)).toEqual([]);
  expect(started).toHaveLength(4);
});

test("a call that finds the gate shut for longer than is waited fails without a request", async () => {
  const s = await server();
  const clock = new FakeClock();
  s.replies({ status: 429, headers: { "retry-after": "300" }, json: {} });
  const client = clientOf(s, { clock });
  const error = await errorOf(client.listBuckets());
  expect(error.code).toBe("wait_too_long");
  expect(error.message).toContain("300 s");
  expect((await errorOf(client.listBuckets())).code).toBe("wait_too_long");
  expect(s.log).toHaveLength(1);
  clock.time += 300_001;
  s.replies(buckets);
  expect(await client.listBuckets()).toHaveLength(1);
});

test("starts no more requests at a time than allowed", async () => {
  const s = await server();
  let inside = 0;
  let most = 0;
  s.script = async () => {
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside--;
    return buckets;
  };
  const client = clientOf(s, { maxConcurrency: 3 });
  await Promise.all(Array.from({ length: 12 }, () => client.listBuckets()));
  expect(most).toBe(3);
});

test("stops repeating when the budget of the process is used up", async () => {
  const s = await server();
  s.replies({ status: 500, json: {} });
  const client = clientOf(s);
  const calls = 40;
  for (let i = 0; i < calls; i++) await errorOf(client.listBuckets());
  // 100 retries, and one first try a call.
  expect(s.log).toHaveLength(calls + 100);
});

test("tries the other key once on a 401 and keeps it", async () => {
  const s = await server();
  s.script = (request) =>
    request.headers.authorization === "Bearer sk_other_key_1" ? buckets : { status: 401, json: {} };
  const client = clientOf(s, { fallbackApiKey: "sk_other_key_1" });
  await client.listBuckets();
  await client.listBuckets();
  expect(s.seen.map(({ headers }) => headers.authorization)).toEqual([
    `Bearer ${KEY}`,
    "Bearer sk_other_key_1",
    "Bearer sk_other_key_1",
  ]);
});

test("does not try the other key again once it was refused, and names both remedies", async () => {
  const s = await server();
  s.replies({ status: 401, json: { detail: `bad key ${KEY} sk_other_key_1` } });
  const client = clientOf(s, { fallbackApiKey: "sk_other_key_1" });
  const error = await errorOf(client.getBucket("media"));
  expect(error.message).toContain(
    '[GET /buckets/{bucket_name}] 401 unauthorized: the API key was refused. Set a valid one with "pulumi config set --secret mediasaur:apiKey"',
  );
  expect(error.message).toContain("MEDIASAUR_API_KEY");
  expect(error.message).not.toContain("sk_other_key_1");
  await errorOf(client.listBuckets());
  expect(s.log).toHaveLength(3);
});

test("follows redirects of a GET within the origin, three at most", async () => {
  const s = await server();
  s.script = (request) =>
    request.path === "/moved/buckets" ? buckets : { status: 307, headers: { location: "/moved/buckets" } };
  expect(await clientOf(s).listBuckets()).toHaveLength(1);
  s.seen.length = 0;
  s.replies({ status: 302, headers: { location: "/buckets" } });
  expect((await errorOf(clientOf(s).listBuckets())).code).toBe("redirected");
  expect(s.log).toHaveLength(4);
});

test.each(["GET", "PATCH"])("never follows a redirect of a %s to another origin", async (method) => {
  const s = await server();
  const other = await server();
  other.replies(buckets);
  s.replies({ status: 301, headers: { location: `${other.url}/buckets` } });
  const call = method === "GET" ? clientOf(s).listBuckets() : clientOf(s).updateFile("f", { name: "x" });
  const error = await errorOf(call);
  expect(error.code).toBe("redirected");
  expect(error.message).toContain(other.url);
  expect(other.seen).toEqual([]);
});

test("takes an HTML page for a wrong base URL", async () => {
  const s = await server();
  s.replies({ text: "<!doctype html><p>Hello", headers: { "content-type": "text/html" } });
  const error = await errorOf(clientOf(s).listBuckets());
  expect(error.message).toBe(
    `[GET /buckets] 200 wrong_base_url: ${s.url} answered with an HTML page, not the API's JSON. Check mediasaur:baseUrl.`,
  );
  expect(s.log).toHaveLength(1);
});

test("an error that echoes the credential shows none of it", async () => {
  const s = await server();
  s.replies({
    status: 403,
    headers: { "x-request-id": `r-${KEY}` },
    json: { error: { message: `Bearer ${KEY} may not`, code: KEY } },
  });
  const error = await errorOf(clientOf(s).listBuckets());
  expect(error.message).toContain("forbidden");
  expect(error.requestId).toBe("r-[redacted]");
});

test("a key that is not of the usual form stays unspeakable after hundreds of upload tokens", async () => {
  const s = await server();
  const apiKey = "no-usual-form-0123456789";
  let tokens = 0;
  s.script = ({ path }) =>
    path === "/token"
      ? { json: { token: `one-shot-${++tokens}` } }
      : { status: 403, json: { detail: `not ${apiKey}` } };
  const client = clientOf(s, { apiKey });
  for (let i = 0; i < 300; i++) await client.createUploadToken({ bucket: "media", path: "a.txt" });
  const error = await errorOf(client.listBuckets());
  expect(error.message).toContain("not [redacted]");
  expect(error.message).not.toContain(apiKey);
  expect(redact("one-shot-300 then one-shot-1")).toBe("[redacted] then one-shot-1");
});

test("refuses a key that could break a header, and URLs that are none", () => {
  expect(() => clientOf("http://127.0.0.1:1", { apiKey: "sk_1\r\nx: y" })).toThrow("invalid_configuration");
  expect(() => clientOf("ftp://x")).toThrow("mediasaur:baseUrl is not a URL");
});

test("sends no key in clear text to another machine", () => {
  expect(() => clientOf("http://203.0.113.7")).toThrow("mediasaur:baseUrl is plain http to 203.0.113.7");
  const uploadUrl = "http://203.0.113.7";
  expect(() => clientOf("http://127.0.0.1:1", { uploadUrl })).toThrow("mediasaur:uploadUrl is plain http");
});

test("uploads to no other service than everything else goes to", async () => {
  const client = new MediasaurClient({ apiKey: KEY, baseUrl: "http://127.0.0.1:1" });
  for (const sent of [
    client.createUploadToken({ bucket: "media", path: "a.txt" }),
    client.upload({ bucket: "media", path: "a.txt", body: () => Buffer.from("a"), size: 1 }),
  ]) {
    expect((await errorOf(sent)).message).toContain("mediasaur:baseUrl is set and mediasaur:uploadUrl is not");
  }
});
