import { readSwitches } from "./switches-of-reads";
import { writeSwitches } from "./switches-of-writes";

export type { ArgumentKind, SwitchDefinition } from "./switch-definition";

/**
 * Every way in which the service may answer, as data. The first value of a switch is the default. A value in `takes` may be
 * followed by a colon and an argument: `list_lag:3`, `list_lag:500ms`, `random_per_request:7`, `subset_404:media+other`.
 */
export const dialects = { ...readSwitches, ...writeSwitches } as const;

/** The name of a switch. */
export type DialectSwitch = keyof typeof dialects;

type Definition<Name extends DialectSwitch> = (typeof dialects)[Name];
type Taking<Name extends DialectSwitch> =
  Definition<Name> extends { readonly takes: infer Takes } ? keyof Takes : never;

/** What a switch may be set to: one of its values, or one with its argument. */
export type DialectValue<Name extends DialectSwitch> =
  Definition<Name>["values"][number] | `${Taking<Name> & string}:${string}`;

/** One way in which the service may answer: a value for every switch. */
export type Dialect = { readonly [Name in DialectSwitch]: DialectValue<Name> };
