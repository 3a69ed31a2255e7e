import { managedFile } from "../support/declarations";
import type { TestEmulator } from "../support/emulator";
import { Host, type Run } from "../support/host";
import type { Plugin, Props } from "../support/plugin";
import { Steps, type Held } from "../support/steps";

export type { Held } from "../support/steps";

/** What a suite of ManagedFiles works with: an emulator, a program's folder, and one run of the engine after the other. */
export class Suite {
  host!: Host;
  run!: Run;
  engine!: OneFile;

  /** Declares the hooks of the suite: one emulator and one plugin process for all its tests. */
  static declare(): Suite {
    const suite = new Suite();
    beforeAll(async () => {
      suite.host = await Host.open();
    });
    afterEach(() => {
      suite.#end();
    });
    afterAll(() => suite.host.close());
    return suite;
  }

  get emulator(): TestEmulator {
    return this.host.emulator;
  }

  get folder(): string {
    return this.host.folder;
  }

  get plugin(): Plugin {
    return this.host.plugin;
  }

  /** The provider as the run's resources name it. */
  get provider(): string {
    return this.run.textOf("managed-file");
  }

  /** A run that knows nothing of those before, as each preview, up, refresh and destroy; the one before is cut off. */
  async newRun(config?: Record<string, string>): Promise<void> {
    this.#end();
    this.run = await this.host.begin(config === undefined ? {} : { config });
    this.engine = new OneFile(this.run);
  }

  #end(): void {
    this.host.door.shut();
    this.host.door.drop();
  }
}

/** Does what the engine does with one ManagedFile: check, then create, or diff and update. */
export class OneFile {
  readonly #steps: Steps;

  constructor(readonly run: Run) {
    this.#steps = new Steps(run, "managed-file");
  }

  /** The same where the test has a process of its own. */
  static of(plugin: Plugin, provider: string): OneFile {
    return new OneFile({ plugin, textOf: () => provider, isOver: () => false });
  }

  /** The inputs as the SDK sends them. */
  inputs(name: string, args: Props): Props {
    return this.#steps.sent(managedFile(name, args).inputs);
  }

  async check(name: string, args: Props, olds: Props = {}): Promise<{ property: string; reason: string }[]> {
    return (await this.run.plugin.check(olds, this.inputs(name, args))).failures;
  }

  async create(name: string, args: Props): Promise<Held> {
    return this.#steps.create(await this.#checked(name, args));
  }

  /** Diffs, and updates where there is a difference; a replacement is an error. */
  async update(name: string, held: Held, args: Props): Promise<Held> {
    const news = await this.#checked(name, args, held);
    const { changes, replaces } = await this.#steps.diff(held, news);
    if (replaces.length > 0) throw new Error(`replaces by ${replaces.join()}`);
    return changes ? this.#steps.update(held, news) : { ...held, inputs: news };
  }

  async diff(name: string, held: Held, args: Props): Promise<{ changes: boolean; replaces: string[] }> {
    return this.#steps.diff(held, await this.#checked(name, args, held));
  }

  async refresh(held: Held): Promise<Held | undefined> {
    return this.#steps.refresh(held);
  }

  async delete(held: Held): Promise<void> {
    await this.#steps.delete(held);
  }

  #checked(name: string, args: Props, held?: Held): Promise<Props> {
    return this.#steps.checked(managedFile(name, args).inputs, held?.inputs);
  }
}
