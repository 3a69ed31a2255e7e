import { callsOf, problemText } from "../adapter/calls";
import type { Kind, Raw } from "../adapter/kinds";
import { operationError, plainError } from "./errors";
import { farewell, type SessionSource } from "./session";

/** A resource as Pulumi's dynamic providers call it. */
export interface DynamicResource {
  readonly configure: SessionSource["configure"];
  /** Every failure comes back as one, as an error that is thrown would be printed with a stack. */
  readonly check: (olds: Raw, news: Raw) => Promise<{ inputs: Raw; failures: { property: string; reason: string }[] }>;
  readonly diff: (id: string, olds: Raw, news: Raw) => Promise<{ changes: boolean; replaces: string[] }>;
  readonly create: (inputs: Raw) => Promise<{ id: string; outs: Raw }>;
  /** An empty id says that the resource is gone. */
  readonly read: (id: string, props: Raw) => Promise<{ id: string; props?: Raw; inputs?: Raw }>;
  readonly update: (id: string, olds: Raw, news: Raw) => Promise<{ outs: Raw }>;
  /** Pulumi's `delete`. */
  readonly remove: (id: string, props: Raw) => Promise<void>;
}

/** Makes what Pulumi's dynamic providers are of the calls of one kind of resource. */
export function dynamicResource<Inputs extends object, State extends object>(
  kind: Kind<Inputs, State>,
  { configure, session }: SessionSource,
): DynamicResource {
  const calls = callsOf(kind, session, farewell);
  const said = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw plainError(error);
    }
  };
  const operated = async <Result>(provider: unknown, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw operationError(error, provider);
    }
  };

  return {
    configure,
    async check(olds, news) {
      const { inputs, problems } = await calls.check(olds, news);
      return { inputs, failures: problems.map((problem) => ({ property: "", reason: problemText(problem) })) };
    },
    diff: (id, olds, news) =>
      said(async () => {
        const { changes, replaces } = await calls.diff(id, olds, news);
        // State of the resource plugin names no provider, and without one the engine could neither refresh nor delete it from here:
        // an update writes it down.
        return { changes: changes || olds.__provider === undefined, replaces: [...replaces] };
      }),
    create: (inputs) =>
      operated(inputs.__provider, async () => {
        const { id, state } = await calls.create(inputs);
        return { id, outs: state };
      }),
    read: (id, props) =>
      said(async () => {
        const found = await calls.read(props);
        return found === undefined ? { id: "" } : { id, props: found.state, inputs: found.inputs };
      }),
    update: (id, olds, news) => operated(news.__provider, async () => ({ outs: await calls.update(id, olds, news) })),
    remove: (_id, props) => said(() => calls.delete(props)),
  };
}
