import { dialects, presets } from "mediasaur-emulator";
import { seededRandom } from "../../emulator/src/random";
import { coveringArray } from "./covering-array";

/** A dialect under test. */
export interface Cell {
  /** What it is called in the suite and in docs/dialects.md. */
  readonly name: string;
  readonly dialect: Record<string, string>;
  /** Faults without which the dialect would not show. */
  readonly faults?: Record<string, unknown>[];
}

const SWITCHES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(dialects).map(([name, { values }]) => [name, values]),
);

/** The switches of which two together may mean more than each alone. */
const INTERACTING = [
  "object.path",
  "list.filter",
  "list.rows",
  "upload.answer",
  "upload.conflict",
  "copy.target",
  "copy.answer",
  "copy.conflict",
  "move.id",
  "consistency",
];

/** The seed of the random combinations. */
export const SEED_OF_CHANCE = 20_260;

/** One cell a preset. */
export function presetCells(): Cell[] {
  return Object.keys(presets).map((preset) => ({ name: preset, dialect: { preset, ...seen(preset) } }));
}

function seen(preset: string): Record<string, string> {
  const scope = (presets as Record<string, { switches: Record<string, string> }>)[preset]?.switches["key.scope"];
  return scope === undefined ? {} : { "key.scope": withArgument(scope) };
}

/** One cell for each value of each switch that is not the default, all others at their default. */
export function singleCells(): Cell[] {
  return Object.entries(SWITCHES).flatMap(([name, values]) =>
    values.slice(1).map((value) => ({
      name: `${name}=${value}`,
      dialect: { ...COMPANIONS[name], [name]: withArgument(value) },
      ...(name === "rate.headers" ? { faults: [LIMIT] } : {}),
    })),
  );
}

/** Switches that tell something only together with another. */
const COMPANIONS: Readonly<Record<string, Record<string, string>>> = {
  "upload.token": { "upload.bucket_field": "token_only" },
  "upload.token_prefix": { "upload.bucket_field": "token_only" },
};

const LIMIT = { op: "listFiles", skip: 8, times: 1, phase: "before", kind: "rate_limit", args: { retry_after: 1 } };

/** Cells in which every two values of the switches that interact meet. */
export function pairwiseCells(): Cell[] {
  const rows = coveringArray(Object.fromEntries(INTERACTING.map((name) => [name, SWITCHES[name] ?? []])));
  return rows.map((row, index) => ({ name: `pairwise ${String(index + 1)}`, dialect: { ...row } }));
}

/** Random combinations of all switches, each at its default three times in four. The same for the same seed. */
export function randomCells(count: number, seed = SEED_OF_CHANCE): Cell[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const picked = Object.entries(SWITCHES).flatMap(([name, values]) => {
      const isOther = random() < 0.25;
      const value = values[1 + Math.floor(random() * (values.length - 1))] ?? "";
      return isOther ? [[name, withArgument(value)]] : [];
    });
    const dialect = Object.fromEntries(picked) as Record<string, string>;
    // Where a file's place is told as a directory and a name, a name can't be a mere label.
    if (dialect["object.path"]?.startsWith("directory") && dialect["patch.name"] === "label_only")
      delete dialect["patch.name"];
    return { name: `random ${String(seed)}/${String(index + 1)}`, dialect };
  });
}

/** The part of some cells that one of several test files has. */
export function part(cells: readonly Cell[], index: number, of: number): Cell[] {
  return cells.filter((_, position) => position % of === index - 1);
}

/** A key that sees a part of the buckets sees those of the program here; which it does not see is another matter. */
function withArgument(value: string): string {
  return value.startsWith("subset_") ? `${value}:media+originals` : value;
}
