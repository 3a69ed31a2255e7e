import type { Lag } from "./dialect/arguments";
import type { FileRow } from "./store/rows";
import type { Store } from "./store/store";
import type { StaleView } from "./store/view";

/** A change of one file: as it was, as it is; undefined for one that isn't there. */
export interface Change {
  readonly before: FileRow | undefined;
  readonly after: FileRow | undefined;
  /** Which write it was part of, counted from 1. */
  readonly write: number;
  readonly at: number;
  /** How many lists, and how many reads of this file, there have been since. */
  lists: number;
  details: number;
}

const CAPACITY = 2000;

/** The latest changes that requests have made, so that readers can be shown how things were before. */
export class History {
  #changes: Change[] = [];
  #writes = 0;
  #recording = false;

  constructor(
    store: Store,
    private readonly now: () => number,
  ) {
    store.onChange = (before, after) => {
      if (!this.#recording) return;
      this.#changes.push({ before, after, write: this.#writes + 1, at: this.now(), lists: 0, details: 0 });
    };
  }

  /** Runs a request's work, and remembers what it changes; what throws changes nothing. */
  record<Result>(work: () => Result): Result {
    const known = this.#changes.length;
    this.#recording = true;
    try {
      return work();
    } catch (error) {
      this.#changes.length = known;
      throw error;
    } finally {
      this.#recording = false;
      if (this.#changes.length > known) this.#writes++;
      if (this.#changes.length > CAPACITY) this.#changes = this.#changes.slice(-CAPACITY / 2);
    }
  }

  /** Counts a list. */
  countList(): void {
    for (const change of this.#changes) change.lists++;
  }

  /** Counts a read of a file. */
  countDetail(isMeant: (file: FileRow) => boolean): void {
    for (const change of this.#about(isMeant)) change.details++;
  }

  /** The changes that lists don't show yet. */
  unlisted(lag: Lag): readonly Change[] {
    return this.#changes.filter((change) => this.#isYoung(change, lag, change.lists));
  }

  /** The changes of a file that reads of it don't show yet. */
  undetailed(lag: Lag, isMeant: (file: FileRow) => boolean): readonly Change[] {
    return this.#about(isMeant).filter((change) => this.#isYoung(change, lag, change.details));
  }

  /** The changes of the latest writes, or of the latest milliseconds; of one file, where one is meant. */
  latest(
    span: { readonly writes: number } | { readonly ms: number },
    isMeant?: (file: FileRow) => boolean,
  ): readonly Change[] {
    const changes = isMeant === undefined ? this.#changes : this.#about(isMeant);
    if ("ms" in span) return changes.filter(({ at }) => this.now() < at + span.ms);
    const writes = [...new Set(changes.map(({ write }) => write))].slice(-span.writes || Infinity);
    return changes.filter(({ write }) => writes.includes(write));
  }

  clear(): void {
    this.#changes = [];
    this.#writes = 0;
  }

  #about(isMeant: (file: FileRow) => boolean): Change[] {
    return this.#changes.filter(({ before, after }) =>
      [before, after].some((file) => file !== undefined && isMeant(file)),
    );
  }

  #isYoung({ at }: Change, lag: Lag, seen: number): boolean {
    return "ms" in lag ? this.now() < at + lag.ms : seen < lag.reads;
  }
}

/** The files as they were before some changes, given in the order in which they were made. */
export function viewBefore(changes: readonly Change[]): StaleView {
  const files = new Map<number, FileRow | undefined>();
  for (const { before, after } of changes) {
    const seq = (before ?? after)?.seq ?? 0;
    if (!files.has(seq)) files.set(seq, before);
  }
  return { files };
}
