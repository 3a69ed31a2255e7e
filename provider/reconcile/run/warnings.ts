/** Shows one line to the user, as a warning. Gives a promise where showing takes a moment. */
export type WarningSink = (message: string) => void | Promise<void>;

/**
 * Warnings that later declarations may make untrue: each waits until the run is about to end, and is said only if it
 * still holds then.
 */
export class Warnings {
  readonly #waiting = new Map<string, () => string | undefined>();

  constructor(private readonly sink: WarningSink) {}

  /**
   * Says something at the end, if it is still true then.
   *
   * @param key - a warning with the same key takes the place of this one
   * @param say - gives the line, or `undefined` where there is nothing to warn of any more
   */
  later(key: string, say: () => string | undefined): void {
    this.#waiting.set(key, say);
  }

  /** Drops a warning: its declaration is about to find out for itself. */
  cancel(key: string): void {
    this.#waiting.delete(key);
  }

  /** Says whatever still holds. */
  async flush(): Promise<void> {
    const lines = [...this.#waiting.values()].map((say) => say());
    this.#waiting.clear();
    for (const line of lines) if (line !== undefined) await this.sink(line);
  }
}
