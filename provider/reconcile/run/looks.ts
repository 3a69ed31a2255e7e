import type { FileInfo, MediasaurClient } from "../../client";

/** What one wants to see as it is now: a file, who holds a path, or both. */
export interface Look {
  readonly id?: string;
  /** Whether a row of a listing tells enough of the file; else the file itself is read. */
  readonly isEnough?: (row: FileInfo) => boolean;
  /** Reads the file itself. */
  readonly read?: () => Promise<FileInfo | undefined>;
  readonly path?: string;
  /** Looks the path up by itself. */
  readonly find?: () => Promise<FileInfo | undefined>;
}

/** What was seen. */
export interface Seen {
  readonly file: FileInfo | undefined;
  readonly holder: FileInfo | undefined;
}

interface Waiting {
  readonly look: Look;
  readonly done: (seen: Seen | Promise<Seen>) => void;
}

/** So many requests are never worth a listing. */
const FEW = 3;

/**
 * Looks at files of one bucket. Those that are asked for at the same time share a listing, where it takes fewer requests than to
 * look at each: while a request is under way, what comes in waits for the next. Nothing is held back to wait for company, and
 * every answer is newer than its question.
 */
export class Looks {
  #waiting: Waiting[] = [];
  #isAtWork = false;

  /**
   * @param pages - how many pages a listing of the bucket takes; `undefined` where that is not known
   */
  constructor(
    private readonly client: MediasaurClient,
    private readonly bucket: string,
    private readonly pages: () => Promise<number | undefined>,
  ) {}

  see(look: Look): Promise<Seen> {
    return new Promise((done) => {
      this.#waiting.push({ look, done });
      if (!this.#isAtWork) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isAtWork = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      const rows = await this.#listed(batch);
      const answers = batch.map(({ look, done }) => {
        const answer = answered(look, rows);
        done(answer);
        return answer;
      });
      await Promise.allSettled(answers);
    }
    this.#isAtWork = false;
  }

  async #listed(batch: readonly Waiting[]): Promise<Rows | undefined> {
    const cost = batch.reduce(
      (sum, { look }) => sum + Number(look.id !== undefined) + Number(look.path !== undefined),
      0,
    );
    if (cost <= FEW) return undefined;
    try {
      const pages = await this.pages();
      if (pages === undefined || pages >= cost) return undefined;
      return new Rows(await this.client.listFiles({ bucket: this.bucket }));
    } catch {
      // Then each looks for itself, and says what is wrong.
      return undefined;
    }
  }
}

class Rows {
  readonly byId = new Map<string, FileInfo>();
  readonly #paths = new Set<string>();

  constructor(files: readonly FileInfo[]) {
    for (const file of files) {
      this.byId.set(file.id, file);
      this.#paths.add(file.path.normalize("NFC"));
    }
  }

  holds(path: string): boolean {
    return this.#paths.has(path.normalize("NFC"));
  }
}

async function answered({ id, isEnough, read, path, find }: Look, rows: Rows | undefined): Promise<Seen> {
  const row = id === undefined ? undefined : rows?.byId.get(id);
  const [file, holder] = await Promise.all([
    row !== undefined && isEnough?.(row) === true ? row : read?.(),
    path === undefined || rows?.holds(path) === false ? undefined : find?.(),
  ]);
  return { file, holder };
}
