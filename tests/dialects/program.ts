import type { Props } from "../support/plugin";

/** What a program declares of one file, in the words of a ManagedFile or of an entry of a FileLayout. */
export interface Declared {
  readonly path: string;
  readonly visibility: "PUBLIC" | "PRIVATE";
  readonly source?: Props;
  readonly deletionPolicy?: "DELETE" | "RETAIN";
  /** Whether it is a rule of a FileLayout that says this of a file, which is itself not declared. */
  readonly byRule?: boolean;
}

/** All that a program declares, by name. */
export type Program = Readonly<Record<string, Declared>>;

/** A program in which some declarations are others; `undefined` takes one out. */
export function changed(program: Program, changes: Readonly<Record<string, Partial<Declared> | undefined>>): Program {
  const next: Record<string, Declared> = { ...program };
  for (const [name, change] of Object.entries(changes)) {
    const before = program[name];
    if (change === undefined) Reflect.deleteProperty(next, name);
    else if (before !== undefined) next[name] = { ...before, ...change };
  }
  return next;
}
