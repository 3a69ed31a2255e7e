import type { ChangedFile, Journal, JournalChange, JournalEntry } from "../journal/journal";
import type { FileRow } from "../store/rows";
import type { Store } from "../store/store";

/** Sees which files change, and by which request. */
export class Watch {
  #changes: JournalChange[] | undefined;
  /** Told the ids of files that may have changed: what a transaction took back is among them. */
  onTouch: ((...ids: string[]) => void) | undefined;

  constructor(
    store: Store,
    private readonly journal: Journal,
  ) {
    const told = store.onChange;
    store.onChange = (before, after) => {
      told?.(before, after);
      const id = (after ?? before)?.id ?? "";
      this.onTouch?.(id, before?.id ?? id);
      this.#changes?.push({
        id,
        bucket: (after ?? before)?.bucket ?? "",
        before: asChanged(before),
        after: asChanged(after),
      });
    };
  }

  /** Runs a request's work, and enters in the journal what it changes; what throws changes nothing. */
  during<Result>(entry: JournalEntry, work: () => Result): Result {
    const changes: JournalChange[] = [];
    this.#changes = changes;
    try {
      const result = work();
      if (changes.length > 0) this.journal.changes(entry, merged(changes));
      return result;
    } finally {
      this.#changes = undefined;
    }
  }
}

/** One change a file, from how it was at first to how it is in the end. */
function merged(changes: readonly JournalChange[]): readonly JournalChange[] {
  const byId = new Map<string, JournalChange>();
  for (const change of changes) {
    const first = byId.get(change.id);
    byId.set(change.id, first === undefined ? change : { ...change, before: first.before });
  }
  return [...byId.values()].filter(({ before, after }) => before !== null || after !== null);
}

function asChanged(file: FileRow | undefined): ChangedFile | null {
  return file === undefined ? null : { path: file.path, visibility: file.visibility, size: file.size };
}
