/** Which of several equally good looking ways a plan takes. The same seed takes the same ways every time. */
export class Variation {
  private state: number;

  constructor(
    readonly seed: number,
    /** Whether a file that changes directory and name rather moves first and is renamed after. */
    readonly movesFirst: boolean,
    /** Whether cycles of names within one directory may be broken by a stay in a temporary directory. */
    readonly parksCycles: boolean,
    /** Whether a move is rather split than another temporary directory opened. */
    readonly splits: boolean,
    /** Whether final names are rather taken when the old ones are needed than as soon as they are free. */
    readonly waits: boolean,
  ) {
    this.state = (seed * 2654435761 + 88172645) >>> 0 || 1;
  }

  /** A number from 0 to `count - 1`; the last without a seed. */
  choose(count: number): number {
    return this.seed === 0 ? count - 1 : this.random() % count;
  }

  /** One in `count`, with a seed; never without. */
  chance(count: number): boolean {
    return this.seed !== 0 && this.random() % count === 0;
  }

  /** The same things in another order, with a seed. */
  shuffled<T>(things: readonly T[]): T[] {
    const copy = [...things];
    if (this.seed === 0) return copy;
    for (let last = copy.length - 1; last > 0; last--) {
      const other = this.random() % (last + 1);
      const [a, b] = [copy[last], copy[other]];
      if (a !== undefined && b !== undefined) [copy[last], copy[other]] = [b, a];
    }
    return copy;
  }

  // Marsaglia's xorshift.
  private random(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return this.state;
  }
}
