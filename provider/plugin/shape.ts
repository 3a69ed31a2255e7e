import type { Raw } from "../adapter/kinds";

/** How one kind of resource looks in the schema, beside how `resources` sees it. */
export interface Shape {
  /** The inputs that a program can set. */
  readonly inputs: readonly string[];
  /** Which outputs follow from which input, so that they are secret where it is. */
  readonly follows: Readonly<Record<string, readonly string[]>>;
  /** What a program of another language can't have, by property. */
  refusals(news: Raw): { property: string; reason: string }[];
  /** Inputs as `resources` takes them. */
  inward(inputs: Raw): Raw;
  /** What `resources` keeps as state, as outputs. */
  outward(state: Raw, news: Raw): Raw;
  /** State as `resources` takes it. */
  stateInward(outputs: Raw): Raw;
  /** Inputs that `resources` found, as the program would write them. */
  found(inputs: Raw, before: Raw): Raw;
  /** What a preview can say of the outputs; what it can't is unknown. */
  preview(news: Raw, before: Raw | undefined): Raw;
  /** Whether outputs are of a resource that was read before, and not only what a program gave beside an id. */
  isState(outputs: Raw): boolean;
}
