import type { Plugin } from "../support/plugin";
import { type Props } from "../support/plugin";

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
