import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  createReadStream,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Rows } from "./database";
import { generatedBytes } from "./generated";

/** Content that has been stored, though no file has it yet. */
export interface StoredContent {
  readonly blob: string;
  readonly size: number;
  readonly sha256: string | null;
}

const LARGEST_ROW = 64 * 1024;

/**
 * The bytes of files. A blob's name says where they are: `b:` a file on disk, `i:` a row (seeds), `g:` nowhere, they are made
 * when read. A blob never changes, so that several files may share one, and an overwrite can't harm the old bytes.
 */
export class ContentStore {
  readonly #blobs: string;
  readonly #arriving: string;

  constructor(
    private readonly rows: Rows,
    folder: string,
    private readonly durable: boolean,
  ) {
    this.#blobs = join(folder, "blobs");
    this.#arriving = join(folder, "arriving");
    mkdirSync(this.#blobs, { recursive: true });
    mkdirSync(this.#arriving, { recursive: true });
    for (const name of ownNames(this.#arriving)) rmSync(join(this.#arriving, name));
  }

  /** Writes a stream to disk; when this answers, the bytes are there for good. */
  async receive(stream: AsyncIterable<Uint8Array>): Promise<StoredContent> {
    const name = randomUUID();
    const arriving = join(this.#arriving, name);
    const hash = createHash("sha256");
    let size = 0;
    let handle: FileHandle | undefined;
    try {
      handle = await open(arriving, "wx");
      for await (const chunk of stream) {
        hash.update(chunk);
        for (let at = 0; at < chunk.length;) at += (await handle.write(chunk, at)).bytesWritten;
        size += chunk.length;
      }
      if (this.durable) await handle.sync();
      await handle.close();
      handle = undefined;
      await rename(arriving, join(this.#blobs, name));
      if (this.durable) await syncFolder(this.#blobs);
    } catch (error) {
      await handle?.close();
      await rm(arriving, { force: true });
      throw error;
    }
    return { blob: `b:${name}`, size, sha256: hash.digest("hex") };
  }

  /** Keeps a small content as a row, in the transaction that is under way. */
  keep(bytes: Buffer): StoredContent {
    const blob = `i:${randomUUID()}`;
    this.rows.run("INSERT INTO contents VALUES (?, ?)", blob, bytes);
    return { blob, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
  }

  /** Takes over a copy of a file on disk: a small one as a row, any other beside the rows. */
  adopt(source: string): StoredContent {
    const { size } = statSync(source);
    if (size <= LARGEST_ROW) return this.keep(readFileSync(source));
    const name = randomUUID();
    const arriving = join(this.#arriving, name);
    copyFileSync(source, arriving);
    if (this.durable) {
      const descriptor = openSync(arriving, "r+");
      fsyncSync(descriptor);
      closeSync(descriptor);
    }
    renameSync(arriving, join(this.#blobs, name));
    return { blob: `b:${name}`, size, sha256: null };
  }

  /** Cuts off the end of a content that was received, and that no file has yet. */
  shorten(content: StoredContent, bytes: number): StoredContent {
    const file = join(this.#blobs, content.blob.slice(2));
    truncateSync(file, bytes);
    return { ...content, size: bytes, sha256: createHash("sha256").update(readFileSync(file)).digest("hex") };
  }

  /** A content of made-up bytes. */
  generate(key: string, size: number): StoredContent {
    return { blob: `g:${key}`, size, sha256: null };
  }

  /** The bytes of a blob. */
  read(blob: string, size: number): Readable {
    const name = blob.slice(2);
    if (blob.startsWith("b:")) return createReadStream(join(this.#blobs, name));
    if (blob.startsWith("g:")) return Readable.from(generatedBytes(name, size), { objectMode: false });
    const row = this.rows.get<{ bytes: Buffer }>("SELECT bytes FROM contents WHERE blob = ?", blob);
    return Readable.from([row?.bytes ?? Buffer.alloc(0)], { objectMode: false });
  }

  /** Forgets a blob that no file has any more. */
  discard(blob: string): void {
    if (blob.startsWith("b:")) rmSync(join(this.#blobs, blob.slice(2)), { force: true });
    else if (blob.startsWith("i:")) this.rows.run("DELETE FROM contents WHERE blob = ?", blob);
  }

  /** Removes what a sudden end has left behind: bytes whose file was never stored, or was already deleted. */
  sweep(isUsed: (blob: string) => boolean): void {
    for (const name of ownNames(this.#blobs)) if (!isUsed(`b:${name}`)) this.discard(`b:${name}`);
    for (const { blob } of this.rows.all<{ blob: string }>(
      "SELECT blob FROM contents WHERE blob NOT IN (SELECT blob FROM files)",
    )) {
      if (!isUsed(blob)) this.discard(blob);
    }
  }
}

/** The files of a folder that were named here; what else somebody has put there is not ours to delete. */
function ownNames(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(entry.name))
    .map(({ name }) => name);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
