import { createHash } from "node:crypto";
import { Plugin, type Props } from "../support/plugin";
import type { Stored, TestEmulator } from "../support/emulator";

/** What the program of a run declares of one file. */
export interface Declared {
  path: string;
  visibility: "PUBLIC" | "PRIVATE";
  /** The text that it uploads; `undefined`: it adopts. */
  text?: string | undefined;
}

interface Held {
  id: string;
  inputs: Props;
  outs: Props;
}

const textAsset = (text: string): Props => ({
  "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
  hash: createHash("sha256").update(text).digest("hex"),
  text,
});

/**
 * A bucket, a program and its state, with the part of the engine that matters: checks and diffs pass one after the other,
 * creates and updates run side by side, deletes come last, and what a run that was killed had not yet answered is lost.
 */
export class World {
  readonly program = new Map<string, Declared>();
  readonly state = new Map<string, Held>();
  #plugin: Plugin | undefined;
  #provider = "";
  #runs = 0;

  constructor(
    readonly emulator: TestEmulator,
    private readonly folder: string,
    private readonly providerText: string,
    private readonly env: NodeJS.ProcessEnv = {},
  ) {}

  /** The process that runs the provider. */
  get plugin(): Plugin {
    if (this.#plugin === undefined) throw new Error("no run has begun");
    return this.#plugin;
  }

  /** Puts adopted files into a new bucket, and into the program and its state, as an earlier run left them. */
  async begin(files: { path: string; visibility: "PUBLIC" | "PRIVATE" }[]): Promise<void> {
    this.program.clear();
    this.state.clear();
    await this.emulator.seed(Object.fromEntries(files.map(({ path, visibility }) => [path, visibility])));
    for (const [index, file] of files.entries()) this.program.set(`f${String(index)}`, { ...file });
    const errors = await this.up(16);
    if (errors.length > 0) throw new Error(errors.join("\n"));
  }

  /** What the engine does at the start of a command: what the process remembers is gone. */
  async newRun(): Promise<void> {
    if (this.#plugin === undefined) await this.newProcess();
    this.#runs += 1;
    this.#provider = `${this.providerText}\n// run ${String(this.#runs)}`;
    const { config } = this.emulator;
    // State that an earlier run wrote names the same provider; here it has to be the one that this run configures.
    for (const held of this.state.values()) held.outs.__provider = this.#provider;
    // Another configuration than the last one's, as each run of the engine has a session of its own.
    const host = this.#runs % 2 === 0 ? "127.0.0.1" : "localhost";
    const uploadUrl = String(config["mediasaur:uploadUrl"]).replace("127.0.0.1", host);
    await this.#plugin?.configure({ ...config, "mediasaur:uploadUrl": uploadUrl });
  }

  /** A fresh process, the old one killed at once. */
  async newProcess(): Promise<void> {
    await this.#plugin?.kill();
    this.#plugin = await Plugin.start(this.folder, this.env);
  }

  async close(): Promise<void> {
    await this.#plugin?.kill();
  }

  /** `pulumi up`; gives the errors. `lost` says whether the answers are lost from some moment on, as the engine was killed. */
  async up(parallel: number, lost: () => boolean = () => false): Promise<string[]> {
    await this.newRun();
    const plugin = this.#plugin!;
    const errors: string[] = [];
    const underWay = new Set<Promise<void>>();
    const start = (task: () => Promise<void>): void => {
      const run: Promise<void> = task()
        .catch((error: unknown) => {
          if (!lost()) errors.push(error instanceof Error ? error.message : String(error));
        })
        .finally(() => underWay.delete(run));
      underWay.add(run);
    };
    for (const [name, declared] of this.program) {
      if (lost()) break;
      const held = this.state.get(name);
      const news = this.#inputs(name, declared);
      try {
        const { inputs, failures } = await plugin.check(held?.inputs ?? {}, news);
        if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
        if (held === undefined) start(() => this.#create(plugin, name, inputs, lost));
        else if ((await plugin.diff(held.id, held.outs, inputs)).changes)
          start(() => this.#update(plugin, name, held, inputs, lost));
        else held.inputs = inputs;
      } catch (error) {
        if (!lost()) errors.push(error instanceof Error ? error.message : String(error));
      }
      while (underWay.size >= parallel) await Promise.race(underWay);
    }
    await Promise.all(underWay);
    if (errors.length > 0 || lost()) return errors;
    for (const [name, held] of this.state) {
      if (this.program.has(name)) continue;
      try {
        await plugin.delete(held.id, held.outs);
        this.state.delete(name);
      } catch (error) {
        errors.push(error instanceof Error ? error.message : String(error));
      }
    }
    return errors;
  }

  /** `pulumi refresh`. */
  async refresh(): Promise<void> {
    await this.newRun();
    await Promise.all(
      [...this.state].map(async ([name, held]) => {
        const { id, props, inputs } = await this.#plugin!.read(held.id, held.outs);
        if (id === "") this.state.delete(name);
        else this.state.set(name, { id, outs: props, inputs: inputs ?? held.inputs });
      }),
    );
  }

  files(): Promise<Stored[]> {
    return this.emulator.files("media");
  }

  #inputs(name: string, { path, visibility, text }: Declared): Props {
    const source = text === undefined ? {} : { source: { upload: textAsset(text) } };
    return { bucket: "media", path, visibility, ...source, __declaration: name, __provider: this.#provider };
  }

  async #create(plugin: Plugin, name: string, inputs: Props, lost: () => boolean): Promise<void> {
    const { id, outs } = await plugin.create(inputs);
    if (!lost()) this.state.set(name, { id, inputs, outs });
  }

  async #update(plugin: Plugin, name: string, held: Held, inputs: Props, lost: () => boolean): Promise<void> {
    try {
      const outs = await plugin.update(held.id, held.outs, inputs);
      if (!lost()) this.state.set(name, { id: held.id, inputs, outs });
    } catch (error) {
      // A failed update keeps the old inputs, with the new outputs where there are any.
      const partial = (error as { partial?: { properties: Props } }).partial;
      if (partial !== undefined && !lost()) this.state.set(name, { ...held, outs: partial.properties });
      throw error;
    }
  }
}
