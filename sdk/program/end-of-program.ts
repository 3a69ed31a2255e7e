import * as pulumi from "@pulumi/pulumi";
import { readHeld, type HeldResource } from "./held-by-state";
import type { Program } from "./program";

/**
 * The last acts of a program, each of them when the program has nothing more to do: first what reports, which the program may wait for;
 * then, when it has nothing more to do again, what deletes and publishes, which nothing can wait for.
 */
export class LastActs {
  #seen = -1;
  #held: readonly HeldResource[] = [];
  #unreadable: string | undefined;
  #settled: "pending" | "done" | "failed" = "pending";
  /** Kept once the program's function has come to its end, whichever. */
  readonly settled: Promise<void>;

  constructor(private readonly program: Program) {
    const stack = pulumi.runtime.getStackResource() as unknown as { outputs?: pulumi.Output<unknown> } | undefined;
    const outputs = stack?.outputs as unknown as { promise?: () => Promise<unknown> } | undefined;
    // Where this is missing, the program is never known to have finished.
    const promise = outputs?.promise?.() ?? new Promise<unknown>(() => undefined);
    this.settled = promise.then(
      () => void (this.#settled = "done"),
      () => void (this.#settled = "failed"),
    );
  }

  /** Whether the program has failed: then nothing is to be done at its end. */
  get hasFailed(): boolean {
    return this.#settled === "failed" || pulumi.log.hasErrors();
  }

  /** Whether the program's function has yet to come to its end. */
  get isRunning(): boolean {
    return this.#settled === "pending";
  }

  /** Whether the next act is the last. */
  get isSweepNext(): boolean {
    return this.#seen === this.program.roster.length && !this.program.hasReports;
  }

  /**
   * The next act; to be called when the program has nothing to do. It sets calls of the engine going.
   *
   * @returns what has been registered for good, once that was the last act
   */
  next(): "looked" | "reported" | pulumi.Resource[] {
    const { length } = this.program.roster;
    if (this.#seen !== length) {
      // What was declared since has been registered by now, so that state can be told from it.
      this.#seen = length;
      void this.#look();
      return "looked";
    }
    const reports = this.program.takeReports();
    if (reports.length > 0) {
      for (const what of reports) what.report(this.#notes());
      return "reported";
    }
    const notes = this.#notes(this.isRunning ? "the program did not finish" : undefined);
    this.program.end();
    return this.program.takeSweeps().flatMap((what) => what.sweep(notes) ?? []);
  }

  async #look(): Promise<void> {
    this.#held = [];
    this.#unreadable = undefined;
    try {
      this.#held = await readHeld();
    } catch (error) {
      this.#unreadable = `the stack's state can't be read (${error instanceof Error ? error.message : String(error)})`;
    }
  }

  #notes(unfinished?: string): string {
    const { roster, urns } = this.program;
    const held = this.#held.filter(({ urn }) => !urns.has(urn)).flatMap(({ files }) => files);
    const incomplete = unfinished ?? this.#unreadable;
    return JSON.stringify({ roster, held, ...(incomplete === undefined ? {} : { incomplete }) });
  }
}
