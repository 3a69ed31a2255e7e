import { startEmulator, type Emulator, type EmulatorOptions } from "mediasaur-emulator";

/** A file as the emulator really has it, whatever its dialect says of it. */
export interface Stored {
  id: string;
  bucket: string;
  path: string;
  visibility: "PUBLIC" | "PRIVATE";
  size: number;
  sha256: string | null;
  url: string;
  signed_url: string;
}

/** A request that the emulator received. */
export interface Received {
  seq: number;
  method: string;
  path: string;
  query: Record<string, string>;
  operation: string | null;
  status: number | null;
  body: unknown;
}

/** An emulator with what tests ask of it: the truth about its files, the requests it got, edits from outside. */
export class TestEmulator {
  private constructor(readonly handle: Emulator) {}

  static async start(options: EmulatorOptions = {}): Promise<TestEmulator> {
    return new TestEmulator(await startEmulator({ port: 0, ...options }));
  }

  /** The stack's config for it. */
  get config(): Record<string, string> {
    const { apiKey, baseUrl, uploadUrl } = this.handle;
    return { "mediasaur:apiKey": apiKey, "mediasaur:baseUrl": baseUrl, "mediasaur:uploadUrl": uploadUrl };
  }

  /** The same, as Automation API takes it, the key as a secret. */
  get stackConfig(): Record<string, { value: string; secret?: boolean }> {
    return Object.fromEntries(
      Object.entries(this.config).map(([key, value]) => [key, { value, secret: key === "mediasaur:apiKey" }]),
    );
  }

  /** The environment that points a client at it. */
  get environment(): Record<string, string> {
    const { apiKey, baseUrl, uploadUrl } = this.handle;
    return { MEDIASAUR_API_KEY: apiKey, MEDIASAUR_BASE_URL: baseUrl, MEDIASAUR_UPLOAD_URL: uploadUrl };
  }

  /** All files, by bucket and path. */
  async files(bucket?: string): Promise<Stored[]> {
    const { files } = (await this.#call("GET", `state${bucket === undefined ? "" : `?bucket=${bucket}`}`)) as {
      files: Stored[];
    };
    return files;
  }

  /** The layout of a bucket: path to visibility. */
  async layout(bucket = "media"): Promise<Record<string, string>> {
    return Object.fromEntries((await this.files(bucket)).map((file) => [file.path, file.visibility]));
  }

  /** The file at a path. */
  async file(path: string, bucket = "media"): Promise<Stored> {
    const found = (await this.files(bucket)).find((file) => file.path === path);
    if (found === undefined) throw new Error(`the emulator has no "${path}" in "${bucket}"`);
    return found;
  }

  /** The requests since the last `forget`. */
  async requests(): Promise<Received[]> {
    return ((await this.#call("GET", "requests")) as { requests: Received[] }).requests;
  }

  /** The requests that could change something. */
  async writes(): Promise<string[]> {
    return (await this.requests()).filter(({ method }) => method !== "GET").map(({ operation }) => String(operation));
  }

  /** Starts counting requests anew. */
  async forget(): Promise<void> {
    await this.#call("DELETE", "requests");
  }

  /** Changes something as a person at the service's own console would. */
  async edit(edit: Record<string, unknown>): Promise<void> {
    await this.#call("POST", "edit", edit);
  }

  /** Starts over with other files: path to visibility, or to a whole seed entry. */
  async seed(
    files: Record<string, string | Record<string, unknown>>,
    more: Record<string, unknown> = {},
  ): Promise<void> {
    const entries = Object.entries(files).map(([path, what]) =>
      typeof what === "string"
        ? { path, visibility: what, content: `content of ${path}` }
        : { path, content: `content of ${path}`, ...what },
    );
    await this.#call("POST", "reset");
    await this.#call("POST", "reseed", { seed: { buckets: { media: { files: entries }, ...more } } });
    await this.forget();
  }

  async faults(faults: Record<string, unknown>[]): Promise<void> {
    await this.#call("PUT", "faults", faults);
  }

  /** How often the faults in force have happened. */
  async faultHits(): Promise<number> {
    const { faults } = (await this.#call("GET", "faults")) as { faults: { hits: number }[] };
    return faults.reduce((sum, { hits }) => sum + hits, 0);
  }

  async dialect(dialect: Record<string, unknown>): Promise<void> {
    await this.#call("PUT", "dialect", dialect);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  #call(method: "GET" | "PUT" | "POST" | "DELETE", path: string, body?: unknown): Promise<unknown> {
    return this.handle.control(method, path, body);
  }
}
