import type { Declaration } from "./declarations";
import type { Kill } from "./front-door";
import type { Host, Kind, Run } from "./host";
import { Steps, StepFailed, type Held } from "./steps";
import { Workers } from "./workers";

/** A program, in the order in which it registers its resources; one that waits for something is an async generator. */
export type Program = Iterable<Declaration> | AsyncIterable<Declaration>;

/** The engine's own options. */
export interface EngineOptions {
  /** @default 8, as on two cores */
  readonly parallel?: number;
  readonly refresh?: boolean;
  /** Names of the resources to which the run is limited. */
  readonly target?: readonly string[];
  readonly exclude?: readonly string[];
  /** Names of resources that are replaced, whatever differs. */
  readonly replace?: readonly string[];
  readonly continueOnError?: boolean;
  /** The engine and the provider are killed at a write of the run. */
  readonly kill?: Kill;
}

/** What a run came to. */
export interface Result {
  /** What is told to the user, one text an error. */
  readonly errors: readonly string[];
  /** What was done, or in a preview is to be done, such as `update hero`. */
  readonly steps: readonly string[];
  readonly wasKilled: boolean;
}

/** A resource in state. */
export interface Entry {
  readonly kind: Kind;
  readonly name: string;
  readonly held: Held;
  /** It was replaced, and is still to be deleted. */
  readonly isDoomed: boolean;
}

/**
 * Pulumi's engine, as far as a provider can tell: a program, its state, and the order in which the plugin process is asked.
 *
 * - Checks and diffs pass one after the other, in the order of registration. What they lead to goes to a worker, and where all
 *   are busy, nothing more is checked: so the engine looks one resource ahead of its workers.
 * - A replacement is checked twice, the second time without olds, and created before the old resource is deleted; other deletions
 *   come at the end as well, latest first. With `deleteBeforeReplace` the old one is deleted first.
 * - What fails half-way is kept as far as it came. After a failure nothing is begun, and nothing deleted, unless with
 *   `continueOnError`; then what depends on a failure is left out.
 * - A run that is killed remembers nothing from that moment on.
 */
export class Engine {
  /** In the order of registration. */
  state: Entry[] = [];

  constructor(readonly host: Host) {}

  /** `pulumi up`. */
  async up(program: Program, options: EngineOptions = {}): Promise<Result> {
    return this.#run(options, async (run) => {
      if (options.refresh === true) await this.#refresh(run, options);
      if (run.mayGoOn()) await this.#update(run, program, options);
    });
  }

  /** `pulumi preview`: checks and diffs only. */
  async preview(program: Program, options: EngineOptions = {}): Promise<Result> {
    return this.#run(options, (run) => this.#update(run, program, options, true));
  }

  /** `pulumi refresh`. */
  async refresh(options: EngineOptions = {}): Promise<Result> {
    return this.#run(options, (run) => this.#refresh(run, options));
  }

  /** `pulumi destroy`. */
  async destroy(options: EngineOptions = {}): Promise<Result> {
    return this.#run(options, (run) => this.#delete(run, [...this.state], options));
  }

  /** A resource in state, of whichever kind where that is not told. */
  entry(name: string, kind?: Kind): Entry | undefined {
    return this.state.find((entry) => isSame(entry, kind ?? entry.kind, name));
  }

  /** What state has of a resource; it has to be there. */
  held(name: string): Held {
    const held = this.entry(name)?.held;
    if (held === undefined) throw new Error(`"${name}" is not in state`);
    return held;
  }

  async #run(options: EngineOptions, work: (run: EngineRun) => Promise<void>): Promise<Result> {
    const run = new EngineRun(await this.host.begin({ kill: options.kill }), options);
    await work(run);
    const wasKilled = run.isOver();
    // What the provider had sent may still take effect, and nobody hears of it.
    if (wasKilled) await this.host.door.settled();
    return { errors: run.errors, steps: run.steps, wasKilled };
  }

  async #update(run: EngineRun, program: Program, options: EngineOptions, isPreview = false): Promise<void> {
    const registered = new Set<string>();
    const failed = new Set<string>();
    const done = new Map<string, Promise<unknown>>();
    for await (const declaration of program) {
      if (!run.mayGoOn()) break;
      const { kind, name, options: own } = declaration;
      const depended = own.dependsOn ?? [];
      await Promise.all(depended.map(async (other) => done.get(other)));
      this.#rename(declaration);
      registered.add(key(kind, name));
      if (!isTargeted(name, options)) continue;
      if (depended.some((other) => failed.has(other))) {
        failed.add(name);
        continue;
      }
      const step = await run.attempt(() => this.#plan(run, declaration, options));
      if (step === undefined) failed.add(name);
      else if (isPreview) run.note(step.what);
      else {
        const work = async (): Promise<void> => {
          if (!run.mayGoOn()) return;
          run.note(step.what);
          if (!(await run.succeeds(step.take))) failed.add(name);
        };
        done.set(name, (await run.workers.start(work)).end);
      }
    }
    await run.workers.idle();
    if (!run.mayGoOn()) return;
    const gone = this.state.filter((entry) => entry.isDoomed || !registered.has(key(entry.kind, entry.name)));
    if (isPreview) for (const { name } of gone) run.note(`delete ${name}`);
    else await this.#delete(run, gone, options);
  }

  /** Checks and diffs one resource; gives what is to be done. */
  async #plan(run: EngineRun, declaration: Declaration, options: EngineOptions): Promise<Step> {
    const { kind, name, inputs, options: own } = declaration;
    const steps = new Steps(run.run, kind);
    const old = this.entry(name, kind);
    if (old === undefined) {
      const news = await steps.checked(inputs);
      return { what: `create ${name}`, take: () => this.#keep(run, declaration, () => steps.create(news)) };
    }
    const { held } = old;
    const wanted = { ...inputs };
    for (const property of own.ignoreChanges ?? []) wanted[property] = held.inputs[property];
    const news = await steps.checked(wanted, held.inputs);
    const { changes, replaces } = await steps.diff(held, news);
    if (replaces.length > 0 || options.replace?.includes(name) === true) {
      const anew = await steps.checked(wanted);
      return { what: `replace ${name}`, take: () => this.#replace(run, declaration, old, () => steps.create(anew)) };
    }
    if (changes || held.isHalfDone === true)
      return { what: `update ${name}`, take: () => this.#keep(run, declaration, () => steps.update(held, news)) };
    return {
      what: `same ${name}`,
      take: () => this.#keep(run, declaration, () => Promise.resolve({ ...held, inputs: news })),
    };
  }

  async #replace(run: EngineRun, declaration: Declaration, old: Entry, create: () => Promise<Held>): Promise<void> {
    if (declaration.options.deleteBeforeReplace === true) {
      await new Steps(run.run, old.kind).delete(old.held);
      if (run.isOver()) return;
      this.state = this.state.filter((entry) => entry !== old);
    }
    await this.#keep(run, declaration, create, (entry) => (entry === old ? [{ ...old, isDoomed: true }] : [entry]));
  }

  /** Takes a step, and puts into state what came of it. */
  async #keep(
    run: EngineRun,
    { kind, name }: Declaration,
    step: () => Promise<Held>,
    // An update takes the place of what was there.
    others = (entry: Entry): Entry[] => (isSame(entry, kind, name) ? [] : [entry]),
  ): Promise<void> {
    const put = (held: Held): void => {
      if (run.isOver()) return;
      const at = this.state.findIndex((entry) => isSame(entry, kind, name));
      const rest = this.state.flatMap(others);
      const entry = { kind, name, held, isDoomed: false };
      this.state = rest.length < this.state.length ? rest.toSpliced(at, 0, entry) : [...rest, entry];
    };
    try {
      put(await step());
    } catch (error) {
      if (error instanceof StepFailed && error.kept !== undefined) put(error.kept);
      throw error;
    }
  }

  async #refresh(run: EngineRun, options: EngineOptions): Promise<void> {
    for (const entry of this.state) {
      if (entry.isDoomed || !isTargeted(entry.name, options)) continue;
      const read = async (): Promise<void> => {
        const held = await new Steps(run.run, entry.kind).refresh(entry.held);
        if (run.isOver()) return;
        this.state = this.state.flatMap((each) =>
          each !== entry ? [each] : held === undefined ? [] : [{ ...entry, held }],
        );
      };
      await run.workers.start(() => run.succeeds(read));
    }
    await run.workers.idle();
  }

  async #delete(run: EngineRun, entries: readonly Entry[], options: EngineOptions): Promise<void> {
    for (const entry of entries.toReversed()) {
      if (!isTargeted(entry.name, options)) continue;
      const remove = async (): Promise<void> => {
        if (!run.mayGoOn()) return;
        await new Steps(run.run, entry.kind).delete(entry.held);
        run.note(`delete ${entry.name}`);
        if (!run.isOver()) this.state = this.state.filter((each) => each !== entry);
      };
      await run.workers.start(() => run.succeeds(remove));
    }
    await run.workers.idle();
  }

  /** A resource that had another name before is the same. */
  #rename({ kind, name, options: { aliases = [] } }: Declaration): void {
    if (this.entry(name, kind) !== undefined) return;
    const before = this.state.find((entry) => entry.kind === kind && !entry.isDoomed && aliases.includes(entry.name));
    this.state = this.state.map((entry) => (entry === before ? { ...entry, name } : entry));
  }
}

/** What a resource needs. */
interface Step {
  readonly what: string;
  readonly take: () => Promise<void>;
}

/** What the parts of one run share. */
class EngineRun {
  readonly errors: string[] = [];
  readonly steps: string[] = [];
  readonly workers: Workers;

  constructor(
    readonly run: Run,
    private readonly options: EngineOptions,
  ) {
    this.workers = new Workers(options.parallel ?? 8);
  }

  /** Whether the run was killed. */
  isOver(): boolean {
    return this.run.isOver();
  }

  /** Whether anything more is begun. */
  mayGoOn(): boolean {
    return !this.isOver() && (this.errors.length === 0 || this.options.continueOnError === true);
  }

  note(what: string): void {
    if (!what.startsWith("same ")) this.steps.push(what);
  }

  /** Does something; an error is told to the user, unless nobody hears it any more. */
  async succeeds(work: () => Promise<void>): Promise<boolean> {
    return (await this.attempt(() => work().then(() => true))) ?? false;
  }

  /** The same for what gives a value; `undefined` where it failed. */
  async attempt<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!this.isOver()) this.errors.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }
}

function key(kind: Kind, name: string): string {
  return `${kind}::${name}`;
}

function isSame(entry: Entry, kind: Kind, name: string): boolean {
  return !entry.isDoomed && entry.kind === kind && entry.name === name;
}

function isTargeted(name: string, { target, exclude }: EngineOptions): boolean {
  return target?.includes(name) !== false && exclude?.includes(name) !== true;
}
