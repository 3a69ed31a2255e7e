import { isDeepStrictEqual } from "node:util";
import { ProviderError, type Props } from "../support/plugin";
import type { Bench } from "./engine";
import { attempt } from "./managed-files";
import type { Declared, Program } from "./program";
import type { Subject } from "./subject";

interface Held {
  id: string;
  inputs: Props;
  outs: Props;
}

/** A program that is one FileLayout, and its state, with what the engine does to it. */
export class FileLayouts implements Subject {
  readonly isWhole = true;
  #held: Held | undefined;
  #provider = "";

  constructor(private readonly bench: Bench) {}

  async up(program: Program): Promise<string[]> {
    await this.#newRun();
    const errors: string[] = [];
    await attempt(errors, async () => {
      const inputs = await this.#checked(program);
      const held = this.#held;
      if (held === undefined) await this.#create(inputs);
      else if (await this.#differs(held, inputs)) await this.#update(held, inputs);
      else held.inputs = inputs;
    });
    return errors;
  }

  async refresh(): Promise<string[]> {
    await this.#newRun();
    const errors: string[] = [];
    await attempt(errors, async () => {
      const held = this.#held;
      if (held === undefined) return;
      const { id, props, inputs } = await this.bench.plugin.read(held.id, held.outs);
      this.#held = { id, outs: props, inputs: inputs ?? held.inputs };
    });
    return errors;
  }

  /** A change is shown by its properties: those of the files that differ from what the last refresh found. */
  async preview(program: Program): Promise<string[]> {
    await this.#newRun();
    const inputs = await this.#checked(program);
    const held = this.#held;
    if (held === undefined) return Object.keys(program);
    if (!(await this.#differs(held, inputs))) return [];
    const [before, after] = [held.inputs.declared, inputs.declared] as [Props, Props];
    const changed = Object.keys(after).filter((key) => !isDeepStrictEqual(shown(before[key]), shown(after[key])));
    return changed.length > 0 ? changed : ["the layout itself"];
  }

  async #newRun(): Promise<void> {
    this.#provider = await this.bench.newRun("file-layout");
    // State that an earlier run wrote names the same provider; here it has to be the one that this run configures.
    if (this.#held !== undefined) this.#held.outs.__provider = this.#provider;
  }

  async #checked(program: Program): Promise<Props> {
    const news = { ...layoutOf(program), __declaration: "site", __provider: this.#provider };
    const { inputs, failures } = await this.bench.plugin.check(this.#held?.inputs ?? {}, news);
    const lines = failures.map(({ property, reason }) => {
      return property === "" ? reason : `${property.slice(property.lastIndexOf(".") + 1)}: ${reason}`;
    });
    if (lines.length > 0) throw new Error(lines.join("; "));
    return inputs;
  }

  async #differs(held: Held, inputs: Props): Promise<boolean> {
    const { changes, replaces } = await this.bench.plugin.diff(held.id, held.outs, inputs);
    if (replaces.length > 0) throw new Error(`a replacement, by ${replaces.join()}`);
    return changes;
  }

  async #create(inputs: Props): Promise<void> {
    try {
      const { id, outs } = await this.bench.plugin.create(inputs);
      this.#held = { id, inputs, outs };
    } catch (error) {
      if (error instanceof ProviderError && error.partial !== undefined) {
        this.#held = { id: error.partial.id, inputs, outs: error.partial.properties };
      }
      throw error;
    }
  }

  async #update(held: Held, inputs: Props): Promise<void> {
    try {
      this.#held = { id: held.id, inputs, outs: await this.bench.plugin.update(held.id, held.outs, inputs) };
    } catch (error) {
      // A failed update keeps the old inputs, with the new outputs where there are any.
      if (error instanceof ProviderError && error.partial !== undefined) held.outs = error.partial.properties;
      throw error;
    }
  }
}

/** The inputs of a layout of which one policy holds for all files, and a rule for each file that it does not declare. */
function layoutOf(program: Program): Props {
  const all = Object.entries(program);
  const ruled = all.filter(([, { byRule }]) => byRule === true);
  const declared = all.filter(([, { byRule }]) => byRule !== true);
  return {
    bucket: "media",
    declared: Object.fromEntries(
      declared.map(([key, { path, visibility, source }]) => [
        key,
        { path, visibility, ...(source === undefined ? {} : { source }) },
      ]),
    ),
    ...(ruled.length === 0 ? {} : { rules: ruled.map(([, { path, visibility }]) => ({ match: path, visibility })) }),
    deletionPolicy: "DELETE",
  };
}

function shown(file: unknown): unknown {
  const { path, visibility } = (file ?? {}) as Partial<Declared>;
  return { path, visibility };
}
