import type { FastifyReply, FastifyRequest } from "fastify";
import { buffer } from "node:stream/consumers";
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
    const whole = await payloadOf(state, answer);
    const { wire } = answer;
    const isCut = wire.kind === "reset" || wire.kind === "close";
    end(
      isCut ? null : answer.status,
      wire.kind === "cut" ? Math.min(wire.after, whole.length) : isCut ? 0 : whole.length,
    );
    if (wire.kind === "slow") {
      reply.hijack();
      reply.raw.once("close", () => {
        if (entry !== undefined) state.journal.end(entry);
      });
      trickle(reply.raw, answer.status, { ...headers, "content-length": String(whole.length) }, whole, wire);
      return reply;
    }
    breakOff(request, reply, answer, wire, headers, whole);
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
  const payload = await payloadOf(state, answer);
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

async function payloadOf(state: EmulatorState, answer: Answer): Promise<Buffer> {
  if (answer.file !== undefined) return buffer(state.store.content.read(answer.file.blob, answer.file.size));
  if (Buffer.isBuffer(answer.text)) return answer.text;
  return Buffer.from(answer.text ?? (answer.body === undefined ? "" : JSON.stringify(answer.body)));
}

function breakOff(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: Answer,
  wire: Exclude<WireFault, { kind: "slow" }>,
  headers: Readonly<Record<string, string>>,
  whole: Buffer,
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
  const part = whole.subarray(0, wire.after);
  if (wire.framing === "clean") {
    reply.raw.writeHead(answer.status, { ...headers, "content-length": part.length }).end(part);
    return;
  }
  const length = wire.framing === "declared" ? { "content-length": whole.length } : {};
  reply.raw.writeHead(answer.status, { ...headers, ...length });
  // Without a byte of its body an answer would not be sent at all before the end.
  reply.raw.flushHeaders();
  if (part.length === 0) socket.end();
  else reply.raw.write(part, () => socket.end());
}
