import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Gives one service many base URLs, by a first path segment that it drops. What the provider learns of a service it
 * keeps by base URL, so that under another one it knows nothing: a fresh process would cost a second.
 */
export class FrontDoor {
  #count = 0;

  private constructor(
    private readonly server: Server,
    private readonly url: string,
  ) {}

  static async open(target: string): Promise<FrontDoor> {
    const { hostname, port } = new URL(target);
    const server = createServer((incoming, outgoing) => {
      const path = (incoming.url ?? "").replace(/^\/[^/?]*/, "") || "/";
      const { method, headers } = incoming;
      const onward = request({ hostname, port, path, method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        // One that is cut off is cut off for the client as well.
        answer.on("error", () => outgoing.destroy());
        answer.pipe(outgoing);
      });
      onward.on("error", () => outgoing.destroy());
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new FrontDoor(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  }

  /** A base URL that nobody has used before. */
  next(): string {
    this.#count += 1;
    return `${this.url}/run-${String(this.#count)}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
