import type { AddressInfo } from "node:net";
import type { FastifyInstance } from "fastify";
import type { FaultHost } from "../faults/kind";

/** The server as faults get hold of it. */
export class Host implements FaultHost {
  #app: FastifyInstance | undefined;
  #port = 0;
  #reopening: NodeJS.Timeout | undefined;
  #toBeCut = 0;

  constructor(readonly ownsProcess: boolean) {}

  /** Takes charge of a server that listens. */
  attach(app: FastifyInstance): void {
    this.#app = app;
    this.#port = (app.server.address() as AddressInfo).port;
  }

  crash(): void {
    if (this.ownsProcess) process.kill(process.pid, "SIGKILL");
  }

  shut(ms: number): void {
    const server = this.#app?.server;
    if (server === undefined || this.#reopening !== undefined) return;
    server.close();
    server.closeAllConnections();
    this.#reopening = setTimeout(() => void this.reopen(), ms);
  }

  cutNext(requests: number): void {
    this.#toBeCut = requests;
  }

  /** Whether the request that has just arrived is to be cut. */
  isToBeCut(): boolean {
    if (this.#toBeCut === 0) return false;
    this.#toBeCut--;
    return true;
  }

  /** Listens again, where it has ceased to. */
  async reopen(): Promise<void> {
    this.#toBeCut = 0;
    const server = this.#app?.server;
    if (this.#reopening === undefined || server === undefined) return;
    this.stop();
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
  }

  /** Doesn't listen again. */
  stop(): void {
    clearTimeout(this.#reopening);
    this.#reopening = undefined;
  }
}
