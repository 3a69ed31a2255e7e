import { STATUS_CODES, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { ApiFailure } from "../failure";
import { renderError } from "../render/error";
import type { EmulatorState } from "../state";
import { foreignContent } from "./browser-headers";

/** What Node's parser says of what is no request, and how that is answered. */
const failures: Readonly<Record<string, readonly [status: number, code: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, "timeout", "The request did not arrive in time"],
  HPE_HEADER_OVERFLOW: [431, "headers_too_large", "The headers are too large"],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, "too_large", "The chunk extensions are too large"],
};

/** Answers what is no HTTP request, or none that has arrived whole, as the dialect answers failures; the connection ends with it. */
export function answerMalformed(state: EmulatorState, error: { readonly code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  const [status, code, message] = failures[error.code ?? ""] ?? [400, "bad_request", "The request is not valid HTTP"];
  if (socket.writable) socket.write(rawAnswer(state, new ApiFailure(status, code, message)));
  socket.destroySoon();
}

/** Answers a request that expects what no server of this kind can do. */
export function answerExpectation(state: EmulatorState, response: ServerResponse): void {
  const { status, headers, payload } = rendered(state, new ApiFailure(417, "expectation_failed", "Expectation Failed"));
  response.writeHead(status, headers).end(payload);
}

function rawAnswer(state: EmulatorState, failure: ApiFailure): string {
  const { status, headers, payload } = rendered(state, failure);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ""}`, ...lines, "", payload].join("\r\n");
}

function rendered(
  { dialect }: EmulatorState,
  failure: ApiFailure,
): { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly payload: string } {
  const { status, headers, type, text, body } = renderError(failure, dialect);
  const payload = String(text ?? (body === undefined ? "" : JSON.stringify(body)));
  return {
    status,
    headers: {
      ...foreignContent,
      ...headers,
      "content-type": type ?? "application/json; charset=utf-8",
      "content-length": String(Buffer.byteLength(payload)),
      connection: "close",
    },
    payload,
  };
}
