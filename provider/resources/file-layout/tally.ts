import type { Say } from "../../reconcile/run/effects";

/** From how many requests on a line tells how far it is. */
const LONG = 300;
const PARTS = 10;

/** How much of a plan is done. Long work is told of, a line each tenth of the way. */
export class Tally {
  /** Whether anything was sent that may have changed something. */
  wrote = false;
  #done = 0;
  #expected = 0;
  #said = 0;

  constructor(
    private readonly layout: string,
    private readonly say: Say,
  ) {}

  /** So many requests more are to come. */
  expect(requests: number): void {
    this.#expected = this.#done + requests;
  }

  /** One request has ended. */
  async done(): Promise<void> {
    this.#done += 1;
    if (this.#expected < LONG) return;
    const part = Math.floor((this.#done * PARTS) / this.#expected);
    if (part <= this.#said || part >= PARTS) return;
    this.#said = part;
    await this.say(`${this.layout}: ${String(this.#done)} of ${String(this.#expected)} requests done`);
  }
}
