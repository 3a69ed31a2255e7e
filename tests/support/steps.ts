import { asInState } from "./declarations";
import type { Kind, Run } from "./host";
import { ProviderError, type Props } from "./plugin";

/** A resource in state: its Pulumi id, its last inputs, and its outputs. */
export interface Held {
  readonly id: string;
  readonly inputs: Props;
  readonly outs: Props;
  /** It was created or updated half-way: the next `up` updates it, whatever differs. */
  readonly isHalfDone?: boolean;
}

/** A step that failed, with what the engine keeps of the resource all the same. */
export class StepFailed extends Error {
  constructor(
    message: string,
    readonly kept: Held | undefined,
  ) {
    super(message);
  }
}

/** What the engine asks of a provider about one resource, and what it makes of the answers. */
export class Steps {
  constructor(
    readonly run: Run,
    readonly kind: Kind,
  ) {}

  /** Inputs as the engine sends them: the program's, and the provider. */
  sent(inputs: Props): Props {
    return { ...inputs, __provider: this.run.textOf(this.kind) };
  }

  /** What check makes of inputs; its failures are an error. */
  async checked(inputs: Props, olds: Props = {}): Promise<Props> {
    const { inputs: news, failures } = await this.run.plugin.check(
      olds.__provider === undefined ? olds : this.#of(olds),
      this.sent(inputs),
    );
    if (failures.length > 0)
      throw new StepFailed(
        failures.map(({ property, reason }) => (property === "" ? reason : `${property}: ${reason}`)).join("; "),
        undefined,
      );
    return news;
  }

  async diff(held: Held, news: Props): Promise<{ changes: boolean; replaces: string[] }> {
    return this.run.plugin.diff(held.id, this.#of(held.outs), asInState(news));
  }

  async create(news: Props): Promise<Held> {
    try {
      return { ...(await this.run.plugin.create(news)), inputs: news };
    } catch (error) {
      throw failed(error, ({ id, properties }) => ({ id, inputs: news, outs: properties, isHalfDone: true }));
    }
  }

  async update(held: Held, news: Props): Promise<Held> {
    try {
      const outs = await this.run.plugin.update(held.id, this.#of(held.outs), news);
      return { id: held.id, inputs: news, outs };
    } catch (error) {
      // A failed update keeps the old inputs, with the new outputs where there are any.
      throw failed(error, ({ properties }) => ({ ...held, outs: properties, isHalfDone: true }));
    }
  }

  /** `undefined` where it is gone. A refresh also asks what differs, the other way round, only to show it. */
  async refresh(held: Held): Promise<Held | undefined> {
    const { id, props, inputs } = await this.run.plugin.read(held.id, this.#of(held.outs));
    if (id === "") return undefined;
    const found = { id, outs: props, inputs: inputs ?? held.inputs };
    await this.run.plugin.diff(id, asInState(props), this.#of(held.inputs));
    return found;
  }

  async delete(held: Held): Promise<void> {
    await this.run.plugin.delete(held.id, this.#of(held.outs));
  }

  /** Values from state, which name the same provider as this run's. */
  #of(values: Props): Props {
    return this.sent(asInState(values));
  }
}

function failed(error: unknown, kept: (partial: NonNullable<ProviderError["partial"]>) => Held): unknown {
  if (!(error instanceof ProviderError)) return error;
  const { partial, message } = error;
  return partial === undefined
    ? new StepFailed(message, undefined)
    : new StepFailed(partial.reasons.join("\n"), kept(partial));
}
