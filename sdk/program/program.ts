import * as pulumi from "@pulumi/pulumi";
import { readHeld } from "./held-by-state";
import { options } from "./pulumi-internals";

/** A declaration of this program: its kind, and its identity. */
export type DeclarationKey = `${"ManagedFile" | "FileLayout"} ${string}`;

/** What is to be done when the program has nothing more to do. */
export interface AtEnd {
  /** Registers what reports. The program sees what comes of it, and may declare more. */
  report(notes: string): void;
  /** Registers what deletes and publishes, if there is such a thing. The program sees nothing of it. */
  sweep(notes: string): pulumi.Resource | undefined;
}

/** What a program has declared so far, and what is to be done at its end. All copies of this package that a program loads share it. */
export class Program {
  /** By declaration: where the resource is in the stack; known once it is registered. */
  readonly #declared = new Map<DeclarationKey, string | undefined>();
  readonly #paths = new Set<string>();
  readonly #reports: AtEnd[] = [];
  readonly #sweeps: AtEnd[] = [];
  #hasEnded = false;

  /**
   * Takes note of a declaration, before it is registered.
   *
   * @throws pulumi.RunError where the program has ended: what it declares then could not be told from undeclared files any more
   */
  declare(key: DeclarationKey): void {
    if (this.#hasEnded) {
      const [kind = "", name = ""] = key.split(" ", 2);
      throw new pulumi.RunError(
        `${kind} "${name.slice(name.lastIndexOf("$") + 1)}" is declared when the program has ended, and undeclared files have been dealt ` +
          `with. Declare it before: what waits for a "beforeExit" of the process comes too late.`,
      );
    }
    this.#declared.set(key, undefined);
  }

  /** Takes note of a path that is declared; one that is not known yet counts once it is. */
  declarePath(path: pulumi.Input<string>): void {
    if (typeof path === "string") this.#paths.add(path);
    else if (pulumi.Output.isInstance(path)) path.apply((known) => this.#paths.add(known));
  }

  /** Takes note of where a declaration is in the stack. */
  registered(key: DeclarationKey, urn: pulumi.Output<string>): void {
    urn.apply((known) => this.#declared.set(key, known));
  }

  /** Every declaration so far. */
  get roster(): DeclarationKey[] {
    return [...this.#declared.keys()];
  }

  /** Where the declarations are in the stack, as far as they are registered. */
  get urns(): Set<string> {
    return new Set([...this.#declared.values()].filter((urn) => urn !== undefined));
  }

  /** The paths that are declared and known so far. */
  get paths(): string[] {
    return [...this.#paths];
  }

  /**
   * What can be said of undeclared files before the program has ended, as notes for the provider: the paths that are declared by the
   * time that the program first waits for something, and the files that state holds. Only for refusing too many deletions early.
   */
  async soFar(): Promise<string> {
    try {
      const held = (await readHeld()).flatMap(({ files }) => files);
      return JSON.stringify({ declaredSoFar: [...this.#paths], held });
    } catch {
      return "{}";
    }
  }

  /** Asks for something at the end of the program; answers whether it is the first to ask. */
  atEnd(what: AtEnd): boolean {
    this.#reports.push(what);
    this.#sweeps.push(what);
    return this.#sweeps.length === 1;
  }

  /** Whether anything is still to report. */
  get hasReports(): boolean {
    return this.#reports.length > 0;
  }

  /** What is still to report: each is given once. */
  takeReports(): AtEnd[] {
    return this.#reports.splice(0);
  }

  /** What is to sweep: each is given once. */
  takeSweeps(): AtEnd[] {
    return this.#sweeps.splice(0);
  }

  /** From now on nothing can be declared. */
  end(): void {
    this.#hasEnded = true;
  }
}

/** By the program's stack: with Automation API one process runs many programs, and each of them many times. */
const PROGRAMS = Symbol.for("pulumi-mediasaur: programs, version 1");

/**
 * The program that runs. There is none in a unit test with Pulumi's mocks, where nothing is ever registered.
 */
export function currentProgram(): Program | undefined {
  const stack = pulumi.runtime.getStackResource();
  if (stack === undefined || isMocked()) return undefined;
  const shared = globalThis as { [PROGRAMS]?: WeakMap<object, Program> | undefined };
  const programs = (shared[PROGRAMS] ??= new WeakMap<object, Program>());
  let program = programs.get(stack);
  if (program === undefined) programs.set(stack, (program = new Program()));
  return program;
}

/** Pulumi's mocks answer in the place of an engine. */
function isMocked(): boolean {
  return options()?.monitorAddr === "mock";
}
