import { managedFile, textAsset, type Declaration } from "../support/declarations";
import type { Stored } from "../support/emulator";
import { Engine, type EngineOptions, type Result } from "../support/engine";
import type { Host } from "../support/host";

/** What the program of a run declares of one file. */
export interface Declared {
  path: string;
  visibility: "PUBLIC" | "PRIVATE";
  /** The text that it uploads; `undefined`: it adopts. */
  text?: string | undefined;
}

/** A bucket, a program of ManagedFiles that changes from run to run, and its state. */
export class World {
  readonly program = new Map<string, Declared>();
  #engine: Engine;

  constructor(readonly host: Host) {
    this.#engine = new Engine(host);
  }

  /** What state has of each declaration, by its name. */
  get state(): ReadonlyMap<string, Engine["state"][number]["held"]> {
    return new Map(this.#engine.state.map(({ name, held }) => [name, held]));
  }

  /** Puts adopted files into a new bucket, and into the program and its state, as an earlier run left them. */
  async begin(files: { path: string; visibility: "PUBLIC" | "PRIVATE" }[]): Promise<void> {
    this.program.clear();
    this.#engine = new Engine(this.host);
    await this.host.emulator.seed(Object.fromEntries(files.map(({ path, visibility }) => [path, visibility])));
    for (const [index, file] of files.entries()) this.program.set(`f${String(index)}`, { ...file });
    const { errors } = await this.up({ parallel: 16 });
    if (errors.length > 0) throw new Error(errors.join("\n"));
  }

  /** `pulumi up`. */
  up(options: EngineOptions): Promise<Result> {
    return this.#engine.up([...this.program].map(declarationOf), options);
  }

  /** `pulumi refresh`. */
  refresh(): Promise<Result> {
    return this.#engine.refresh();
  }

  files(): Promise<Stored[]> {
    return this.host.emulator.files("media");
  }
}

function declarationOf([name, { path, visibility, text }]: [string, Declared]): Declaration {
  const source = text === undefined ? {} : { source: { upload: textAsset(text) } };
  return managedFile(name, { path, visibility, ...source });
}
