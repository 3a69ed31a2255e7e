import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived. */
export interface Seen {
  method: string;
  /** Path as sent, still encoded. */
  path: string;
  query: Record<string, string>;
  headers: IncomingMessage["headers"];
  body: string;
  json: unknown;
}

/** What to answer; `cut` closes the connection, `stall` never answers, `truncate` declares more than it sends. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  fault?: "cut" | "stall" | "truncate";
}

export type Script = (request: Seen, index: number) => Reply | Promise<Reply>;

/** A real server on loopback that a test scripts. */
export class ScriptedServer {
  readonly seen: Seen[] = [];
  script: Script = () => ({ status: 500, json: { detail: "no script" } });
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#answer(request, response));
  }

  static async start(): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** `METHOD /path` of every request. */
  get log(): string[] {
    return this.seen.map(({ method, path }) => `${method} ${path}`);
  }

  /** Answers in turn; the last one stays. */
  replies(...replies: Reply[]): void {
    this.script = (_request, index) => replies[Math.min(index, replies.length - 1)] ?? {};
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const url = new URL(request.url ?? "/", "http://x");
    const body = Buffer.concat(chunks).toString("utf8");
    const seen: Seen = {
      method: request.method ?? "",
      path: (request.url ?? "/").split("?")[0] ?? "/",
      query: Object.fromEntries(url.searchParams),
      headers: request.headers,
      body,
      json: parse(body),
    };
    this.seen.push(seen);
    const reply = await this.script(seen, this.seen.length - 1);
    if (reply.fault === "stall") return;
    if (reply.fault === "cut") {
      request.socket.destroy();
      return;
    }
    const text = reply.text ?? (reply.json === undefined ? "" : JSON.stringify(reply.json));
    const headers: Record<string, string> = { "content-type": "application/json", ...reply.headers };
    if (reply.fault === "truncate") {
      response.writeHead(reply.status ?? 200, { ...headers, "content-length": String(text.length + 100) });
      response.write(text);
      setTimeout(() => request.socket.destroy(), 5);
      return;
    }
    response.writeHead(reply.status ?? 200, headers);
    response.end(text);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
