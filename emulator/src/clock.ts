import { UsageError } from "./usage-error";

const LATEST = Date.UTC(10_000, 0);

/** The time as the emulator sees it: the machine's, plus what tests have advanced it by. */
export class Clock {
  #offset = 0;
  #shuffles = 0;

  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.#offset;
  }

  /** A number that is another one each time, and the same series after every reset. */
  nextShuffle(): number {
    return ++this.#shuffles;
  }

  /**
   * Moves the time on (or back) for good.
   *
   * @throws UsageError where that leads to where no date is.
   */
  advance(ms: number): void {
    const then = this.now() + ms;
    if (!(then >= 0 && then <= LATEST))
      throw new UsageError("advance_ms leads to a time before 1970 or after the year 9999");
    this.#offset += ms;
  }

  /** Back to the machine's time. */
  reset(): void {
    this.#offset = 0;
    this.#shuffles = 0;
  }
}
