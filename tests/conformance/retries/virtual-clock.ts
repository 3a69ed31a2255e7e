import { AsyncLocalStorage } from "node:async_hooks";
import type { Clock } from "../../../provider/client";

interface Sleeper {
  at: number;
  wake: () => void;
}

/** Time that passes only when every call of the test sleeps, or when it is told that a time-out has passed. */
export class VirtualClock implements Clock {
  /** It starts now, as servers name moments. */
  time = Math.floor(Date.now() / 1000) * 1000;
  readonly slept: number[] = [];
  /** Called as a sleep begins. */
  onSleep: (() => Promise<void>) | undefined;
  readonly #begun = this.time;
  readonly #call = new AsyncLocalStorage<object>();
  readonly #underWay = new Set<object>();
  #sleepers: Sleeper[] = [];
  #timer: { at: number; fire: () => void } | undefined;
  #expireNext = false;

  /** `chance` is what `random` gives. */
  constructor(private readonly chance: () => number = () => 0.5) {}

  /** Milliseconds since the start. */
  get elapsed(): number {
    return this.time - this.#begun;
  }

  /** Runs a call whose sleeps are to be told from those of others. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    const call = {};
    try {
      return await this.#call.run(call, task);
    } finally {
      this.#rest(call);
    }
  }

  /** To be called as a request starts: no time passes before its call sleeps or ends. */
  readonly noteRequest = (): void => {
    const call = this.#call.getStore();
    if (call) this.#underWay.add(call);
  };

  now(): number {
    return this.time;
  }

  async sleep(ms: number): Promise<void> {
    await this.onSleep?.();
    this.slept.push(ms);
    const call = this.#call.getStore();
    await new Promise<void>((wake) => {
      this.#sleepers.push({ at: this.time + ms, wake });
      this.#rest(call);
    });
  }

  random(): number {
    return this.chance();
  }

  after(ms: number, fire: () => void): () => void {
    const timer = { at: this.time + ms, fire };
    this.#timer = timer;
    if (this.#expireNext) setImmediate(() => this.expire());
    this.#expireNext = false;
    return () => {
      if (this.#timer === timer) this.#timer = undefined;
    };
  }

  /** The time-out of the request that is under way passes. */
  expire(): void {
    const timer = this.#timer;
    this.#timer = undefined;
    if (!timer) return;
    this.time = Math.max(this.time, timer.at);
    timer.fire();
  }

  /** The next time-out that begins passes at once. */
  expireNext(): void {
    this.#expireNext = true;
  }

  #rest(call: object | undefined): void {
    if (call) this.#underWay.delete(call);
    setImmediate(() => this.#advance());
  }

  /** By now everything has gone as far as it can without an answer or a moment's passing. */
  #advance(): void {
    if (this.#underWay.size > 0 || this.#sleepers.length === 0) return;
    const next = this.#sleepers.reduce((first, each) => (each.at < first.at ? each : first));
    this.#sleepers = this.#sleepers.filter((each) => each !== next);
    this.time = Math.max(this.time, next.at);
    next.wake();
    setImmediate(() => this.#advance());
  }
}
