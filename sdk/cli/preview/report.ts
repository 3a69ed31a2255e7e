import { marksOf, type Effect, type Mark, type Plan } from "../../../provider/model/effects";

/** What becomes of one file, and by which declaration. */
export interface Row extends Effect {
  readonly bucket: string;
  /** The declaration's name in the program. */
  readonly name: string;
}

/** Something that a person is to know beside what becomes of files. */
export interface Remark {
  readonly kind: "refusal" | "warning" | "note";
  /** The declaration's name; `undefined` where it is about the run. */
  readonly name?: string | undefined;
  readonly text: string;
}

/** What a preview came to. */
export interface Report {
  readonly buckets: readonly { readonly name: string; readonly rows: readonly Row[] }[];
  readonly remarks: readonly Remark[];
  readonly requests: { readonly count: number; readonly exact: boolean };
  /** Whether Pulumi itself ended with an error. */
  readonly failed: boolean;
}

/** Puts together what was gathered: by bucket, each file once. */
export function reportOf(
  plans: readonly Plan[],
  deletions: readonly Plan[],
  remarks: readonly Remark[],
  failed: boolean,
): Report {
  const rows = plans.flatMap(rowsOf);
  // A file whose declaration goes stays where another declaration takes it over.
  const taken = new Set(
    rows.filter(({ taken }) => taken === true).map(({ bucket, from = "" }) => `${bucket}\0${from}`),
  );
  const gone = deletions.flatMap(rowsOf).filter(({ bucket, from = "" }) => !taken.has(`${bucket}\0${from}`));
  const all = [...rows, ...gone].filter((row) => !row.name.startsWith("\0"));
  const names = [...new Set(all.map(({ bucket }) => bucket))].sort();
  const notes = plans.flatMap(({ name, note }): Remark[] =>
    note === undefined ? [] : [{ kind: "note", name, text: note }],
  );
  return {
    buckets: names.map((name) => ({ name, rows: all.filter(({ bucket }) => bucket === name) })),
    remarks: [...withoutRepeats(remarks), ...notes],
    requests: {
      count: plans.reduce(
        (sum, { requests }) => sum + requests.count,
        gone.filter(({ way }) => way === "deleted").length,
      ),
      exact: plans.every(({ requests }) => requests.exact),
    },
    failed,
  };
}

function rowsOf({ name, bucket, effects }: Plan): Row[] {
  return effects.map((effect) => ({ ...effect, bucket, name }));
}

/** The same without those that say again, with more or fewer words around it, what one before says. */
function withoutRepeats(remarks: readonly Remark[]): Remark[] {
  const kept: Remark[] = [];
  const plain = (text: string): string => text.replace(/\s+/g, " ").trim();
  for (const remark of remarks) {
    const text = plain(remark.text);
    const isSaid = kept.some((other) => text.includes(plain(other.text)) || plain(other.text).includes(text));
    if (!isSaid) kept.push({ ...remark, text });
  }
  return kept;
}

/** All files of a report. */
export function rowsIn({ buckets }: Report): Row[] {
  return buckets.flatMap(({ rows }) => rows);
}

/** The files that become public, and the new ones of which the program does not say who may see them. */
export function becomingPublic(report: Report): { certain: Row[]; open: Row[] } {
  const rows = rowsIn(report);
  const isNew = ({ way }: Row): boolean => way === "uploaded" || way === "copied";
  return {
    certain: rows.filter((row) => marksOf(row).includes("published")),
    open: rows.filter((row) => isNew(row) && row.after === undefined && row.before === undefined),
  };
}

/** The words for each mark. */
export const LABELS: Readonly<Record<Mark, string>> = {
  published: "published",
  hidden: "hidden",
  moved: "moved",
  renamed: "renamed",
  uploaded: "uploaded",
  copied: "copied",
  deleted: "deleted",
  released: "stays, undeclared",
  "taken over": "taken over",
};

/** How many requests that write an update would send. */
export function requestsText({ requests: { count, exact } }: Report): string {
  return `${exact ? "" : "at least "}${String(count)} ${count === 1 ? "request" : "requests"} that ${count === 1 ? "writes" : "write"}`;
}
