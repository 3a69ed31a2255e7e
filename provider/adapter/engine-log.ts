import type * as Grpc from "@grpc/grpc-js";
import type * as EngineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as EngineMessages from "@pulumi/pulumi/proto/engine_pb";

/** The engine waits about five seconds for a provider that it has asked to end. */
const LOG_TIMEOUT_MS = 2000;

/** What it takes to speak to the engine; who calls has it, or loads it when there is something to say. */
export interface EngineLibraries {
  readonly grpc: Pick<typeof Grpc, "credentials" | "Metadata">;
  readonly service: Pick<typeof EngineService, "EngineClient">;
  readonly messages: Pick<typeof EngineMessages, "LogRequest" | "LogSeverity">;
}

/** How a line is shown. */
export interface Shown {
  readonly severity: "WARNING" | "INFO";
  /** The resource that it is shown with; the stack where there is none. */
  readonly urn?: string | undefined;
}

/**
 * Shows lines to the user. `pulumi.log` prints nothing from a provider's process, but the engine passes its own address to it;
 * where there is none, lines go to stderr, which the engine shows too.
 */
export class EngineLog {
  #client: InstanceType<EngineLibraries["service"]["EngineClient"]> | undefined;

  constructor(
    private readonly address: string | undefined,
    private readonly load: () => EngineLibraries,
  ) {}

  /** Shows a line; gives a promise that is kept once the engine has it. */
  async show(message: string, shown: Shown): Promise<void> {
    try {
      if (this.address === undefined || !/:\d+$/.test(this.address)) throw new Error("no engine");
      await this.#log(this.address, message, shown);
    } catch {
      process.stderr.write(shown.severity === "WARNING" ? `warning: ${message}\n` : `${message}\n`);
    }
  }

  #log(address: string, message: string, { severity, urn }: Shown): Promise<void> {
    const { grpc, service, messages } = this.load();
    const client = (this.#client ??= new service.EngineClient(address, grpc.credentials.createInsecure()));
    const request = new messages.LogRequest();
    request.setSeverity(messages.LogSeverity[severity]);
    request.setMessage(message);
    if (urn !== undefined) request.setUrn(urn);
    return new Promise((resolve, reject) => {
      const deadline = new Date(Date.now() + LOG_TIMEOUT_MS);
      client.log(request, new grpc.Metadata(), { deadline }, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
  }
}
