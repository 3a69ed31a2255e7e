const FULL = 100;

/** Keeps retries from multiplying an outage: each costs one, each success gives a part of one back. */
export class RetryBudget {
  #left = FULL;

  /** Whether one more may be sent again. */
  get isSpent(): boolean {
    return this.#left < 1;
  }

  /** Something is sent again. */
  take(): void {
    this.#left--;
  }

  /** A request went well. */
  refund(): void {
    this.#left = Math.min(FULL, this.#left + 0.5);
  }
}
