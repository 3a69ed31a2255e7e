import { dirname } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import type * as EngineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as EngineMessages from "@pulumi/pulumi/proto/engine_pb";
import type { About } from "../resources";

/** The engine waits about five seconds for a provider that it has asked to end. */
const LOG_TIMEOUT_MS = 2000;

/* eslint-disable @typescript-eslint/no-require-imports -- loaded only when there is something to say */

type Severity = "WARNING" | "INFO";

/** Shows a warning with the resource that it is about, else under the stack. */
export async function warn(message: string, about?: About): Promise<void> {
  await show("WARNING", message, about);
}

/** Shows a line that is no warning. */
export async function inform(message: string, about?: About): Promise<void> {
  await show("INFO", message, about);
}

/**
 * Shows a line. `pulumi.log` prints nothing from a provider's process, but the engine passes its own
 * address as the first argument; where there is none, the line goes to stderr, which the engine shows too.
 */
async function show(severity: Severity, message: string, about: About | undefined): Promise<void> {
  const address = process.argv[2];
  try {
    if (address === undefined || !/:\d+$/.test(address)) throw new Error("no engine");
    engine ??= new Engine(address);
    await engine.log(severity, message, about);
  } catch {
    if (about?.ephemeral !== true)
      process.stderr.write(severity === "WARNING" ? `warning: ${message}\n` : `${message}\n`);
  }
}

let engine: Engine | undefined;

/** The engine that started this process. */
class Engine {
  readonly #client: EngineService.EngineClient;
  readonly #messages: typeof EngineMessages;
  readonly #grpc: typeof Grpc;
  #root: Promise<string> | undefined;

  constructor(address: string) {
    // The copy of gRPC that Pulumi itself uses, wherever the package manager has put it.
    const pulumi = dirname(require.resolve("@pulumi/pulumi"));
    this.#grpc = require(require.resolve("@grpc/grpc-js", { paths: [pulumi] })) as typeof Grpc;
    const { EngineClient } = require("@pulumi/pulumi/proto/engine_grpc_pb") as typeof EngineService;
    this.#messages = require("@pulumi/pulumi/proto/engine_pb") as typeof EngineMessages;
    this.#client = new EngineClient(address, this.#grpc.credentials.createInsecure());
  }

  async log(severity: Severity, message: string, about: About | undefined): Promise<void> {
    const request = new this.#messages.LogRequest();
    request.setSeverity(this.#messages.LogSeverity[severity]);
    request.setMessage(message);
    if (about?.ephemeral === true) request.setEphemeral(true);
    if (about !== undefined) request.setUrn(urnOf(await this.#stack(), about));
    await this.#call<unknown>((done) => this.#client.log(request, new this.#grpc.Metadata(), this.#options(), done));
  }

  /** The URN of the stack: a dynamic provider is told none, and asks for this one, which names stack and project. */
  #stack(): Promise<string> {
    const request = new this.#messages.GetRootResourceRequest();
    this.#root ??= this.#call<EngineMessages.GetRootResourceResponse>((done) =>
      this.#client.getRootResource(request, new this.#grpc.Metadata(), this.#options(), done),
    ).then(
      (response) => response.getUrn(),
      () => "",
    );
    return this.#root;
  }

  #options(): { deadline: Date } {
    return { deadline: new Date(Date.now() + LOG_TIMEOUT_MS) };
  }

  #call<Response>(
    call: (done: (error: Grpc.ServiceError | null, response: Response) => void) => void,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      call((error, response) => {
        if (error === null) resolve(response);
        else reject(error);
      });
    });
  }
}

/** The URN of a declaration, by which the engine shows a line with its resource; empty, for the stack, where it is not known. */
export function urnOf(stack: string, { resource, declaration }: About): string {
  const root = /^(urn:pulumi:.*?::.*?::)pulumi:pulumi:Stack::/.exec(stack)?.[1];
  if (root === undefined) return "";
  const [whole = ""] = declaration.split("\0", 1);
  const parts = whole.split("$");
  const name = parts.pop() ?? "";
  return `${root}${[...parts, `pulumi-nodejs:dynamic/mediasaur:${resource}`].join("$")}::${name}`;
}
