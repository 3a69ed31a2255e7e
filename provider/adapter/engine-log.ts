import type * as Grpc from "@grpc/grpc-js";
import type * as EngineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as EngineMessages from "@pulumi/pulumi/proto/engine_pb";
import type { About, Showing } from "../resources";

/** The engine waits about five seconds for a provider that it has asked to end. */
const LOG_TIMEOUT_MS = 2000;

/** What it takes to speak to the engine; who calls has it, or loads it when there is something to say. */
export interface EngineLibraries {
  readonly grpc: Pick<typeof Grpc, "credentials" | "Metadata">;
  readonly service: Pick<typeof EngineService, "EngineClient">;
  readonly messages: Pick<typeof EngineMessages, "LogRequest" | "LogSeverity" | "GetRootResourceRequest">;
}

/**
 * The URN of a declaration, by which the engine shows a line with its resource; empty, for the stack, where it is not known.
 *
 * @param stack - asks the engine for the URN of the stack
 */
export type UrnOf = (about: About, stack: () => Promise<string>) => Promise<string> | string;

/**
 * Shows lines to the user. `pulumi.log` prints nothing from a provider's process, but the engine passes its own address to it;
 * where there is none, lines go to stderr, which the engine shows too.
 */
export class EngineLog {
  #client: EngineService.EngineClient | undefined;
  #stack: Promise<string> | undefined;

  constructor(
    private address: string | undefined,
    private readonly load: () => EngineLibraries,
    private readonly urnOf: UrnOf,
  ) {}

  /** From now on the engine is at this address. */
  attach(address: string): void {
    this.address = address;
    this.#client = undefined;
    this.#stack = undefined;
  }

  /** Shows a warning with the resource that it is about, else under the stack. */
  readonly warn = (message: string, about?: Showing): Promise<void> => this.#show("WARNING", message, about);

  /** Shows a line that is no warning. */
  readonly inform = (message: string, about?: Showing): Promise<void> => this.#show("INFO", message, about);

  async #show(severity: "WARNING" | "INFO", message: string, about: Showing | undefined): Promise<void> {
    try {
      await this.#log(severity, message, about);
    } catch {
      if (about?.ephemeral !== true)
        process.stderr.write(severity === "WARNING" ? `warning: ${message}\n` : `${message}\n`);
    }
  }

  async #log(severity: "WARNING" | "INFO", message: string, about: Showing | undefined): Promise<void> {
    const client = this.#connected();
    const { grpc, messages } = this.load();
    const request = new messages.LogRequest();
    request.setSeverity(messages.LogSeverity[severity]);
    request.setMessage(message);
    if (about?.ephemeral === true) request.setEphemeral(true);
    const { resource, declaration } = about ?? {};
    if (resource !== undefined && declaration !== undefined) {
      request.setUrn(await this.urnOf({ resource, declaration }, () => this.#stackUrn()));
    }
    await call<unknown>((done) => client.log(request, new grpc.Metadata(), options(), done));
  }

  #connected(): EngineService.EngineClient {
    const { address } = this;
    if (address === undefined || !/:\d+$/.test(address)) throw new Error("no engine");
    const { grpc, service } = this.load();
    return (this.#client ??= new service.EngineClient(address, grpc.credentials.createInsecure()));
  }

  #stackUrn(): Promise<string> {
    const client = this.#connected();
    const { grpc, messages } = this.load();
    this.#stack ??= call<EngineMessages.GetRootResourceResponse>((done) =>
      client.getRootResource(new messages.GetRootResourceRequest(), new grpc.Metadata(), options(), done),
    ).then(
      (response) => response.getUrn(),
      () => "",
    );
    return this.#stack;
  }
}

function options(): { deadline: Date } {
  return { deadline: new Date(Date.now() + LOG_TIMEOUT_MS) };
}

function call<Response>(
  ask: (done: (error: Grpc.ServiceError | null, response: Response) => void) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    ask((error, response) => {
      if (error === null) resolve(response);
      else reject(error);
    });
  });
}
