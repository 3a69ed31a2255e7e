import { spawn, type ChildProcess } from "node:child_process";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";

export type Props = Record<string, unknown>;

/** What a create or update that stopped half-way tells the engine to keep. */
export interface InitFailure {
  id: string;
  properties: Props;
  reasons: string[];
}

/** An error as the engine gets it from the provider. */
export class ProviderError extends Error {
  constructor(
    message: string,
    readonly partial: InitFailure | undefined,
  ) {
    super(message);
  }
}

/** Pulumi's real plugin process for dynamic providers, driven over gRPC the way the engine drives it. */
export class Plugin {
  readonly stderr: string[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly client: ResourceProviderClient,
  ) {}

  /** Starts the process in a program's folder. */
  static async start(folder: string, env: NodeJS.ProcessEnv = {}, engine = "no-engine"): Promise<Plugin> {
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider");
    const {
      MEDIASAUR_API_KEY: _key,
      MEDIASAUR_BASE_URL: _base,
      MEDIASAUR_UPLOAD_URL: _upload,
      ...inherited
    } = process.env;
    const child = spawn(process.execPath, [script, engine], { cwd: folder, env: { ...inherited, ...env } });
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.once("data", (data: Buffer) => {
        resolve(data.toString().trim());
      });
      child.once("exit", (code) => {
        reject(new Error(`the plugin ended with ${String(code)}`));
      });
    });
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const plugin = new Plugin(child, client);
    child.stderr.on("data", (data: Buffer) => plugin.stderr.push(data.toString()));
    return plugin;
  }

  async configure(config: Record<string, string>): Promise<void> {
    const request = new provider.ConfigureRequest();
    request.setArgs(struct(config));
    await this.#call("configure", request);
  }

  /** Checks inputs; a failure has its property at the head of its reason, and here beside it. */
  async check(olds: Props, news: Props): Promise<{ inputs: Props; failures: { property: string; reason: string }[] }> {
    const request = new provider.CheckRequest();
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const response = await this.#call<provider.CheckResponse>("check", request);
    return {
      inputs: plain(response.getInputs()),
      failures: response.getFailuresList().map((failure) => headed(failure.toObject())),
    };
  }

  async diff(id: string, olds: Props, news: Props): Promise<{ changes: boolean; replaces: string[] }> {
    const request = new provider.DiffRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    const response = await this.#call<provider.DiffResponse>("diff", request);
    const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
    const changes = response.getChanges();
    if (changes !== DIFF_SOME && changes !== DIFF_NONE) throw new Error("diff did not say whether anything changes");
    return { changes: changes === DIFF_SOME, replaces: response.getReplacesList() };
  }

  async create(props: Props): Promise<{ id: string; outs: Props }> {
    const request = new provider.CreateRequest();
    request.setProperties(struct(props));
    const response = await this.#call<provider.CreateResponse>("create", request);
    return { id: response.getId(), outs: plain(response.getProperties()) };
  }

  async read(id: string, props: Props): Promise<{ id: string; props: Props; inputs: Props | undefined }> {
    const request = new provider.ReadRequest();
    request.setId(id);
    request.setProperties(struct(props));
    const response = await this.#call<provider.ReadResponse>("read", request);
    const inputs = response.getInputs();
    return { id: response.getId(), props: plain(response.getProperties()), inputs: inputs && plain(inputs) };
  }

  async update(id: string, olds: Props, news: Props): Promise<Props> {
    const request = new provider.UpdateRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(news));
    return plain((await this.#call<provider.UpdateResponse>("update", request)).getProperties());
  }

  async delete(id: string, props: Props): Promise<void> {
    const request = new provider.DeleteRequest();
    request.setId(id);
    request.setProperties(struct(props));
    await this.#call("delete", request);
  }

  /** The process. */
  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Ends the process as the engine does when a run is over, and says how it went. */
  async interrupt(): Promise<{ code: number | null; signal: string | null }> {
    const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
      this.child.once("close", (code, signal) => {
        resolve({ code, signal });
      });
    });
    this.child.kill("SIGINT");
    return ended;
  }

  /** Ends the process at once, as a crash would. */
  async kill(): Promise<void> {
    this.client.close();
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGKILL");
    await ended;
  }

  #call<Response>(method: string, request: unknown): Promise<Response> {
    type Call = (request: unknown, callback: (error: grpc.ServiceError | null, response: Response) => void) => void;
    const call = (this.client as unknown as Record<string, Call>)[method]!;
    return new Promise((resolve, reject) => {
      call.call(this.client, request, (error, response) => {
        if (error === null) resolve(response);
        else reject(new ProviderError(error.details, initFailureIn(error)));
      });
    });
  }
}

const PROPERTY =
  /^(bucket|path|visibility|source|deletionPolicy|prefix|unmanaged|maxDeletes|rules\S*?|files(?:\[".*"\])?\S*?): /s;

function headed(failure: { property: string; reason: string }): { property: string; reason: string } {
  // With a property the engine prints the value that it has, which may be a secret.
  if (failure.property !== "") throw new Error(`a failure names ${failure.property} to the engine`);
  const [head = "", property = ""] = PROPERTY.exec(failure.reason) ?? [];
  return { property, reason: failure.reason.slice(head.length) };
}

function initFailureIn(error: grpc.ServiceError): InitFailure | undefined {
  const [packed] = error.metadata.get("grpc-status-details-bin");
  if (!(packed instanceof Buffer)) return undefined;
  const [detail] = Status.deserializeBinary(packed).getDetailsList();
  if (detail === undefined) return undefined;
  const failed = provider.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  return { id: failed.getId(), properties: plain(failed.getProperties()), reasons: failed.getReasonsList() };
}

function struct(value: Props): Struct {
  // What can't be sent (undefined) is left out, as Pulumi's SDK does.
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Record<string, JavaScriptValue>);
}

function plain(value: Struct | undefined): Props {
  return value === undefined ? {} : value.toJavaScript();
}
