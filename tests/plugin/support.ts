import { TestEmulator } from "../support/emulator";
import { Plugin, type Props } from "../support/plugin";
import { linkedFolder, providerText, removeFolder } from "../support/projects";

/** What a suite of ManagedFiles works with: an emulator, a program's folder, and one run of the engine after the other. */
export class Suite {
  emulator!: TestEmulator;
  folder = "";
  provider = "";
  plugin!: Plugin;
  engine!: Engine;

  /** Declares the hooks of the suite: one emulator for all its tests, and no process that outlives its test. */
  static declare(): Suite {
    const suite = new Suite();
    beforeAll(async () => {
      suite.emulator = await TestEmulator.start();
      suite.folder = linkedFolder();
      suite.provider = providerText(suite.folder, "managed-file");
    });
    afterEach(() => suite.#end());
    afterAll(async () => {
      await suite.emulator.close();
      removeFolder(suite.folder);
    });
    return suite;
  }

  /** A fresh process, as the engine starts one for each preview, up, refresh and destroy; the one before is killed. */
  async newRun(config: Record<string, string> = this.emulator.config): Promise<void> {
    await this.#end();
    this.plugin = await Plugin.start(this.folder);
    await this.plugin.configure(config);
    this.engine = new Engine(this.plugin, this.provider);
  }

  async #end(): Promise<void> {
    await (this.plugin as Plugin | undefined)?.kill();
  }
}

/** One ManagedFile as the engine would hold it: its Pulumi id, inputs and outputs. */
export interface Held {
  id: string;
  inputs: Props;
  outs: Props;
}

/** Does what the engine does with one ManagedFile: check, then create, or diff and update. */
export class Engine {
  constructor(
    readonly plugin: Plugin,
    readonly provider: string,
  ) {}

  /** The inputs as the SDK sends them. */
  inputs(name: string, args: Props): Props {
    return { ...args, __declaration: name, __provider: this.provider };
  }

  async check(name: string, args: Props, olds: Props = {}): Promise<{ property: string; reason: string }[]> {
    return (await this.plugin.check(olds, this.inputs(name, args))).failures;
  }

  async create(name: string, args: Props): Promise<Held> {
    const inputs = await this.#checked(name, args, {});
    const { id, outs } = await this.plugin.create(inputs);
    return { id, inputs, outs };
  }

  /** Diffs, and updates where there is a difference; a replacement is an error. */
  async update(name: string, held: Held, args: Props): Promise<Held> {
    const inputs = await this.#checked(name, args, held.inputs);
    const { changes, replaces } = await this.plugin.diff(held.id, held.outs, inputs);
    if (replaces.length > 0) throw new Error(`replaces by ${replaces.join()}`);
    if (!changes) return { ...held, inputs };
    return { id: held.id, inputs, outs: await this.plugin.update(held.id, held.outs, inputs) };
  }

  async diff(name: string, held: Held, args: Props): Promise<{ changes: boolean; replaces: string[] }> {
    return this.plugin.diff(held.id, held.outs, await this.#checked(name, args, held.inputs));
  }

  async refresh(held: Held): Promise<Held | undefined> {
    const { id, props, inputs } = await this.plugin.read(held.id, held.outs);
    return id === "" ? undefined : { id, outs: props, inputs: inputs ?? held.inputs };
  }

  async delete(held: Held): Promise<void> {
    await this.plugin.delete(held.id, held.outs);
  }

  async #checked(name: string, args: Props, olds: Props): Promise<Props> {
    const { inputs, failures } = await this.plugin.check(olds, this.inputs(name, args));
    if (failures.length > 0)
      throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    return inputs;
  }
}
