import { ProviderError, type Props } from "../support/plugin";
import type { Bench } from "./engine";
import type { Declared, Program } from "./program";
import type { Subject } from "./subject";

interface Held {
  id: string;
  inputs: Props;
  outs: Props;
}

/** A program of ManagedFiles and its state, with what the engine does to them: one after the other, so that counts are the same each time. */
export class ManagedFiles implements Subject {
  readonly isWhole = false;
  readonly #state = new Map<string, Held>();
  #provider = "";

  constructor(private readonly bench: Bench) {}

  async up(program: Program): Promise<string[]> {
    await this.#newRun();
    const { plugin } = this.bench;
    const errors: string[] = [];
    const due: (() => Promise<void>)[] = [];
    for (const [name, declared] of Object.entries(program)) {
      await attempt(errors, async () => {
        const inputs = await this.#checked(name, declared);
        const held = this.#state.get(name);
        if (held === undefined) due.push(() => this.#create(name, inputs));
        else if ((await this.#diff(held, inputs)).changes) due.push(() => this.#update(name, held, inputs));
        else held.inputs = inputs;
      });
    }
    // The engine starts nothing any more once something has failed.
    for (const step of due) if (errors.length === 0) await attempt(errors, step);
    for (const [name, held] of this.#state) {
      if (errors.length > 0 || Object.hasOwn(program, name)) continue;
      await attempt(errors, () => plugin.delete(held.id, held.outs));
      if (errors.length === 0) this.#state.delete(name);
    }
    return errors;
  }

  async refresh(): Promise<string[]> {
    await this.#newRun();
    const errors: string[] = [];
    for (const [name, held] of this.#state) {
      await attempt(errors, async () => {
        const { id, props, inputs } = await this.bench.plugin.read(held.id, held.outs);
        if (id === "") this.#state.delete(name);
        else this.#state.set(name, { id, outs: props, inputs: inputs ?? held.inputs });
      });
    }
    return errors;
  }

  async preview(program: Program): Promise<string[]> {
    await this.#newRun();
    const changes: string[] = [];
    for (const [name, declared] of Object.entries(program)) {
      const inputs = await this.#checked(name, declared);
      const held = this.#state.get(name);
      if (held === undefined || (await this.#diff(held, inputs)).changes) changes.push(name);
    }
    return changes;
  }

  async #newRun(): Promise<void> {
    this.#provider = await this.bench.newRun("managed-file");
    // State that an earlier run wrote names the same provider; here it has to be the one that this run configures.
    for (const held of this.#state.values()) held.outs.__provider = this.#provider;
  }

  async #checked(name: string, declared: Declared): Promise<Props> {
    const news = { bucket: "media", ...declared, __declaration: name, __provider: this.#provider };
    const { inputs, failures } = await this.bench.plugin.check(this.#state.get(name)?.inputs ?? {}, news);
    const lines = failures.map(({ property, reason }) => (property === "" ? reason : `${property}: ${reason}`));
    if (lines.length > 0) throw new Error(lines.join("; "));
    return inputs;
  }

  async #diff(held: Held, inputs: Props): Promise<{ changes: boolean }> {
    const { changes, replaces } = await this.bench.plugin.diff(held.id, held.outs, inputs);
    if (replaces.length > 0) throw new Error(`a replacement, by ${replaces.join()}`);
    return { changes };
  }

  async #create(name: string, inputs: Props): Promise<void> {
    try {
      const { id, outs } = await this.bench.plugin.create(inputs);
      this.#state.set(name, { id, inputs, outs });
    } catch (error) {
      if (error instanceof ProviderError && error.partial !== undefined) {
        this.#state.set(name, { id: error.partial.id, inputs, outs: error.partial.properties });
      }
      throw error;
    }
  }

  async #update(name: string, held: Held, inputs: Props): Promise<void> {
    try {
      this.#state.set(name, { id: held.id, inputs, outs: await this.bench.plugin.update(held.id, held.outs, inputs) });
    } catch (error) {
      // A failed update keeps the old inputs, with the new outputs where there are any.
      if (error instanceof ProviderError && error.partial !== undefined) held.outs = error.partial.properties;
      throw error;
    }
  }
}

/** Runs a step of the engine; what fails is an error for the user. */
export async function attempt(errors: string[], step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (error instanceof ProviderError && error.partial !== undefined) errors.push(...error.partial.reasons);
    else errors.push(error instanceof Error ? error.message : String(error));
  }
}
