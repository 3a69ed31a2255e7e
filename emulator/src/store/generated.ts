import { createHash } from "node:crypto";

const BLOCK = 64 * 1024;

/** Made-up bytes, the same for the same key, in blocks: nothing of the file's size is ever held. */
export function* generatedBytes(key: string, size: number): Generator<Buffer> {
  const block = Buffer.alloc(BLOCK);
  for (let at = 0; at < BLOCK; at += 32) {
    createHash("sha256")
      .update(`${key}:${String(at)}`)
      .digest()
      .copy(block, at);
  }
  for (let sent = 0; sent < size; sent += BLOCK) {
    const next = Buffer.from(block.subarray(0, Math.min(BLOCK, size - sent)));
    if (next.length >= 8) next.writeBigUInt64BE(BigInt(sent));
    yield next;
  }
}
