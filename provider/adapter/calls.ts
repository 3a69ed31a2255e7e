import type { Difference } from "../model/diff";
import type { Problem } from "../model/managed-file";
import { withoutNulls } from "../model/nulls";
import { holdsAsset, withHashes, withHashesOf, type Effects, type Session } from "../resources";
import type { Kind, Raw } from "./kinds";
import { OfRun } from "./run-state";

/** What the engine asks of one kind of resource, whatever the protocol: with the session of the run, and plain values. */
export interface Calls {
  /** Gives the inputs as they are meant, and what is wrong with them. Whatever is thrown on the way is one of the problems. */
  check(olds: Raw, news: Raw): Promise<{ inputs: Raw; problems: Problem[] }>;
  diff(id: string, olds: Raw, news: Raw): Promise<Difference>;
  create(inputs: Raw): Promise<{ id: string; state: Raw }>;
  /** `undefined` where it is gone. */
  read(state: Raw): Promise<{ state: Raw; inputs: Raw } | undefined>;
  update(id: string, olds: Raw, news: Raw): Promise<Raw>;
  delete(state: Raw): Promise<void>;
}

/**
 * Makes what the engine asks for of what `resources` does.
 *
 * @param farewell - where is told what becomes of files whose declarations go, where that takes no session
 */
export function callsOf<Inputs extends object, State extends object>(
  kind: Kind<Inputs, State>,
  openSession: () => Session,
  farewell: Effects,
): Calls {
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
    async check(olds, news) {
      const inputs = withoutNulls(news);
      try {
        const run = openSession();
        reread.of(run).delete(news.__declaration);
        if (holdsAsset(inputs)) checked.of(run).set(news.__declaration, inputs);
        if (inputs.__secret === true) run.secrets.note([inputs.path, inputs.source, inputs.declared]);
        run.sizes.note([inputs.source, inputs.declared]);
        const found = await run.progress.run(() => kind.check(run, olds, inputs));
        const problems = found.map((problem) => ({ ...problem, reason: run.secrets.hide(problem.reason) }));
        for (const problem of problems) run.effects.refused(String(inputs.__declaration), problemText(problem));
        return { inputs, problems };
      } catch (error) {
        return { inputs, problems: [{ property: "", reason: messageOf(error) }] };
      }
    },

    async diff(id, olds, news) {
      const run = openSession();
      if (reread.of(run).has(news.__declaration)) return kind.drift(stateIn(olds), inputsIn(news));
      const hashed = withHashesOf(news, checked.of(run).get(news.__declaration));
      return run.progress.run(() => kind.diff(run, id, stateIn(olds), hashed));
    },

    async create(inputs) {
      const run = openSession();
      const { id, state } = await run.progress.run(async () => kind.create(run, inputsIn(await withHashes(inputs))));
      return { id, state: rawOf(state) };
    },

    async read(state) {
      const run = openSession();
      reread.of(run).add(state.__declaration);
      const found = await run.progress.run(() => kind.read(run, stateIn(state)));
      return found && { state: rawOf(found.state), inputs: rawOf(found.inputs) };
    },

    async update(id, olds, news) {
      const run = openSession();
      const state = await run.progress.run(async () => {
        return kind.update(run, id, stateIn(olds), inputsIn(await withHashes(news)));
      });
      return rawOf(state);
    },

    async delete(state) {
      await kind.delete(openSession, stateIn(state), farewell);
    },
  };
}

function rawOf(values: object): Raw {
  return { ...values };
}

/** One line for a person. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * A problem as it is told. The property is at the head of the line, and not told to the engine beside it: the engine prints, with a
 * property, the value that it has, and a path, a text or a whole source may be a secret.
 */
export function problemText({ property, reason }: Problem): string {
  return property === "" ? reason : `${property}: ${reason}`;
}
