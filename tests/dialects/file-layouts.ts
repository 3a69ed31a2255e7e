import { isDeepStrictEqual } from "node:util";
import { fileLayout, undeclaredFilesSweep, type Declaration } from "../support/declarations";
import { Engine } from "../support/engine";
import type { Host } from "../support/host";
import type { Props } from "../support/plugin";
import type { Declared, Program } from "./program";
import type { Subject } from "./subject";

/** A program that is one FileLayout. */
export class FileLayouts implements Subject {
  readonly isWhole = true;
  readonly #engine: Engine;

  constructor(host: Host) {
    this.#engine = new Engine(host);
  }

  async up(program: Program): Promise<string[]> {
    return told((await this.#engine.up(allOf(program))).errors);
  }

  async refresh(): Promise<string[]> {
    return told((await this.#engine.refresh()).errors);
  }

  /** A change is shown by its properties: those of the files that differ from what the last refresh found. */
  async preview(program: Program): Promise<string[]> {
    const layout = layoutOf(program);
    const { errors, steps } = await this.#engine.preview(allOf(program));
    if (errors.length > 0) throw new Error(errors.join("; "));
    if (steps.length === 0) return [];
    const after = layout.inputs.declared as Props;
    const before = (this.#engine.entry("site")?.held.inputs.declared ?? {}) as Props;
    const changed = Object.keys(after).filter((key) => !isDeepStrictEqual(shown(before[key]), shown(after[key])));
    return changed.length > 0 ? changed : ["the layout itself"];
  }
}

/** Errors without the place in the program: of `declared.hero.path` the last word. */
function told(errors: readonly string[]): string[] {
  return errors.map((error) => error.replace(/^declared\.[^:]*\.(?=\w+: )/, ""));
}

/** A layout of which one policy holds for all files, and a rule for each file that it does not declare. */
function layoutOf(program: Program): Declaration {
  const all = Object.entries(program);
  const ruled = all.filter(([, { byRule }]) => byRule === true);
  const declared = all.filter(([, { byRule }]) => byRule !== true);
  return fileLayout("site", {
    files: Object.fromEntries(
      declared.map(([key, { path, visibility, source }]) => [
        key,
        { path, visibility, ...(source === undefined ? {} : { source }) },
      ]),
    ),
    ...(ruled.length === 0 ? {} : { rules: ruled.map(([, { path, visibility }]) => ({ match: path, visibility })) }),
    deletionPolicy: "DELETE",
  });
}

/** The layout, and what looks after the files that it does not declare. */
function allOf(program: Program): Declaration[] {
  const layout = layoutOf(program);
  return layout.inputs.rules === undefined ? [layout] : [layout, undeclaredFilesSweep("site", ["FileLayout site"])];
}

function shown(file: unknown): unknown {
  const { path, visibility } = (file ?? {}) as Partial<Declared>;
  return { path, visibility };
}
