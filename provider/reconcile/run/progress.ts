/** How long nothing else has to happen in a run before one who waits for it gives up: this many pauses of so many ms. */
const PAUSES = 20;
const PAUSE_MS = 100;

/** What the engine asks for, as it happens: for those who wait for something that a later call may bring. */
export class Progress {
  #running = 0;
  #waiting = 0;
  #events = 0;

  constructor(private readonly sleep: (ms: number) => Promise<unknown>) {}

  /** Runs one call of the engine. */
  async run<Result>(call: () => Promise<Result>): Promise<Result> {
    this.#running += 1;
    this.#events += 1;
    try {
      return await call();
    } finally {
      this.#running -= 1;
      this.#events += 1;
    }
  }

  /** Counts a call as one that only waits, as long as it waits for its turn. */
  async waiting<Result>(wait: () => Promise<Result>): Promise<Result> {
    this.#waiting += 1;
    try {
      return await wait();
    } finally {
      this.#waiting -= 1;
    }
  }

  /**
   * Waits until something is the case.
   *
   * @returns whether it came to be so; `false` when every call under way only waits, and no new one has come for a while
   */
  async until(isSo: () => boolean): Promise<boolean> {
    this.#waiting += 1;
    try {
      let seen = this.#events;
      for (let idle = 0; idle < PAUSES; idle += 1) {
        if (isSo()) return true;
        await this.sleep(PAUSE_MS);
        if (seen !== this.#events || this.#running > this.#waiting) idle = -1;
        seen = this.#events;
      }
      return isSo();
    } finally {
      this.#waiting -= 1;
    }
  }
}
