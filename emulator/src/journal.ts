/** A request to the API, as the journal keeps it. Keys and tokens are cut out. */
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
  /** The kind of fault that happened to it, if any. */
  fault: string | null;
}

const CAPACITY = 100_000;

/** The latest requests, oldest first. */
export class Journal {
  #entries: JournalEntry[] = [];
  #seq = 0;

  /** Enters a request that has just arrived. */
  begin(request: Pick<JournalEntry, "method" | "path" | "query" | "operation" | "bytes_in">): JournalEntry {
    const entry: JournalEntry = {
      seq: ++this.#seq,
      ...request,
      path: redact(request.path) as string,
      query: redact(request.query),
      status: null,
      bytes_out: 0,
      started_ms: exactNow(),
      ended_ms: null,
      body: null,
      fault: null,
    };
    this.#entries.push(entry);
    // Dropped in bulk, as taking one from the front of a long array each time is slow.
    if (this.#entries.length > CAPACITY * 1.1) this.#entries = this.#entries.slice(-CAPACITY);
    return entry;
  }

  /** Notes when a request has ended. */
  end(entry: JournalEntry): void {
    entry.ended_ms = exactNow();
  }

  /** The requests after a given one. */
  since(seq: number): readonly JournalEntry[] {
    return this.#entries.filter((entry) => entry.seq > seq).slice(-CAPACITY);
  }

  clear(): void {
    this.#entries = [];
  }
}

/** A copy in which nothing that looks like a key, a token or a signature is left. */
export function redact(value: unknown): unknown {
  if (typeof value === "string") {
    return value
      .replace(/\bsk_[A-Za-z0-9_-]+/g, "sk_[redacted]")
      .replace(/\btoken_[A-Za-z0-9_.-]{20,}/g, "token_[redacted]")
      .replace(/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g, "[redacted]");
  }
  if (Array.isArray(value)) return value.map(redact);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, /^signature$/i.test(key) ? "[redacted]" : redact(field)]),
  );
}

function exactNow(): number {
  return Math.round((performance.timeOrigin + performance.now()) * 1000) / 1000;
}
