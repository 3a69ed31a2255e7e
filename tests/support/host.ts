import { FrontDoor, type Kill } from "./front-door";
import { TestEmulator } from "./emulator";
import { Plugin } from "./plugin";
import { linkedFolder, providerText, removeFolder } from "./projects";

/** The kinds of resources, by the modules that state names. */
export type Kind = "managed-file" | "file-layout" | "undeclared-files-sweep";

/** One run of the engine, as the plugin process sees it: it knows nothing of those before. */
export interface Run {
  readonly plugin: Plugin;
  /** The provider, as this run's resources name it. */
  textOf(kind: Kind): string;
  /** Whether the run was killed: from then on the engine hears and remembers nothing. */
  isOver(): boolean;
}

/** What is special about a host. */
export interface HostOptions {
  /** Of the plugin process, beside this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** The provider, where it is not the one that a program serialises. */
  readonly textOf?: (kind: Kind) => string;
}

/** Where runs take place: an emulator, a program's folder, and Pulumi's plugin process, which serves one run after the other. */
export class Host {
  #runs = 0;

  private constructor(
    readonly emulator: TestEmulator,
    readonly folder: string,
    readonly door: FrontDoor,
    private readonly options: HostOptions,
    private process: Plugin,
  ) {}

  /** Opens one, in a program's folder that has the package as a link. */
  static async open(options: HostOptions = {}): Promise<Host> {
    const emulator = await TestEmulator.start();
    const folder = linkedFolder();
    const door = await FrontDoor.open(emulator.handle.baseUrl);
    return new Host(emulator, folder, door, options, await Plugin.start(folder, options.env));
  }

  /** The plugin process. */
  get plugin(): Plugin {
    return this.process;
  }

  /**
   * Begins a run. The one before is over, whatever it was doing.
   *
   * @param config - the stack's config, where it is not simply that of the emulator
   */
  async begin({ kill, config }: { kill?: Kill | undefined; config?: Record<string, string> } = {}): Promise<Run> {
    this.#runs += 1;
    const access = this.access(kill);
    const isOver = this.door.whetherOver();
    await this.plugin.configure(
      config ?? {
        "mediasaur:apiKey": access.apiKey,
        "mediasaur:baseUrl": access.baseUrl,
        "mediasaur:uploadUrl": access.uploadUrl,
      },
    );
    // The process configures a provider once, and knows it by its text.
    const mark = `\n// run ${String(this.#runs)}`;
    const textOf = (kind: Kind): string => (this.options.textOf?.(kind) ?? providerText(this.folder, kind)) + mark;
    return { plugin: this.plugin, textOf, isOver };
  }

  /** How to reach the emulator as a service of which nothing is known yet. */
  access(kill?: Kill): { apiKey: string; baseUrl: string; uploadUrl: string } {
    const url = this.door.next(kill);
    return { apiKey: this.emulator.handle.apiKey, baseUrl: url, uploadUrl: url };
  }

  /** A fresh process, the old one killed at once. */
  async newProcess(): Promise<void> {
    await this.process.kill();
    this.process = await Plugin.start(this.folder, this.options.env);
  }

  async close(): Promise<void> {
    await this.process.kill();
    await this.door.close();
    await this.emulator.close();
    removeFolder(this.folder);
  }
}
