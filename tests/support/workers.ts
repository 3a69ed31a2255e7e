/** So many tasks at a time, as the engine's `--parallel`. */
export class Workers {
  readonly #busy = new Set<Promise<unknown>>();

  constructor(private readonly count: number) {}

  /** Waits for a free worker and gives it a task, which may not fail; gives the task's end, in a box, as it is not waited for. */
  async start(task: () => Promise<unknown>): Promise<{ end: Promise<unknown> }> {
    while (this.#busy.size >= this.count) await Promise.race(this.#busy);
    const end = task().finally(() => this.#busy.delete(end));
    this.#busy.add(end);
    return { end };
  }

  /** Waits until nothing is under way. */
  async idle(): Promise<void> {
    while (this.#busy.size > 0) await Promise.all(this.#busy);
  }
}
