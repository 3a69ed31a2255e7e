import * as grpc from "@grpc/grpc-js";
import * as service from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/engine_pb";
import { EngineLog } from "../adapter/engine-log";
import { hand } from "../adapter/plan-file";
import { Effects, Session, type SessionOptions } from "../resources";
import { sessionConfig, type Configured } from "./configuration";

/** What one process keeps: the engine starts one for each provider of a program, and one for each run. */
export class Run {
  readonly log: EngineLog;
  readonly farewell: Effects;
  readonly #urns = new Map<string, string>();
  #configured: Configured = { name: undefined, settings: {} };
  #session: Session | undefined;

  /**
   * @param engine - the engine's address
   * @param more - what a session would make for itself
   */
  constructor(
    engine: string | undefined,
    private readonly more: SessionOptions = {},
  ) {
    this.log = new EngineLog(
      engine,
      () => ({ grpc, service, messages }),
      ({ declaration }) => this.#urns.get(declaration.split("\0", 1)[0] ?? "") ?? "",
    );
    this.farewell = new Effects(this.log.inform, hand);
  }

  /** The provider's name in the program; `undefined` for the default one. */
  get provider(): string | undefined {
    return this.#configured.name;
  }

  /** Remembers the settings; whatever is wrong with them is said by the first call that needs them. */
  configure(configured: Configured): void {
    this.#configured = configured;
    this.#session = undefined;
  }

  /** Remembers which URN a declaration has, so that lines are shown with the resource that they are about. */
  note(declaration: string, urn: string): void {
    this.#urns.set(declaration, urn);
  }

  /** The session of the run. */
  readonly session = (): Session => {
    const { inform, warn } = this.log;
    return (this.#session ??= new Session(sessionConfig(this.#configured), warn, { inform, hand, ...this.more }));
  };

  /** Says what had to wait for the end of the run. */
  async end(): Promise<void> {
    await this.#session?.warnings.flush();
  }
}
