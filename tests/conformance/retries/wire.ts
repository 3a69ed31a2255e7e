import { createServer, request as send, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";

/** What can go wrong on the way to the emulator, in bytes. */
export type WireFault =
  | "stall"
  | "stall_after"
  | "stall_in_body"
  | "slow_headers"
  | "no_http"
  | "short_length"
  | "wait_in_ms"
  | "listener_closed";

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A way to the emulator that fails as a script says: each entry happens to one request of those that `concerns` names. */
export class Wire {
  /** `METHOD /path` of all requests that came. */
  readonly log: string[] = [];
  script: WireFault[] = [];
  hits = 0;
  concerns: (line: string) => boolean = () => false;
  /** Nothing comes any more: `request`, or after the headers. */
  onStall: (where: "request" | "body") => void = () => undefined;
  readonly #server = createServer((request) => void this.#serve(request));
  #port = 0;

  private constructor(private readonly target: URL) {}

  static async start(target: string): Promise<Wire> {
    const wire = new Wire(new URL(target));
    await wire.open();
    return wire;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  /** Listens, at the same port as before. */
  async open(): Promise<void> {
    if (this.#server.listening) return;
    await new Promise<void>((resolve) => this.#server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Nobody listens. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage): Promise<void> {
    const line = `${request.method ?? ""} ${(request.url ?? "").split("?")[0] ?? ""}`;
    const body = await buffer(request).catch(() => undefined);
    if (body === undefined) return;
    this.log.push(line);
    const fault = this.concerns(line) ? this.script.shift() : undefined;
    if (fault !== undefined) this.hits += 1;
    const { socket } = request;
    if (fault === "stall") return this.onStall("request");
    if (fault === "no_http") return void socket.end("SSH-2.0-OpenSSH_9.6\r\nProtocol mismatch.\r\n");
    if (fault === "wait_in_ms") {
      const text = '{"detail":"slow down"}';
      return void socket.write(
        `HTTP/1.1 429 Too Many Requests\r\nretry-after-ms: 700\r\ncontent-length: ${String(text.length)}\r\n\r\n${text}`,
      );
    }
    const answer = await this.#forward(request, body);
    if (fault === "stall_after") return this.onStall("request");
    if (fault === "stall_in_body") this.onStall("body");
    write(socket, answer, fault);
  }

  #forward(request: IncomingMessage, body: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = this.target;
      const { method, url, headers } = request;
      const to = {
        hostname,
        port,
        method,
        path: url,
        headers: { ...headers, connection: "close" },
        agent: false,
      } as const;
      send(to, (response) => {
        buffer(response).then(
          (whole) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole }),
          reject,
        );
      })
        .once("error", reject)
        .end(body);
    });
  }
}

function write(socket: Socket, { status, headers, body }: Answer, fault: WireFault | undefined): void {
  const length = fault === "short_length" ? Math.max(1, body.length - 3) : body.length;
  const bodiless = status === 204;
  const head = [
    `HTTP/1.1 ${String(status)} X`,
    "connection: close",
    ...(headers["content-type"] === undefined ? [] : [`content-type: ${headers["content-type"]}`]),
    ...(headers.location === undefined ? [] : [`location: ${headers.location}`]),
    ...(bodiless ? [] : [`content-length: ${String(length)}`]),
    "",
    "",
  ].join("\r\n");
  if (fault === "slow_headers") {
    trickle(socket, Buffer.concat([Buffer.from(head), body]));
    return;
  }
  socket.write(head);
  if (fault === "stall_in_body") socket.write(body.subarray(0, 5));
  else socket.write(body);
}

/** A few bytes in each turn of the event loop. */
function trickle(socket: Socket, bytes: Buffer): void {
  if (bytes.length === 0 || socket.destroyed) return;
  socket.write(bytes.subarray(0, 7));
  setImmediate(() => trickle(socket, bytes.subarray(7)));
}
