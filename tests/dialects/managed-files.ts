import { managedFile, type Declaration } from "../support/declarations";
import { Engine } from "../support/engine";
import type { Host } from "../support/host";
import type { Program } from "./program";
import type { Subject } from "./subject";

/** A program of ManagedFiles, one after the other, so that counts are the same each time. */
export class ManagedFiles implements Subject {
  readonly isWhole = false;
  readonly #engine: Engine;

  constructor(host: Host) {
    this.#engine = new Engine(host);
  }

  async up(program: Program): Promise<string[]> {
    return [...(await this.#engine.up(declarations(program), { parallel: 1 })).errors];
  }

  async refresh(): Promise<string[]> {
    return [...(await this.#engine.refresh({ parallel: 1 })).errors];
  }

  async preview(program: Program): Promise<string[]> {
    const { errors, steps } = await this.#engine.preview(declarations(program));
    if (errors.length > 0) throw new Error(errors.join("; "));
    return steps.map((step) => step.slice(step.indexOf(" ") + 1));
  }
}

function declarations(program: Program): Declaration[] {
  return Object.entries(program).map(([name, declared]) => managedFile(name, { ...declared }));
}
