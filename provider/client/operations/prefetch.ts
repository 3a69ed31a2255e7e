import type { ListedPage } from "./list-page";

/** How many pages are asked for at the same time. */
const PAGES = 8;

/**
 * Asks for pages of a listing before the ones before them have come, as long as pages begin where they were expected to. What
 * they mean is left to whoever takes them one after the other.
 */
export class Ahead {
  readonly #asked = new Map<number, Promise<ListedPage>>();
  #misses = false;

  constructor(private readonly ask: (offset: number) => Promise<ListedPage>) {}

  /** The page that begins at an offset. */
  at(offset: number): Promise<ListedPage> {
    const asked = this.#asked.get(offset);
    // Pages of changing sizes can't be asked for beforehand.
    this.#misses ||= asked === undefined && this.#asked.size > 0;
    this.#asked.delete(offset);
    return asked ?? this.ask(offset);
  }

  /** Asks for the pages that follow from an offset on, each of so many rows, up to the number of rows that there are. */
  follow(offset: number, rows: number, total: number): void {
    if (this.#misses) return;
    for (let next = offset; next < Math.min(total, offset + PAGES * rows); next += rows) {
      if (this.#asked.has(next)) continue;
      const page = this.ask(next);
      // Whoever comes to take it is told what went wrong, and if nobody does, nobody needs to know.
      page.catch(() => undefined);
      this.#asked.set(next, page);
    }
  }
}
