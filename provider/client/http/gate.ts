import type { Clock } from "../options";

const SPREAD_MS = 200;

/** Every request to one base URL passes here: so many at a time, and none while the service asked to wait. */
export class Gate {
  readonly #clock: Clock;
  readonly #waiting: (() => void)[] = [];
  #limit: number;
  #inside = 0;
  #heldUntil = 0;

  constructor(clock: Clock, limit: number) {
    this.#clock = clock;
    this.#limit = limit;
  }

  /** The lowest limit that any client of this base URL asked for counts. */
  restrict(limit: number): void {
    this.#limit = Math.max(1, Math.min(this.#limit, limit));
  }

  /** Lets nothing start for so long. A shorter hold never shortens a longer one. */
  hold(ms: number): void {
    this.#heldUntil = Math.max(this.#heldUntil, this.#clock.now() + ms);
  }

  /** Milliseconds for which nothing starts. */
  get heldMs(): number {
    return Math.max(0, this.#heldUntil - this.#clock.now());
  }

  /**
   * Waits for a place and for the end of the hold. Gives the function that frees the place, or, at once, the milliseconds
   * of a hold that is longer than `longestMs`.
   */
  async enter(longestMs: number): Promise<(() => void) | number> {
    if (this.#inside >= this.#limit) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#inside++;
    // A request that was let in may lengthen the hold while this one sleeps, so it is looked at again after each sleep.
    for (let held = this.heldMs; held > 0; held = this.heldMs) {
      if (held > longestMs) {
        this.#leave();
        return held;
      }
      await this.#clock.sleep(held);
      const spread = this.#clock.random() * SPREAD_MS;
      if (spread >= 1) await this.#clock.sleep(spread);
    }
    let inside = true;
    return () => {
      if (inside) this.#leave();
      inside = false;
    };
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#inside--;
  }
}
