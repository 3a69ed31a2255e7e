import { changesService, MARKS, marksOf, type Effect, type Mark, type Plan } from "./effects";

/** How many files of a layout are told by name, beside those that are deleted. */
const NAMED = 5;
const DELETES_NAMED = 50;

/** What a declaration would do, in lines that a person can check. The first begins with the declaration's name. */
export function linesOf(plan: Plan): string[] {
  const { name, resource, effects, note } = plan;
  const open = note === undefined ? [] : [`${name}: ${note}`];
  if (resource === "ManagedFile") return [...effects.map((effect) => `${name}: ${describe(effect)}`), ...open];
  return [...layoutLines(plan), ...open];
}

function layoutLines({ name, effects, requests }: Plan): string[] {
  if (effects.length === 0) return [];
  const told = effects.filter((effect) => changesService(effect) || marksOf(effect).includes("released"));
  const least = requests.exact ? "" : "at least ";
  const work = requests.count === 0 ? "no request that writes" : `${least}${countOf(requests.count, "request")}`;
  const lines = [`${name}: ${countsOf(effects).join(", ")}; ${work}`];
  const rank = (effect: Effect): number => MARKS.indexOf(marksOf(effect)[0] ?? "released");
  const ordered = [...told].sort((a, b) => rank(a) - rank(b));
  const isDeleted = ({ way }: Effect): boolean => way === "deleted";
  const deleted = ordered.filter(isDeleted).slice(0, DELETES_NAMED);
  const others = ordered.filter((effect) => !isDeleted(effect)).slice(0, NAMED);
  const named = ordered.filter((effect) => deleted.includes(effect) || others.includes(effect));
  lines.push(...named.map((effect) => `  ${describe(effect)}`));
  if (ordered.length > named.length) lines.push(`  ... and ${String(ordered.length - named.length)} more`);
  return lines;
}

const WORDS: Readonly<Record<Mark, string>> = {
  published: "published",
  deleted: "deleted",
  hidden: "hidden",
  moved: "moved",
  renamed: "renamed",
  uploaded: "uploaded",
  copied: "copied",
  "taken over": "taken over as they are",
  released: "left in the bucket",
};

/** How many files have each mark, those that none has left out, what becomes public first. */
export function countsOf(effects: readonly Effect[]): string[] {
  return MARKS.flatMap((mark) => {
    const those = effects.filter(
      (effect) => marksOf(effect).includes(mark) && (mark !== "taken over" || !changesService(effect)),
    );
    if (those.length === 0) return [];
    const known = those.flatMap(({ bytes }) => (bytes === undefined ? [] : [bytes]));
    const size = mark === "uploaded" && known.length > 0 ? ` (${sizeText(sum(known))})` : "";
    const words = mark === "taken over" && those.length === 1 ? "taken over as it is" : WORDS[mark];
    return [`${String(those.length)} ${words}${size}`];
  });
}

/** What becomes of one file, in one line. */
export function describe(effect: Effect): string {
  const { way, from = "", fromBucket, to = "", before, after, bytes, taken, replaces } = effect;
  const becomes = after === undefined || after === before ? "" : `, becomes ${after}`;
  const whole = from === to ? "" : from;
  switch (way) {
    case "deleted":
      return `${from} is deleted`;
    case "released":
      return `${from} stays in the bucket`;
    case "copied":
    case "uploaded": {
      const source =
        way === "copied"
          ? ` from ${from}${fromBucket === undefined ? "" : ` in bucket "${fromBucket}"`}`
          : bytes === undefined
            ? ""
            : `, ${sizeText(bytes)}`;
      const instead = replaces === true ? "; the file that it replaces is deleted" : "";
      return `${to} is ${way}${source}${becomes}${instead}`;
    }
    case "kept":
      if (whole !== "") return `${from} -> ${to}${becomes}`;
      if (becomes === "") return taken === true ? `${to} is taken over as it is` : `${to} stays as it is`;
      return taken === true ? `${to} is taken over${becomes}` : `${to}${becomes.slice(1)}`;
  }
}

/** A number of bytes as people write it. */
export function sizeText(bytes: number): string {
  if (bytes < 100_000) return countOf(bytes, "byte");
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value >= 100 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, "")} ${units[unit] ?? ""}`;
}

/** A number of things, in words. */
export function countOf(number: number, thing: string): string {
  return `${String(number)} ${thing}${number === 1 ? "" : "s"}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
