import type { ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";

const PIECES = 10;

/** A body that is sent as it is read. */
export interface SlowBody {
  readonly size: number;
  readonly bytes: Readable;
}

/** Sends the headers at once, and the body after a while, or over it. */
export function trickle(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: SlowBody,
  { form, ms }: { readonly form: "headers_then_stall" | "dribble"; readonly ms: number },
): void {
  response.writeHead(status, headers);
  response.flushHeaders();
  send(response, body, form === "dribble" ? PIECES : 1, ms).catch(() => {
    response.destroy();
  });
}

async function send(response: ServerResponse, { size, bytes }: SlowBody, pieces: number, ms: number): Promise<void> {
  const piece = Math.max(1, Math.ceil(size / pieces));
  const pause = (): Promise<void> => wait(ms / pieces, undefined, { ref: false });
  let sent = 0;
  await pause();
  for await (const chunk of bytes as AsyncIterable<Buffer>) {
    for (let at = 0; at < chunk.length;) {
      if (sent > 0 && sent % piece === 0) await pause();
      if (response.destroyed) return;
      const part = chunk.subarray(at, at + piece - (sent % piece));
      if (!response.write(part)) await drained(response);
      at += part.length;
      sent += part.length;
    }
  }
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off("drain", go).off("close", go);
      resolve();
    };
    response.once("drain", go).once("close", go);
  });
}
