/** Which of several equally good looking ways a plan takes. The same number takes the same way every time. */
export class Variation {
  /** Whether a file that changes directory and name rather moves first and is renamed after. */
  readonly movesFirst: boolean;
  /** Whether final names are rather taken when the old ones are needed than as soon as they are free. */
  readonly waits: boolean;
  private readonly backwards: boolean;
  private readonly seed: number;
  private state: number;

  /** @param number - the first eight differ in what a plan prefers, each that follows in the order of things too */
  constructor(number: number) {
    const flag = (bit: number): boolean => (number >> bit) % 2 === 1;
    this.movesFirst = !flag(0);
    this.waits = !flag(1);
    this.backwards = flag(2);
    this.seed = Math.max(0, number - 7);
    this.state = (this.seed * 2654435761 + 88172645) >>> 0 || 1;
  }

  /** A number from 0 to `count - 1`; the last of the first eight ways. */
  choose(count: number): number {
    return this.seed === 0 ? count - 1 : this.random() % count;
  }

  /** One in `count`; never of the first eight ways. */
  chance(count: number): boolean {
    return this.seed !== 0 && this.random() % count === 0;
  }

  /** The same things in the order of this way. */
  ordered<T>(things: readonly T[]): T[] {
    const copy = [...things];
    if (this.seed === 0) return this.backwards ? copy.reverse() : copy;
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
