import type { Program } from "./program";

/** A kind of resource under the scenario: whatever brings declared files to where they are declared. */
export interface Subject {
  /**
   * Whether it is one resource for the whole program, which plans all files at once and looks at what is there at every `up`: then
   * the scenario asks for more.
   */
  readonly isWhole: boolean;
  /** `pulumi up`, in a process that knows nothing of the runs before. Gives the errors, one line each. */
  up(program: Program): Promise<string[]>;
  /** `pulumi refresh`, in a process of its own. Gives the errors. */
  refresh(): Promise<string[]>;
  /** `pulumi preview`, in a process of its own: the declarations that it shows a change of. */
  preview(program: Program): Promise<string[]>;
}
