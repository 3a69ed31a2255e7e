import type { About, Say } from "./effects";

interface Waiting {
  readonly say: () => string | undefined;
  readonly about: About | undefined;
}

/**
 * Warnings that later declarations may make untrue: each waits until the run is about to end, and is said only if it
 * still holds then.
 */
export class Warnings {
  readonly #waiting = new Map<string, Waiting>();

  constructor(
    private readonly sink: Say,
    private readonly whenWaiting: () => void = () => undefined,
  ) {}

  /**
   * Says something at the end, if it is still true then.
   *
   * @param key - a warning with the same key takes the place of this one
   * @param say - gives the line, or `undefined` where there is nothing to warn of any more
   * @param about - the declaration that it is shown with
   */
  later(key: string, say: () => string | undefined, about?: About): void {
    if (this.#waiting.size === 0) this.whenWaiting();
    this.#waiting.set(key, { say, about });
  }

  /** Drops a warning: its declaration is about to find out for itself. */
  cancel(key: string): void {
    this.#waiting.delete(key);
  }

  /** Says whatever still holds. */
  async flush(): Promise<void> {
    const told = [...this.#waiting.values()].map(({ say, about }) => ({ line: say(), about }));
    this.#waiting.clear();
    for (const { line, about } of told) if (line !== undefined) await this.sink(line, about);
  }
}
