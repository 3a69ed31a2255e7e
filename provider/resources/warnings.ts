/** Shows one line to the user, as a warning. */
export type WarningSink = (message: string) => void;

/** How long nothing has to happen before what is waiting is said, in milliseconds. */
const QUIET_MS = 150;

/**
 * Warnings that later declarations may make untrue.
 *
 * A provider is not told when a preview ends. So each warning waits until the engine has asked nothing for a moment, and
 * is said only if it still holds then.
 */
export class Warnings {
  readonly #waiting = new Map<string, () => string | undefined>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly sink: WarningSink,
    private readonly quietMs: number = QUIET_MS,
  ) {}

  /** Takes note that the engine asked for something. */
  touch(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#start();
  }

  /**
   * Says something later, if it is still true then.
   *
   * @param key - a warning with the same key takes the place of this one
   * @param say - gives the line, or `undefined` where there is nothing to warn of any more
   */
  later(key: string, say: () => string | undefined): void {
    this.#waiting.set(key, say);
    if (this.#timer === undefined) this.#start();
  }

  /** Drops a warning: its declaration is about to find out for itself. */
  cancel(key: string): void {
    this.#waiting.delete(key);
  }

  /** Says at once whatever still holds. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = [...this.#waiting.values()].map((say) => say());
    this.#waiting.clear();
    for (const line of lines) if (line !== undefined) this.sink(line);
  }

  #start(): void {
    this.#timer = setTimeout(() => {
      this.flush();
    }, this.quietMs);
  }
}
