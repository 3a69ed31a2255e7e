import type { Calls } from "../adapter/calls";
import type { Raw } from "../adapter/kinds";
import type { Difference } from "../model/diff";
import { PartialFailure } from "../resources";
import { detailsOf, type Detail } from "./details";
import type { Run } from "./run";
import type { Shape } from "./shape";
import { readUrn } from "./urn";
import type { Received } from "./wire";

/** Outputs, with the names of those that are secret. */
export interface Outputs {
  readonly id: string;
  readonly values: Raw;
  readonly secrets: ReadonlySet<string>;
}

/** What is there, for an import or a refresh. */
export interface Found extends Outputs {
  readonly inputs: Raw;
  readonly secretInputs: ReadonlySet<string>;
}

/** What a create or update that stopped half-way has reached. */
export class HalfDone extends Error {
  constructor(
    message: string,
    readonly reached: Outputs,
  ) {
    super(message);
  }
}

/** Finds what no state has. */
export type Find = (id: string) => Promise<{ id: string; state: object; inputs: object }>;

const NOTHING: ReadonlySet<string> = new Set();

/** A resource of the schema, as the engine's protocol asks for it: in plain values, with the names of secrets beside them. */
export class PluginResource {
  constructor(
    private readonly run: Run,
    private readonly shape: Shape,
    private readonly calls: Calls,
    private readonly find: Find,
  ) {}

  /** Says what is wrong with inputs. */
  async check(urn: string, olds: Received, news: Received): Promise<{ property: string; reason: string }[]> {
    const others = Object.keys(news.values).filter(
      (name) => !this.shape.inputs.includes(name) && !name.startsWith("__"),
    );
    const unknown = others.map((name) => {
      return { property: name, reason: `is no property of this resource: it has ${this.shape.inputs.join(", ")}` };
    });
    const refused = [...unknown, ...this.shape.refusals(news.values)];
    if (refused.length > 0) return refused;
    const before = "declared" in olds.values ? olds.values : this.shape.inward(olds.values);
    return (await this.calls.check(before, this.#inward(urn, news))).problems;
  }

  /** Compares the program with state. */
  async diff(
    urn: string,
    id: string,
    state: Received,
    oldInputs: Received,
    news: Received,
  ): Promise<Difference & { details: Map<string, Detail> }> {
    const difference = await this.calls.diff(id, this.#state(urn, state), this.#inward(urn, news));
    const details = difference.changes
      ? detailsOf(oldInputs.values, news.values, state.values)
      : new Map<string, Detail>();
    return { ...difference, details };
  }

  /** Creates it, or says what that would give. */
  async create(urn: string, news: Received, isPreview: boolean): Promise<Outputs> {
    const secrets = this.#secretOutputs(news);
    if (isPreview) return { id: "", values: this.shape.preview(news.values, undefined), secrets };
    return this.#reached(news, async () => this.calls.create(this.#inward(urn, news)));
  }

  /** Updates it, or says what that would give. */
  async update(urn: string, id: string, state: Received, news: Received, isPreview: boolean): Promise<Outputs> {
    const secrets = this.#secretOutputs(news);
    if (isPreview) return { id, values: this.shape.preview(news.values, state.values), secrets };
    return this.#reached(news, async () => {
      return { id, state: await this.calls.update(id, this.#state(urn, state), this.#inward(urn, news)) };
    });
  }

  /** Reads it as it is; `undefined` where it is gone. Without state it is looked for, and an error where it is not there. */
  async read(urn: string, id: string, state: Received, inputs: Received): Promise<Found | undefined> {
    const secretInputs = inputs.secrets;
    const secrets = new Set([...state.secrets, ...this.#secretOutputs(inputs)]);
    if (!this.shape.isState(state.values)) {
      const found = await this.find(id);
      return { ...this.#found(found.id, { ...found.state }, { ...found.inputs }, {}), secrets: NOTHING, secretInputs };
    }
    const found = await this.calls.read(this.#state(urn, state));
    if (found === undefined) return undefined;
    return { ...this.#found(id, found.state, found.inputs, inputs.values), secrets, secretInputs };
  }

  /** Ends it. */
  async delete(urn: string, state: Received): Promise<void> {
    await this.calls.delete(this.#state(urn, state));
  }

  #found(id: string, state: Raw, inputs: Raw, before: Raw): { id: string; values: Raw; inputs: Raw } {
    return {
      id,
      values: withoutDeclaration(this.shape.outward(state, before)),
      inputs: Object.fromEntries(
        Object.entries(this.shape.found(inputs, before)).filter(
          ([name, value]) => !name.startsWith("__") && value !== undefined,
        ),
      ),
    };
  }

  async #reached(news: Received, work: () => Promise<{ id: string; state: Raw }>): Promise<Outputs> {
    const outputs = (id: string, state: Raw): Outputs => {
      return {
        id,
        values: withoutDeclaration(this.shape.outward(state, news.values)),
        secrets: this.#secretOutputs(news),
      };
    };
    try {
      const { id, state } = await work();
      return outputs(id, state);
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      throw new HalfDone(error.message, outputs(error.id, error.state as Raw));
    }
  }

  #inward(urn: string, { values, secrets }: Received): Raw {
    const { declaration } = readUrn(urn);
    this.run.note(declaration, urn);
    const isSecret = ["path", "source", "files"].some((name) => secrets.has(name));
    return { ...this.shape.inward(values), __declaration: declaration, ...(isSecret ? { __secret: true } : {}) };
  }

  #state(urn: string, { values }: Received): Raw {
    const { declaration } = readUrn(urn);
    this.run.note(declaration, urn);
    return { ...this.shape.stateInward(values), __declaration: declaration };
  }

  /** The outputs that follow from secret inputs. */
  #secretOutputs({ secrets }: Received): Set<string> {
    return new Set([...secrets].flatMap((name) => [...(this.shape.follows[name] ?? [name])]));
  }
}

/** What the URN says already is not kept, nor what only dynamic resources need. */
function withoutDeclaration(state: Raw): Raw {
  const { __declaration: _declaration, __provider: _provider, __secret: _secret, ...kept } = state;
  return kept;
}
