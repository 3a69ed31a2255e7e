import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { mediasaurError } from "../../client";
import type { Asset } from "../../model/managed-file";

/**
 * How much of a file is read at once, in bytes. What has been sent is garbage outside of V8's heap, which is collected by how much
 * comes together within it: in small pieces that is soon enough for a file of any size to go through little memory.
 */
const PIECE = 8 * 2 ** 10;

/** The content of an asset, ready to be sent: as often as it takes, and never wholly in memory unless it is a text. */
export interface Content {
  /** Bytes. */
  readonly size: number;
  /** Gives the content from its start. */
  readonly body: () => NodeJS.ReadableStream | Buffer;
}

/** Opens an asset for as long as `use` takes. What is remote is fetched to a temporary file first. */
export async function withContent<Result>(asset: Asset, use: (content: Content) => Promise<Result>): Promise<Result> {
  if (asset.text !== undefined) {
    const text = Buffer.from(asset.text, "utf8");
    return use({ size: text.length, body: () => text });
  }
  if (asset.path !== undefined) return use(await localFile(resolve(asset.path)));
  if (asset.uri?.startsWith("file:") === true) return use(await localFile(fileURLToPath(asset.uri)));
  if (asset.uri === undefined) throw unreadable("the asset", "it has neither a path, nor a text, nor a URI");
  const folder = await mkdtemp(join(tmpdir(), "mediasaur-asset-"));
  try {
    const file = join(folder, "content");
    await fetchTo(file, asset.uri, asset.hash);
    return await use(await localFile(file));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function localFile(path: string): Promise<Content> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(
      `"${path}"`,
      error instanceof Error && "code" in error ? String(error.code) : "it can't be opened",
    );
  });
  if (!found.isFile()) throw unreadable(`"${path}"`, "it is not a file");
  return { size: found.size, body: () => createReadStream(path, { highWaterMark: PIECE }) };
}

/** The SHA-256 of what is served at a URL, in hex; `undefined` where it can't be read. No key is sent. */
export async function digestOf(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url);
    if (!response.ok || response.body === null) return undefined;
    const digest = createHash("sha256");
    for await (const chunk of response.body) digest.update(chunk as Uint8Array);
    return digest.digest("hex");
  } catch {
    return undefined;
  }
}

/** The SHA-256 of a content, in hex. */
export async function digestOfContent({ body }: Content): Promise<string> {
  const content = body();
  const digest = createHash("sha256");
  if (Buffer.isBuffer(content)) return digest.update(content).digest("hex");
  for await (const chunk of content) digest.update(chunk);
  return digest.digest("hex");
}

async function fetchTo(file: string, uri: string, hash: string | undefined): Promise<void> {
  const where = uri.replace(/[?#].*$/s, "");
  const response = await fetch(uri).catch(() => {
    throw unreadable(where, "nothing answers");
  });
  if (!response.ok || response.body === null) throw unreadable(where, `the answer is ${String(response.status)}`);
  const digest = createHash("sha256");
  const body = Readable.fromWeb(response.body);
  body.on("data", (chunk: Buffer) => digest.update(chunk));
  // What a stream throws when it is cut off tells neither what it was nor what to do, and has no code of ours.
  await pipeline(body, createWriteStream(file)).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw unreadable(where, `its content did not come whole${code}`);
  });
  if (hash !== undefined && digest.digest("hex") !== hash) {
    throw unreadable(where, `its content is not the one that was previewed. Run "pulumi up" again`);
  }
}

function unreadable(what: string, why: string): Error {
  return mediasaurError({ code: "source_unreadable", message: `${what} can't be uploaded: ${why}.` });
}
