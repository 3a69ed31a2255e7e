import type { Difference } from "../model/diff";
import type { Problem } from "../model/managed-file";
import { withoutNulls } from "../model/nulls";
import { holdsAsset, relieve, withHashes, withHashesOf, type Effects, type Session } from "../resources";
import { messageOf, operationError, plainError } from "./errors";
import { configure, farewell, session } from "./session";

type Raw = Record<string, unknown>;

/** What `resources` does for one kind of resource. */
interface Lifecycle<Inputs extends object, State extends object> {
  check(session: Session, olds: Raw, news: Raw): Promise<Problem[]>;
  diff(session: Session, id: string, state: State, news: Raw): Promise<Difference>;
  /** What a refresh found, beside the inputs of the last update. */
  drift(state: State, inputs: Inputs): Difference;
  create(session: Session, inputs: Inputs): Promise<{ id: string; state: State }>;
  /** `undefined` where it is gone. */
  read(session: Session, state: State): Promise<{ state: State; inputs: Inputs } | undefined>;
  update(session: Session, id: string, state: State, inputs: Inputs): Promise<State>;
  /** Opens a session only where there is something to delete: what stays needs no service, and so not even a key. */
  delete(openSession: () => Session, state: State, effects: Effects): Promise<void>;
}

/** A resource as Pulumi's dynamic providers call it. */
export interface DynamicResource {
  readonly configure: typeof configure;
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

/** Makes what Pulumi calls of what `resources` does: with the session of the run, plain values, and errors as they print well. */
export function dynamicResource<Inputs extends object, State extends object>(
  resource: Lifecycle<Inputs, State>,
): DynamicResource {
  // The engine hands over what check let through, or what this provider put into state.
  const inputsIn = (props: Raw): Inputs => props as Inputs;
  const stateIn = (props: Raw): State => props as State;
  // The declarations that were read and not checked since. In a refresh the engine asks what differs right after it has read, and
  // shows the answer turned round; before a preview or an update it checks first. A refresh is to say what it found, and to judge
  // nothing: what is asked then is no plan, claims nothing, and can't be refused.
  const reread = new OfRun(() => new Set<unknown>());
  // The inputs with assets, as they were checked.
  const checked = new OfRun(() => new Map<unknown, Raw>());

  return {
    configure,

    async check(olds, news) {
      const inputs = withoutNulls(news);
      try {
        const run = session();
        reread.of(run).delete(news.__declaration);
        if (holdsAsset(inputs)) checked.of(run).set(news.__declaration, inputs);
        if (inputs.__secret === true) run.secrets.note([inputs.path, inputs.source, inputs.declared]);
        run.sizes.note([inputs.source, inputs.declared]);
        const problems = await working(run, () => resource.check(run, olds, inputs));
        const failures = problems.map(({ property, reason }) => ({ property, reason: run.secrets.hide(reason) }));
        for (const { property, reason } of failures) {
          run.effects.refused(String(inputs.__declaration), `${property} ${reason}`);
        }
        return { inputs, failures };
      } catch (error) {
        return { inputs, failures: [{ property: "", reason: messageOf(error) }] };
      }
    },

    async diff(id, olds, news) {
      try {
        const run = session();
        const { changes, replaces } = reread.of(run).has(news.__declaration)
          ? resource.drift(stateIn(olds), inputsIn(news))
          : await working(run, () => {
              return resource.diff(run, id, stateIn(olds), withHashesOf(news, checked.of(run).get(news.__declaration)));
            });
        return { changes, replaces: [...replaces] };
      } catch (error) {
        throw plainError(error);
      }
    },

    async create(inputs) {
      try {
        const run = session();
        const { id, state } = await working(run, async () => resource.create(run, inputsIn(await withHashes(inputs))));
        return { id, outs: rawOf(state) };
      } catch (error) {
        throw operationError(error, inputs.__provider);
      }
    },

    async read(id, props) {
      try {
        const run = session();
        reread.of(run).add(props.__declaration);
        const found = await working(run, () => resource.read(run, stateIn(props)));
        return found === undefined ? { id: "" } : { id, props: rawOf(found.state), inputs: rawOf(found.inputs) };
      } catch (error) {
        throw plainError(error);
      }
    },

    async update(id, olds, news) {
      try {
        const run = session();
        const state = await working(run, async () => {
          return resource.update(run, id, stateIn(olds), inputsIn(await withHashes(news)));
        });
        return { outs: rawOf(state) };
      } catch (error) {
        throw operationError(error, news.__provider);
      }
    },

    async remove(_id, props) {
      try {
        await resource.delete(session, stateIn(props), farewell);
      } catch (error) {
        throw plainError(error);
      }
    },
  };
}

/** Something that is kept for as long as a run lasts. */
class OfRun<Kept> {
  readonly #runs = new WeakMap<Session, Kept>();

  constructor(private readonly make: () => Kept) {}

  of(run: Session): Kept {
    let kept = this.#runs.get(run);
    if (kept === undefined) this.#runs.set(run, (kept = this.make()));
    return kept;
  }
}

/**
 * What one call of the engine sets going. A layout of thousands of files comes in one message and goes in one: what reading
 * the one left behind is not kept through the work, nor what the work left through writing the other.
 */
async function working<Result>(run: Session, work: () => Promise<Result>): Promise<Result> {
  relieve();
  try {
    return await run.progress.run(work);
  } finally {
    relieve();
  }
}

function rawOf(values: object): Raw {
  return { ...values };
}
