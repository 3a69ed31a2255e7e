import {
  createServer,
  request,
  type ClientRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";

/** The write of a run at which it is killed: before the service has seen it, or after it took effect, unanswered. */
export interface Kill {
  /** How many writes of the run are let through before. */
  readonly at: number;
  readonly phase: "before" | "after";
}

/** A request that waits for the service. */
interface UnderWay {
  readonly outgoing: ServerResponse;
  readonly onward: ClientRequest;
  readonly ended: Promise<void>;
}

/**
 * Stands between the provider and a service, and gives each run a base URL of its own, by a first path segment that it drops. What the
 * provider learns it keeps by base URL, so that a run knows nothing of those before, in the same process: a fresh one costs a second.
 *
 * A run whose door is shut is as good as killed: nothing that it still sends reaches the service, and it hears of nothing.
 */
export class FrontDoor {
  #run = 0;
  #isShut = true;
  #kill: Kill | undefined;
  #writes = 0;
  readonly #underWay = new Set<UnderWay>();

  private constructor(
    private readonly server: Server,
    private readonly url: string,
  ) {}

  static async open(target: string): Promise<FrontDoor> {
    const { hostname, port } = new URL(target);
    const server = createServer((incoming, outgoing) => {
      door.#pass(incoming, outgoing, { hostname, port });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const door = new FrontDoor(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
    return door;
  }

  /** Shuts out the run before, and gives the next one a base URL that nobody has used; it may be killed at one of its writes. */
  next(kill?: Kill): string {
    this.shut();
    this.#run += 1;
    this.#isShut = false;
    this.#kill = kill;
    this.#writes = 0;
    return `${this.url}/run-${String(this.#run)}`;
  }

  /** Tells of the present run, now and later, whether it was shut out. */
  whetherOver(): () => boolean {
    const run = this.#run;
    return () => this.#isShut || this.#run !== run;
  }

  /** Ends the run, as far as the service can tell. What is under way may still take effect. */
  shut(): void {
    this.#isShut = true;
    for (const { outgoing } of this.#underWay) refuse(outgoing);
  }

  /** Takes back what is under way and was not answered yet, as a process does that ends. */
  drop(): void {
    for (const { onward } of this.#underWay) onward.destroy();
  }

  /** Waits until the service has answered all that was under way. */
  async settled(): Promise<void> {
    await Promise.all([...this.#underWay].map(({ ended }) => ended));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse, service: { hostname: string; port: string }): void {
    const [, run, path = ""] = /^\/run-(\d+)(.*)$/s.exec(incoming.url ?? "") ?? [];
    if (this.#isShut || Number(run) !== this.#run) {
      incoming.resume();
      refuse(outgoing);
      return;
    }
    const { method = "GET", headers } = incoming;
    const isLast = method !== "GET" && this.#writes === this.#kill?.at;
    if (method !== "GET") this.#writes += 1;
    if (isLast && this.#kill?.phase === "before") {
      this.shut();
      incoming.resume();
      refuse(outgoing);
      return;
    }
    const onward = request({ ...service, path: path === "" ? "/" : path, method, headers });
    const ended = new Promise<void>((resolve) => onward.once("close", resolve));
    const one: UnderWay = { outgoing, onward, ended };
    this.#underWay.add(one);
    void ended.then(() => this.#underWay.delete(one));
    onward.on("response", (answer) => {
      if (isLast) this.shut();
      if (outgoing.writableEnded || outgoing.destroyed) {
        answer.resume();
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      // One that is cut off is cut off for the client as well.
      answer.on("error", () => outgoing.destroy());
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  }
}

/** An answer after which nothing is tried again. */
function refuse(outgoing: ServerResponse): void {
  if (outgoing.headersSent) outgoing.destroy();
  else outgoing.writeHead(403, { "content-type": "application/json" }).end('{"error":"this run is over"}');
}
