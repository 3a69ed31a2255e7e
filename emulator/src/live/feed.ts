import { randomBytes } from "node:crypto";
import type { Journal, JournalEntry } from "../journal/journal";
import type { Store } from "../store/store";
import { briefEntry, briefFile, type BriefEntry, type BriefFile } from "./rows";
import type { Watch } from "./watch";

/** What has happened since the last message, in little room. */
export interface LiveMessage {
  /** Other than before: it is another emulator, and all that was known of it is void. */
  readonly run: string;
  /** So much has changed that all is to be asked for again. */
  readonly everything?: true;
  readonly buckets?: readonly string[];
  readonly put?: readonly BriefFile[];
  readonly gone?: readonly string[];
  readonly requests?: readonly BriefEntry[];
  /** The journal was emptied before these requests. */
  readonly cleared?: true;
  /** Dialect, faults, clock or marks are others. */
  readonly settings?: true;
}

const PAUSE_MS = 80;
const MOST_FILES = 2000;
const MOST_REQUESTS = 2000;

/** Gathers what happens, and tells those who listen some times a second. While nobody does, it costs nothing. */
export class Feed {
  readonly run = randomBytes(6).toString("hex");
  readonly #listeners = new Set<(message: LiveMessage) => void>();
  readonly #touched = new Set<string>();
  #entries = new Map<number, JournalEntry>();
  #isEverything = false;
  #isCleared = false;
  #isSettings = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: Store,
    watch: Watch,
    journal: Journal,
  ) {
    watch.onTouch = (...ids) => {
      this.#later(() => {
        for (const id of ids) this.#touched.add(id);
        if (this.#touched.size > MOST_FILES) this.#isEverything = true;
      });
    };
    journal.onEntry = (entry) => {
      this.#later(() => {
        this.#entries.set(entry.seq, entry);
        if (this.#entries.size > MOST_REQUESTS) this.#isEverything = true;
      });
    };
    journal.onClear = () => {
      this.#later(() => {
        this.#entries.clear();
        this.#isCleared = true;
      });
    };
  }

  /** Listens from now on; gives what ends it. */
  listen(listener: (message: LiveMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The files have become others, all of them. */
  everything(): void {
    this.#later(() => (this.#isEverything = true));
  }

  /** Dialect, faults, clock or marks have become others. */
  settings(): void {
    this.#later(() => (this.#isSettings = true));
  }

  #later(note: () => void): void {
    if (this.#listeners.size === 0) return;
    note();
    this.#timer ??= setTimeout(() => {
      this.#flush();
    }, PAUSE_MS).unref();
  }

  #flush(): void {
    this.#timer = undefined;
    const message = this.#message();
    this.#touched.clear();
    this.#entries = new Map();
    this.#isEverything = this.#isCleared = this.#isSettings = false;
    for (const listener of this.#listeners) listener(message);
  }

  #message(): LiveMessage {
    const { run } = this;
    if (this.#isEverything) return { run, everything: true };
    const requests = [...this.#entries.values()].map(briefEntry);
    return {
      run,
      buckets: this.store.buckets.all().map(({ name }) => name),
      ...(this.#touched.size === 0 ? {} : this.#files()),
      ...(requests.length === 0 ? {} : { requests }),
      ...(this.#isCleared ? { cleared: true } : {}),
      ...(this.#isSettings ? { settings: true } : {}),
    };
  }

  /** What has become of the files that were touched: looked up now, so that nothing is told that was taken back. */
  #files(): Pick<LiveMessage, "put" | "gone"> {
    const { store } = this;
    const found = [...this.#touched].map((id) => ({ id, file: store.file(id) }));
    const put = found.flatMap(({ file }) => (file === undefined ? [] : [file]));
    // A newer version at its path hides a file that was not touched itself.
    const hidden = new Set(
      [...new Set(put.map(({ bucket }) => bucket))]
        .flatMap((bucket) => store.hiddenVersions(bucket))
        .map(({ id }) => id),
    );
    return {
      put: put.filter(({ id }) => !hidden.has(id)).map(briefFile),
      gone: [...found.filter(({ file }) => file === undefined).map(({ id }) => id), ...hidden],
    };
  }
}
