import type { FastifyReply, FastifyRequest } from "fastify";
import { Readable } from "node:stream";
import type { Answer, WireFault } from "../answer";
import { mediaTypeOf } from "../media-types";
import type { EmulatorState } from "../state";
import { foreignContent } from "./browser-headers";
import { contextOf } from "./request-context";
import { trickle } from "./trickle";

/** Sends an answer, or what a fault has made of it. */
export async function deliver(
  state: EmulatorState,
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
): Promise<FastifyReply> {
  const entry = contextOf(request)?.entry;
  const end = (status: number | null, bytes: number): void => {
    if (entry === undefined) return;
    entry.status = status;
    entry.bytes_out = bytes;
    state.journal.end(entry);
  };
  if (entry !== undefined) state.journal.answer(entry, shownOf(answer));
  const headers = headersOf(answer, entry?.seq);
  if (answer.wire !== undefined) {
    const { wire } = answer;
    const isCut = wire.kind === "reset" || wire.kind === "close";
    const { size, read } = payloadOf(state, answer);
    end(isCut ? null : answer.status, wire.kind === "cut" ? Math.min(wire.after, size) : isCut ? 0 : size);
    if (wire.kind === "slow") {
      reply.hijack();
      reply.raw.once("close", () => {
        if (entry !== undefined) state.journal.end(entry);
      });
      trickle(reply.raw, answer.status, { ...headers, "content-length": String(size) }, { size, bytes: read() }, wire);
      return reply;
    }
    // Of a file nothing is held but what is sent of it.
    const part = wire.kind === "cut" ? await firstOf(read(), wire.after) : Buffer.alloc(0);
    breakOff(request, reply, answer, wire, headers, { part, size });
    return reply;
  }
  reply.code(answer.status).headers(headers);
  if (answer.file !== undefined) {
    end(answer.status, answer.file.size);
    reply.raw.once("close", () => {
      if (entry !== undefined) state.journal.end(entry);
    });
    return reply
      .header("content-length", answer.file.size)
      .send(state.store.content.read(answer.file.blob, answer.file.size));
  }
  const payload = payloadOfText(answer);
  end(answer.status, payload.length);
  return answer.status === 204 ? reply.send() : reply.send(payload);
}

function headersOf(answer: Answer, seq: number | undefined): Record<string, string> {
  const type = answer.file === undefined ? jsonOr(answer) : mediaTypeOf(answer.file.path);
  return {
    ...foreignContent,
    ...(seq === undefined ? {} : { "x-request-id": `req_${String(seq)}` }),
    ...(type === undefined ? {} : { "content-type": type }),
    ...answer.headers,
  };
}

/** An answer as the journal shows it. */
function shownOf({ file, text, body }: Answer): unknown {
  if (file !== undefined) return `(${String(file.size)} bytes of ${mediaTypeOf(file.path)})`;
  return text ?? body ?? null;
}

function jsonOr(answer: Answer): string | undefined {
  return answer.type ?? (answer.body === undefined ? undefined : "application/json; charset=utf-8");
}

function payloadOfText(answer: Answer): Buffer {
  if (Buffer.isBuffer(answer.text)) return answer.text;
  return Buffer.from(answer.text ?? (answer.body === undefined ? "" : JSON.stringify(answer.body)));
}

/** What an answer's body is, to be read when it is needed. */
function payloadOf(state: EmulatorState, answer: Answer): { readonly size: number; readonly read: () => Readable } {
  const { file } = answer;
  if (file !== undefined) return { size: file.size, read: () => state.store.content.read(file.blob, file.size) };
  const payload = payloadOfText(answer);
  return {
    size: payload.length,
    read: () => Readable.from(payload.length === 0 ? [] : [payload], { objectMode: false }),
  };
}

async function firstOf(bytes: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  if (most > 0) {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= most) break;
    }
  }
  bytes.destroy();
  return Buffer.concat(chunks).subarray(0, most);
}

function breakOff(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  wire: Exclude<WireFault, { kind: "slow" }>,
  headers: Readonly<Record<string, string>>,
  { part, size }: { readonly part: Buffer; readonly size: number },
): void {
  reply.hijack();
  const { socket } = request.raw;
  if (wire.kind === "reset") {
    socket.resetAndDestroy();
    return;
  }
  if (wire.kind === "close") {
    socket.end();
    return;
  }
  if (wire.framing === "clean") {
    reply.raw.writeHead(answer.status, { ...headers, "content-length": part.length }).end(part);
    return;
  }
  const length = wire.framing === "declared" ? { "content-length": size } : {};
  reply.raw.writeHead(answer.status, { ...headers, ...length });
  // Without a byte of its body an answer would not be sent at all before the end.
  reply.raw.flushHeaders();
  if (part.length === 0) socket.end();
  else reply.raw.write(part, () => socket.end());
}
