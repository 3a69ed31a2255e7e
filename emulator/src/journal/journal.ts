import { cutBody, redactText, weightOf } from "./cut";

/** A file before or after a request. */
export interface ChangedFile {
  readonly path: string;
  readonly visibility: "PUBLIC" | "PRIVATE";
  readonly size: number;
}

/** What a request did to a file: null before one that is new, null after one that is deleted. */
export interface JournalChange {
  readonly id: string;
  readonly bucket: string;
  readonly before: ChangedFile | null;
  readonly after: ChangedFile | null;
}

/** A request to the API, as the journal keeps it. Keys and tokens are cut out, and what is long is cut off. */
export interface JournalEntry {
  readonly seq: number;
  readonly method: string;
  readonly path: string;
  readonly query: unknown;
  /** The operation's name, or null where no operation is at that address. */
  readonly operation: string | null;
  /** Null while the request is under way, and where the connection was cut in place of an answer. */
  status: number | null;
  bytes_in: number;
  bytes_out: number;
  readonly started_ms: number;
  ended_ms: number | null;
  /** The body of a JSON request; bucket, path and size of an upload. */
  body: unknown;
  /** What was answered; of a file's bytes only what they are. Absent where the journal had no room for it any more. */
  answer?: unknown;
  /** The kind of fault that happened to it, if any. */
  fault: string | null;
  /** The switches that were not at their default. */
  dialect: Readonly<Record<string, string>>;
  /** The paths that it concerned, the first twenty. */
  paths: readonly string[];
  /** What it did to files, the first two hundred. */
  changes: readonly JournalChange[];
  /** How many files it changed. */
  changed: number;
  /** `page` for what was done by hand on the emulator's page. */
  readonly by: "page" | null;
}

/** What is known of a request when it arrives. */
export type ArrivedRequest = Pick<JournalEntry, "method" | "path" | "query" | "operation" | "bytes_in" | "by">;

const CAPACITY = 100_000;
const MOST_CHANGES = 200;
const MOST_PATHS = 20;
const LARGEST_ANSWER = 16 * 1024;
/** Bytes, roughly: of all entries without their answers, and of the answers. */
const ENTRIES_WEIGHT = 128 * 2 ** 20;
const ANSWERS_WEIGHT = 32 * 2 ** 20;

interface Kept {
  readonly entry: JournalEntry;
  weight: number;
  answerWeight: number;
}

/** The latest requests, oldest first. It holds so many and no more, in number and in bytes. */
export class Journal {
  #kept: Kept[] = [];
  readonly #bySeq = new Map<number, Kept>();
  #seq = 0;
  #weight = 0;
  #answersWeight = 0;
  /** Told of every entry that is new or has changed. */
  onEntry: ((entry: JournalEntry) => void) | undefined;
  /** Told when it has been emptied. */
  onClear: (() => void) | undefined;

  /** Enters a request that has just arrived. */
  begin(request: ArrivedRequest): JournalEntry {
    const entry: JournalEntry = {
      seq: ++this.#seq,
      ...request,
      path: cutBody(request.path) as string,
      query: cutBody(request.query),
      status: null,
      bytes_out: 0,
      started_ms: exactNow(),
      ended_ms: null,
      body: null,
      fault: null,
      dialect: {},
      paths: [],
      changes: [],
      changed: 0,
    };
    const kept = { entry, weight: 400 + weightOf(entry.path) + weightOf(entry.query), answerWeight: 0 };
    this.#kept.push(kept);
    this.#bySeq.set(entry.seq, kept);
    this.#weigh(kept.weight, 0);
    this.onEntry?.(entry);
    return entry;
  }

  /** Notes the body of a request. */
  body(entry: JournalEntry, body: unknown): void {
    entry.body = cutBody(body);
    this.#add(entry, weightOf(entry.body), 0);
  }

  /** Notes what a request was answered with. */
  answer(entry: JournalEntry, answer: unknown): void {
    const cut = cutBody(answer, LARGEST_ANSWER);
    entry.answer = cut;
    this.#add(entry, 0, weightOf(cut));
  }

  /** Notes which paths a request concerned. */
  concern(entry: JournalEntry, paths: readonly string[]): void {
    entry.paths = [...new Set(paths)].slice(0, MOST_PATHS).map(redactText);
    this.#add(entry, weightOf(entry.paths), 0);
  }

  /** Notes what a request did to files. */
  changes(entry: JournalEntry, changes: readonly JournalChange[]): void {
    entry.changed += changes.length;
    const shown = (file: ChangedFile | null): ChangedFile | null => file && { ...file, path: redactText(file.path) };
    const more = changes
      .slice(0, MOST_CHANGES - entry.changes.length)
      .map((change) => ({ ...change, before: shown(change.before), after: shown(change.after) }));
    entry.changes = [...entry.changes, ...more];
    this.#add(entry, weightOf(more), 0);
  }

  /** Notes when a request has ended. */
  end(entry: JournalEntry): void {
    entry.ended_ms = exactNow();
    this.onEntry?.(entry);
  }

  /** The number of the latest request; 0 before the first. */
  get last(): number {
    return this.#seq;
  }

  /** The requests after a given one. */
  since(seq: number): readonly JournalEntry[] {
    return this.#kept.filter(({ entry }) => entry.seq > seq).map(({ entry }) => entry);
  }

  /** One request, where it is still kept. */
  get(seq: number): JournalEntry | undefined {
    return this.#bySeq.get(seq)?.entry;
  }

  clear(): void {
    this.#kept = [];
    this.#bySeq.clear();
    this.#weight = 0;
    this.#answersWeight = 0;
    this.onClear?.();
  }

  #add(entry: JournalEntry, weight: number, answerWeight: number): void {
    const kept = this.#bySeq.get(entry.seq);
    // One that was dropped meanwhile weighs nothing here.
    if (kept === undefined) return;
    kept.weight += weight;
    kept.answerWeight += answerWeight;
    this.#weigh(weight, answerWeight);
  }

  /** Takes more in, and drops the oldest where that is too much: in bulk, as one at a time is slow. */
  #weigh(weight: number, answerWeight: number): void {
    this.#weight += weight;
    this.#answersWeight += answerWeight;
    if (this.#answersWeight > ANSWERS_WEIGHT) {
      for (const kept of this.#kept) {
        if (this.#answersWeight <= ANSWERS_WEIGHT * 0.75) break;
        if (kept.answerWeight === 0) continue;
        delete kept.entry.answer;
        this.#answersWeight -= kept.answerWeight;
        kept.answerWeight = 0;
      }
    }
    if (this.#kept.length <= CAPACITY * 1.1 && this.#weight <= ENTRIES_WEIGHT) return;
    let dropped = 0;
    while (
      this.#kept.length - dropped > 1 &&
      (this.#kept.length - dropped > CAPACITY || this.#weight > ENTRIES_WEIGHT * 0.9)
    ) {
      const kept = this.#kept[dropped++] as Kept;
      this.#bySeq.delete(kept.entry.seq);
      this.#weight -= kept.weight;
      this.#answersWeight -= kept.answerWeight;
    }
    this.#kept = this.#kept.slice(dropped);
  }
}

function exactNow(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000) / 1000;
}
