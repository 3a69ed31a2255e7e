import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { linkedFolder, providerText, removeFolder } from "../support/projects";
import { Plugin } from "../support/plugin";
import { TestEmulator } from "../support/emulator";
import { OneFile } from "./support";

let emulator: TestEmulator;
let folder: string;
let provider: string;
const opened: Plugin[] = [];

beforeAll(async () => {
  emulator = await TestEmulator.start();
  folder = linkedFolder();
  provider = providerText(folder, "managed-file");
  await emulator.seed({ "a/x.txt": "PUBLIC" });
});

afterAll(async () => {
  await emulator.close();
  removeFolder(folder);
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((plugin) => plugin.kill()));
});

async function engine(config: Record<string, string>, env: NodeJS.ProcessEnv = {}): Promise<OneFile> {
  const plugin = await Plugin.start(folder, env);
  opened.push(plugin);
  await plugin.configure(config);
  return OneFile.of(plugin, provider);
}

const file = { bucket: "media", path: "a/x.txt" };

async function serve(
  answer: (path: string) => { status: number; type: string; body: string },
): Promise<{ url: string; server: Server; paths: string[] }> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    const { status, type, body } = answer(request.url ?? "");
    response.writeHead(status, { "content-type": type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, server, paths };
}

describe("the configuration", () => {
  test("comes from the environment where the stack has none", async () => {
    const env = {
      MEDIASAUR_API_KEY: emulator.handle.apiKey,
      MEDIASAUR_BASE_URL: emulator.handle.baseUrl,
      MEDIASAUR_UPLOAD_URL: emulator.handle.uploadUrl,
    };
    expect(await (await engine({}, env)).check("x", file)).toEqual([]);
  });

  test("of the stack comes before the environment", async () => {
    const env = { MEDIASAUR_BASE_URL: "http://127.0.0.1:9" };
    expect(await (await engine(emulator.config, env)).check("x", file)).toEqual([]);
  });

  test.each([
    ["no key", {}, /no API key is configured.*pulumi config set --secret mediasaur:apiKey.*MEDIASAUR_API_KEY/],
    [
      "plain http to a host that is not loopback",
      { "mediasaur:apiKey": "sk_1", "mediasaur:baseUrl": "http://files.example.com" },
      /plain http to files\.example\.com.*https/,
    ],
    [
      "a base URL that is none",
      { "mediasaur:apiKey": "sk_1", "mediasaur:baseUrl": "media" },
      /mediasaur:baseUrl is not a URL/,
    ],
    [
      "an upload URL that is none",
      { "mediasaur:apiKey": "sk_1", "mediasaur:uploadUrl": "ftp://x" },
      /mediasaur:uploadUrl is not a URL/,
    ],
    ["a user in a URL", { "mediasaur:apiKey": "sk_1", "mediasaur:baseUrl": "https://u:p@x.example" }, /no user/],
  ])("with %s is refused in one line, before any request", async (_what, config, reason) => {
    const failures = await (await engine(config)).check("x", file);
    expect(failures).toEqual([{ property: "", reason: expect.stringMatching(reason) as string }]);
    expect(failures[0]?.reason).not.toContain("\n");
  });

  test("with a key that the service refuses says so, what to do, and not the key", async () => {
    const failures = await (
      await engine({ ...emulator.config, "mediasaur:apiKey": "sk_wrong_0123456789" })
    ).check("x", file);
    expect(failures[0]?.reason).toMatch(/401.*pulumi config set --secret mediasaur:apiKey/);
    expect(failures[0]?.reason).not.toContain("sk_wrong");
  });

  test("of the last up may hold a key that was revoked: the environment's is tried then", async () => {
    const env = { MEDIASAUR_API_KEY: emulator.handle.apiKey };
    const stale = await engine({ ...emulator.config, "mediasaur:apiKey": "sk_stale_0123456789" }, env);
    const held = await stale.create("x", { ...file, deletionPolicy: "DELETE" });
    await stale.delete(held);
    expect(await emulator.layout()).toEqual({});
    await emulator.seed({ "a/x.txt": "PUBLIC" });
  });

  test("with a base URL that answers HTML says that the URL is wrong", async () => {
    const { url, server } = await serve(() => ({
      status: 200,
      type: "text/html",
      body: "<html><body>Welcome</body></html>",
    }));
    const failures = await (await engine({ ...emulator.config, "mediasaur:baseUrl": url })).check("x", file);
    server.close();
    expect(failures[0]?.reason).toMatch(/HTML.*mediasaur:baseUrl/);
  });

  test("with a base URL that answers 404 to everything is no missing bucket", async () => {
    const { url, server } = await serve(() => ({ status: 404, type: "text/html", body: "<h1>Not Found</h1>" }));
    const failures = await (await engine({ ...emulator.config, "mediasaur:baseUrl": url })).check("x", file);
    server.close();
    expect(failures[0]).toMatchObject({ property: "" });
    expect(failures[0]?.reason).toContain("mediasaur:baseUrl");
  });

  test("may name a URL with a path, which is kept", async () => {
    const { url, server, paths } = await serve(() => ({
      status: 200,
      type: "application/json",
      body: `{"name":"media"}`,
    }));
    await (await engine({ ...emulator.config, "mediasaur:baseUrl": `${url}/v1/` })).check("x", file);
    server.close();
    expect(paths[0]).toBe("/v1/buckets/media");
  });

  test("with a server that is down says that nothing answers", async () => {
    const { url, server } = await serve(() => ({ status: 200, type: "text/plain", body: "" }));
    await new Promise((resolve) => server.close(resolve));
    const failures = await (await engine({ ...emulator.config, "mediasaur:baseUrl": url })).check("x", file);
    expect(failures[0]?.reason).toMatch(/nothing answers/);
  });
});
