/** What the argument of a value is: a count of reads or milliseconds, a seed, or names of buckets. */
export type ArgumentKind = "lag" | "seed" | "buckets";

/** A switch: what it is about, its values, the default first, and which of them take an argument. */
export interface SwitchDefinition {
  readonly about: string;
  readonly values: readonly string[];
  readonly takes?: Readonly<Record<string, ArgumentKind>>;
}
