import type { About, Say } from "./effects";

/** Calls back every second or two from a second on, until the function that it gives is called. */
export type Beat = (tick: () => void) => () => void;

const FIRST_MS = 1000;
const EVERY_MS = 1500;
/** Shorter waits are over before they are read. */
const WAIT_WORTH_TELLING_MS = 1000;

/** By the clock, and in nobody's way: it keeps no process alive, and nothing but what is shown follows from it. */
export const byTheClock: Beat = (tick) => {
  let timer = setTimeout(next, FIRST_MS).unref();
  function next(): void {
    tick();
    timer = setTimeout(next, EVERY_MS).unref();
  }
  return () => {
    clearTimeout(timer);
  };
};

/** Tells how far long work is: nothing of what takes a moment, then a line again and again, of which nothing stays. */
export class Ticker {
  #begun = 0;
  #ended = 0;
  #stop: (() => void) | undefined;

  /**
   * @param heldMs - for how long the service has asked to be left alone
   * @param told - how many declarations of one file have told what they would do so far
   */
  constructor(
    private readonly say: Say,
    private readonly heldMs: () => number,
    private readonly told: () => number,
    private readonly beat: Beat = byTheClock,
  ) {}

  /**
   * Does a work, and tells how far it is.
   *
   * @param line - how far it is at the moment; `undefined`: nothing to tell
   */
  async during<Result>(about: About, line: () => string | undefined, work: () => Promise<Result>): Promise<Result> {
    const told = { line: false };
    const stop = this.beat(() => {
      if (this.#tell(line(), about)) told.line = true;
    });
    try {
      return await work();
    } finally {
      stop();
      // What stays beside the resource's name is not to be a line from the middle.
      if (told.line) this.#tell(line(), about);
    }
  }

  /** Does the work of one file among many that are on their way at the same time: they are told together. */
  async file<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#begun += 1;
    this.#stop ??= this.beat(() => {
      this.#tellFiles();
    });
    try {
      return await work();
    } finally {
      this.#ended += 1;
    }
  }

  /** The engine sends files in bursts: it ends only when nothing was on its way at a beat. */
  #tellFiles(): void {
    if (this.#ended < this.#begun) {
      this.#tell(this.#filesLine(), undefined);
      return;
    }
    this.#stop?.();
    this.#stop = undefined;
  }

  #filesLine(): string {
    return `${String(this.#ended)} of ${String(Math.max(this.#begun, this.told()))} files done`;
  }

  #tell(line: string | undefined, about: About | undefined): boolean {
    const held = this.heldMs();
    const wait = held < WAIT_WORTH_TELLING_MS ? undefined : `rate limited, waits ${String(Math.ceil(held / 1000))} s`;
    const text = [line, wait].filter((part) => part !== undefined).join("; ");
    if (text === "") return false;
    void this.say(text, { ...(about ?? {}), ephemeral: true });
    return true;
  }
}
