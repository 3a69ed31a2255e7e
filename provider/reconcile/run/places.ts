/** Which places the updates of this run have their eyes on: as goals, and as stops of files on their way. */
export class Places {
  readonly #goals = new Map<string, number>();
  readonly #stops = new Map<string, Promise<void>>();

  /**
   * Makes a place a goal: from now on no file stops there on its way, and one that stops there already has gone on when the
   * promise is kept. A stop ends by itself: its update waits for no other.
   *
   * @returns the function that lets go of it
   */
  async aim(place: string): Promise<() => void> {
    this.#goals.set(place, (this.#goals.get(place) ?? 0) + 1);
    for (let stop = this.#stops.get(place); stop !== undefined; stop = this.#stops.get(place)) await stop;
    return () => {
      const others = (this.#goals.get(place) ?? 1) - 1;
      if (others > 0) this.#goals.set(place, others);
      else this.#goals.delete(place);
    };
  }

  /** Makes a place a stop, where it is nobody's goal and nobody stops there; gives the function that lets go of it. */
  stop(place: string): (() => void) | undefined {
    if (this.#goals.has(place) || this.#stops.has(place)) return undefined;
    let gone = (): void => undefined;
    this.#stops.set(place, new Promise((resolve) => (gone = resolve)));
    return () => {
      this.#stops.delete(place);
      gone();
    };
  }
}
