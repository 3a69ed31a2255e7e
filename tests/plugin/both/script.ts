import fc from "fast-check";
import type { Kill } from "../../support/front-door";

/** A change that the author of a program makes; numbers choose among what is there by then. */
export interface Change {
  readonly what: "adopt" | "copy" | "upload" | "visibility" | "content" | "remove" | "policy" | "rename" | "turn";
  readonly which: number;
  readonly to: number;
  readonly flag: boolean;
}

/** Changes of the program and in the bucket, and one `up` that may be cut short, limited, or meet a fault. */
export interface Step {
  readonly edits: readonly {
    readonly what: "move" | "visibility" | "stranger";
    readonly which: number;
    readonly to: number;
  }[];
  readonly changes: readonly Change[];
  /** Files that trade places. */
  readonly order: readonly number[];
  readonly parallel: number;
  readonly refresh: boolean;
  readonly kill: Kill | undefined;
  /** A bit for each declaration. */
  readonly target: number | undefined;
  readonly fault: { readonly op: string; readonly skip: number; readonly phase: "before" | "after" } | undefined;
}

/** One run of the model. */
export interface Script {
  readonly files: readonly { readonly at: number; readonly isPublic: boolean }[];
  readonly layouts: number;
  readonly layoutsFirst: boolean;
  readonly steps: readonly Step[];
}

const number = fc.nat({ max: 60 });
const phase = fc.constantFrom("before" as const, "after" as const);

const change = (...what: Change["what"][]): fc.Arbitrary<Change> =>
  fc.record({ what: fc.constantFrom(...what), which: number, to: number, flag: fc.boolean() });

const sometimes = <Value>(value: fc.Arbitrary<Value>, freq: number): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq });

const run = {
  order: fc.array(number, { maxLength: 6 }),
  parallel: fc.constantFrom(8, 1, 2),
  refresh: fc.boolean(),
  kill: sometimes(fc.record({ at: fc.nat({ max: 12 }), phase }), 1),
};

/** The first `up`, of three files and more. */
const beginning: fc.Arbitrary<Step> = fc.record({
  ...run,
  edits: fc.constant([]),
  changes: fc.array(change("adopt", "adopt", "copy", "upload", "visibility"), { minLength: 4, maxLength: 12 }),
  target: fc.constant(undefined),
  fault: fc.constant(undefined),
});

const later: fc.Arbitrary<Step> = fc.record({
  ...run,
  edits: fc.array(
    fc.record({
      what: fc.constantFrom("move" as const, "visibility" as const, "stranger" as const),
      which: number,
      to: number,
    }),
    { maxLength: 1 },
  ),
  changes: fc.array(change("adopt", "copy", "upload", "visibility", "content", "remove", "policy", "rename", "turn"), {
    maxLength: 4,
  }),
  target: sometimes(number, 1),
  fault: sometimes(
    fc.record({
      op: fc.constantFrom("moveFiles", "patchFile", "upload", "copyFiles", "deleteFile", "*"),
      skip: fc.nat({ max: 4 }),
      phase,
    }),
    2,
  ),
});

/** Random scripts. */
export const scripts: fc.Arbitrary<Script> = fc.record({
  files: fc.uniqueArray(fc.record({ at: fc.nat({ max: 11 }), isPublic: fc.boolean() }), {
    minLength: 5,
    maxLength: 9,
    selector: ({ at }) => at,
  }),
  layouts: fc.integer({ min: 1, max: 2 }),
  layoutsFirst: fc.boolean(),
  steps: fc.tuple(beginning, fc.array(later, { maxLength: 2 })).map(([first, rest]) => [first, ...rest]),
});
