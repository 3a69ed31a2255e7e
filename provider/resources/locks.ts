/** Lets one task at a time work on each thing, in the order they came. */
export class Locks {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Runs a task when every earlier one with the same key has ended, however it ended. */
  async hold<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }
}
