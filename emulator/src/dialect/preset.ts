import type { Dialect } from "./dialects";

/** A whole way to answer; a switch that is not named has its default. */
export interface Preset {
  /** In whose manner. */
  readonly about: string;
  readonly switches: Readonly<Partial<Dialect>>;
}
