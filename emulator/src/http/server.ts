import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Gate } from "./gate";

/** How long nothing of a request may come that has begun, or that a new connection is to bring. */
export const IDLE_MS = 60_000;

/** How long a request may take to arrive, however steadily it does. */
const LONGEST_MS = 60 * 60 * 1000;

/** For how long a connection is kept without a request. Longer than clients keep them, so that none is closed as it is used. */
const KEEP_ALIVE_MS = 72_000;

/** How requests are answered that never come to be handled. */
export interface OnTrouble {
  /** What should have come on a connection has not. */
  readonly timeout: (socket: Socket) => void;
  /** A request has an `Expect` that is not `100-continue`. */
  readonly expectation: (response: ServerResponse) => void;
}

/** A server whose every request passes the gate first, whatever else is wrong with it, and has to go on arriving. */
export function createGatedServer(gate: Gate, idleMs: number, onTrouble: OnTrouble, handler: RequestListener): Server {
  const options = {
    headersTimeout: idleMs,
    requestTimeout: LONGEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: Math.ceil(idleMs / 4),
  };
  const admit = (handle: RequestListener) => (request: IncomingMessage, response: ServerResponse) => {
    const refusal = gate.refusal(request);
    if (!request.complete) watch(request, idleMs, onTrouble.timeout);
    if (refusal === undefined) {
      handle(request, response);
      return;
    }
    request.resume();
    response
      .writeHead(refusal.status, {
        "content-type": "application/json; charset=utf-8",
        "x-content-type-options": "nosniff",
        connection: "close",
      })
      .end(JSON.stringify({ detail: refusal.detail }));
  };
  const refuseExpectation = admit((_request, response) => {
    onTrouble.expectation(response);
  });
  return createServer(options, admit(handler)).on("checkExpectation", refuseExpectation);
}

/** Ends a request of which nothing has come for a while, though not all is there. */
function watch(request: IncomingMessage, idleMs: number, onTimeout: OnTrouble["timeout"]): void {
  const { socket } = request;
  let received = socket.bytesRead;
  const timer = setInterval(() => {
    // What has come and was not read yet is not the client's fault.
    const isWaiting = request.readableLength === 0 && socket.bytesRead === received;
    received = socket.bytesRead;
    if (request.complete || socket.destroyed) clearInterval(timer);
    else if (isWaiting) {
      clearInterval(timer);
      onTimeout(socket);
    }
  }, idleMs).unref();
  request.once("close", () => {
    clearInterval(timer);
  });
}
