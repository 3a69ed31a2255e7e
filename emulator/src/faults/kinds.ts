import { answerKinds } from "./answer-kinds";
import { effectKinds } from "./effect-kinds";
import type { FaultKinds } from "./kind";
import { wireKinds } from "./wire-kinds";

/** Every kind of fault. */
export const faultKinds: FaultKinds = { ...wireKinds, ...answerKinds, ...effectKinds };

/** A kind of fault in words. */
export interface FaultKindDescription {
  readonly about: string;
  readonly phases: readonly string[];
  /** `*` for all. */
  readonly operations: readonly string[];
  readonly args: Readonly<Record<string, string>>;
  readonly required: readonly string[];
}

/** The table of the kinds, for those who read it. */
export function describeKinds(): Readonly<Record<string, FaultKindDescription>> {
  return Object.fromEntries(
    Object.entries(faultKinds).map(([name, { about, phases, operations = ["*"], args, required = [] }]) => [
      name,
      {
        about,
        phases,
        operations,
        args: Object.fromEntries(Object.entries(args).map(([arg, type]) => [arg, type.about])),
        required,
      },
    ]),
  );
}
