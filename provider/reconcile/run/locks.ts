/** Lets one task at a time work on each thing, in the order they came. */
export class Locks {
  readonly #last = new Map<string, Promise<unknown>>();
  readonly #turns = new Map<string, number>();

  /** How many tasks have come and gone so far: where that is the same as before, nobody has worked on the thing since. */
  turns(key: string): number {
    return this.#turns.get(key) ?? 0;
  }

  #count(key: string): void {
    this.#turns.set(key, this.turns(key) + 1);
  }

  /** The same for several things at once: always taken in the same order, so that no two tasks wait for each other. */
  holdAll<Result>(keys: readonly string[], task: () => Promise<Result>): Promise<Result> {
    const inOrder = [...new Set(keys)].sort();
    return inOrder.reduceRight<() => Promise<Result>>((inner, key) => () => this.hold(key, inner), task)();
  }

  /** Runs a task when every earlier one with the same key has ended, however it ended. */
  async hold<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    this.#count(key);
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      this.#count(key);
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
