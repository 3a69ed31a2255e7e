import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const PIECES = 10;

/** Sends the headers at once, and the body after a while, or over it. */
export function trickle(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  whole: Buffer,
  { form, ms }: { readonly form: "headers_then_stall" | "dribble"; readonly ms: number },
): void {
  response.writeHead(status, headers);
  response.flushHeaders();
  void send(response, whole, form === "dribble" ? PIECES : 1, ms);
}

async function send(response: ServerResponse, whole: Buffer, pieces: number, ms: number): Promise<void> {
  const size = Math.max(1, Math.ceil(whole.length / pieces));
  for (let at = 0; at < whole.length || at === 0; at += size) {
    await wait(ms / pieces, undefined, { ref: false });
    if (response.destroyed) return;
    response.write(whole.subarray(at, at + size));
  }
  response.end();
}
