/**
 * Lets tasks on a bucket run together, or one of them alone. They begin in the order in which they came, so that nobody waits for
 * ever; a task never takes a second turn while it has one.
 */
export class Turns {
  #waiting: { readonly alone: boolean; readonly start: () => void }[] = [];
  #together = 0;
  #isAlone = false;
  #taken = 0;

  /**
   * @param whileWaiting - wraps the time that a task waits for its turn
   */
  constructor(private readonly whileWaiting: <Result>(wait: () => Promise<Result>) => Promise<Result>) {}

  /** How many turns have begun: where that is the same as before, nobody has done anything since. */
  get taken(): number {
    return this.#taken;
  }

  /** Runs a task beside others of its kind. */
  together<Result>(task: () => Promise<Result>): Promise<Result> {
    return this.#take(false, task);
  }

  /** Runs a task while no other runs. */
  alone<Result>(task: () => Promise<Result>): Promise<Result> {
    return this.#take(true, task);
  }

  async #take<Result>(alone: boolean, task: () => Promise<Result>): Promise<Result> {
    const turn = new Promise<void>((start) => this.#waiting.push({ alone, start }));
    this.#next();
    const isFree = this.#waiting.length === 0;
    await (isFree ? turn : this.whileWaiting(() => turn));
    try {
      return await task();
    } finally {
      if (alone) this.#isAlone = false;
      else this.#together -= 1;
      this.#next();
    }
  }

  #next(): void {
    for (;;) {
      const [first] = this.#waiting;
      if (first === undefined || this.#isAlone || (first.alone && this.#together > 0)) return;
      this.#waiting.shift();
      this.#taken += 1;
      if (first.alone) this.#isAlone = true;
      else this.#together += 1;
      first.start();
    }
  }
}
