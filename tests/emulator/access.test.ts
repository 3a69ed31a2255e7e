import { DEFAULT_API_KEY, startEmulator, type Emulator } from "mediasaur-emulator";
import { send, uploadForm } from "./api";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({
    seed: { buckets: { media: { files: [{ path: "s.txt", id: "f_s", content: "secret", visibility: "PRIVATE" }] } } },
  });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe("API keys", () => {
  it("lets in the key that it names, and no other", async () => {
    expect(emulator.apiKey).toBe(DEFAULT_API_KEY);
    expect((await send(emulator, "GET", "/buckets")).status).toBe(200);
    for (const authorization of [
      "",
      "Bearer sk_other",
      `Basic ${DEFAULT_API_KEY}`,
      "Bearer token_abc",
      DEFAULT_API_KEY,
    ]) {
      expect((await send(emulator, "GET", "/buckets", undefined, { authorization })).status).toBe(401);
    }
    expect((await fetch(`${emulator.baseUrl}/files/f_s`, { method: "DELETE" })).status).toBe(401);
    expect((await emulator.state()).files).toHaveLength(1);
  });

  it("takes a key of one's own", async () => {
    const other = await startEmulator({ apiKey: "sk_mine" });
    expect((await send(other, "GET", "/buckets")).status).toBe(200);
    expect((await send(emulator, "GET", "/buckets", undefined, { authorization: "Bearer sk_mine" })).status).toBe(401);
    await other.close();
    await expect(startEmulator({ apiKey: "mine" })).rejects.toThrow('must begin with "sk_"');
  });
});

describe("upload tokens", () => {
  const token = async (more: object = {}): Promise<string> =>
    (await send(emulator, "POST", "/token", { bucket: "media", path: "t/a.txt", ...more })).body.token as string;
  const upload = (authorization: string, path = "t/a.txt", bucket?: string) =>
    send(emulator, "POST", "/", uploadForm({ path, ...(bucket === undefined ? {} : { bucket }) }), {
      authorization: `Bearer ${authorization}`,
    });

  it("let one upload through, to one path", async () => {
    const given = await token();
    expect(given).toMatch(/^token_eyJ/);
    expect((await upload(given)).body).toMatchObject({ bucket: "media", path: "t/a.txt" });
    expect((await upload(given)).status).toBe(401);
  });

  it("are good for no other path or bucket, and not used up by trying", async () => {
    const given = await token();
    expect((await upload(given, "t/b.txt")).status).toBe(403);
    await emulator.control("POST", "edit", { op: "bucket", bucket: "other" });
    expect((await upload(given, "t/a.txt", "other")).status).toBe(403);
    expect((await upload(given, "t/a.txt", "media")).status).toBe(200);
  });

  it("expire", async () => {
    const given = await token({ expires_in: 10 });
    await emulator.control("POST", "clock", { advance_ms: 11_000 });
    expect((await upload(given)).status).toBe(401);
  });

  it("can't be forged, and open nothing else", async () => {
    const given = await token();
    expect((await upload(`${given}x`)).status).toBe(401);
    expect((await upload("token_e30.e30.e30")).status).toBe(401);
    expect((await send(emulator, "GET", "/buckets", undefined, { authorization: `Bearer ${given}` })).status).toBe(401);
  });

  it("are given for buckets that exist and paths that can be", async () => {
    expect((await send(emulator, "POST", "/token", { bucket: "none", path: "a" })).status).toBe(404);
    expect((await send(emulator, "POST", "/token", { bucket: "media", path: "a/" })).status).toBe(422);
  });
});

describe("addresses of files", () => {
  it("serve private files only when signed, and not for ever", async () => {
    const { signed_url, url } = (await emulator.state()).files[0] ?? { signed_url: "", url: "" };
    expect((await fetch(url)).status).toBe(403);
    expect(await (await fetch(signed_url)).text()).toBe("secret");
    expect((await fetch(signed_url.replace(/expires=\d+/, "expires=9999999999"))).status).toBe(403);
    const given = (await emulator.control("GET", "sign?file_id=f_s&expires_in=60")) as { url: string };
    expect((await fetch(given.url)).status).toBe(200);
    await emulator.control("POST", "clock", { advance_ms: 61_000 });
    expect((await fetch(given.url)).status).toBe(403);
    expect((await fetch(`${emulator.baseUrl}/f/media/none.txt`)).status).toBe(404);
  });

  it("follow the visibility", async () => {
    const { body } = await send(emulator, "PATCH", "/files/f_s", { visibility: "PUBLIC" });
    expect((await fetch(body.url)).status).toBe(200);
    await send(emulator, "PATCH", "/files/f_s", { visibility: "PRIVATE" });
    expect((await fetch(body.url)).status).toBe(403);
  });
});
