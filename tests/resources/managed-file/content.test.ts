import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import type { MediasaurError } from "../../../provider/client";
import { withContent, type Content } from "../../../provider/resources/managed-file/content";

// A temporary folder of its own, as others use the machine's at the same time.
const { TMPDIR } = process.env;
const temporary = mkdtempSync(join(tmpdir(), "content-test-"));
beforeAll(() => (process.env.TMPDIR = temporary));
afterAll(() => {
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  rmSync(temporary, { recursive: true });
});

/** What the asset at a URL of a server that answers so comes to. */
async function fetched<T>(answer: RequestListener, use: (content: Content) => Promise<T>, hash?: string): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const uri = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/a.bin?signature=hush`;
  try {
    return await withContent({ uri, ...(hash === undefined ? {} : { hash }) }, use);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const whole = async ({ size, body }: Content): Promise<[number, string]> => {
  const content = body();
  return [size, String(Buffer.isBuffer(content) ? content : await buffer(content))];
};

test("a remote content is there for as long as it is used", async () => {
  const hash = createHash("sha256").update("remote").digest("hex");
  expect(await fetched((_, response) => response.end("remote"), whole, hash)).toEqual([6, "remote"]);
  expect(readdirSync(temporary)).toEqual([]);
});

test("a remote content that is cut off half-way says so, with a code, and leaves nothing behind", async () => {
  let used = false;
  const cut = fetched(
    (_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("half", () => response.socket?.destroy());
    },
    () => Promise.resolve(void (used = true)),
  );
  const error = (await cut.catch((reason: unknown) => reason)) as MediasaurError;
  expect(error).toMatchObject({ name: "MediasaurError", code: "source_unreadable" });
  expect(error.message).toMatch(/http:\/\/127\.0\.0\.1:\d+\/a\.bin can't be uploaded: its content did not come whole/);
  expect(error.message).not.toContain("hush");
  expect(used).toBe(false);
  expect(readdirSync(temporary)).toEqual([]);
});
