import { createServer, type RequestListener, type Server } from "node:http";
import type { Gate } from "./gate";

/** A server whose every request passes the gate first, whatever else is wrong with it. */
export function createGatedServer(gate: Gate, handler: RequestListener): Server {
  return createServer((request, response) => {
    const refusal = gate.refusal(request);
    if (refusal === undefined) {
      handler(request, response);
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
  });
}
