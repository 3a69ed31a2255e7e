import { sizeText } from "../../model/effect-lines";

/** How much of a layout's work is done, stage by stage. */
export class Tally {
  /** Whether anything was sent that may have changed something. */
  wrote = false;
  #done = 0;
  #expected = 0;
  #bytes = 0;
  #expectedBytes = 0;
  #what = "";

  constructor(private readonly layout: string) {}

  /**
   * A stage begins.
   *
   * @param what - what each of its steps is, such as `requests done`
   * @param bytes - how many bytes it sends, as far as that is known
   */
  expect(steps: number, what = "requests done", bytes = 0): void {
    this.#done = 0;
    this.#expected = steps;
    this.#bytes = 0;
    this.#expectedBytes = bytes;
    this.#what = what;
  }

  /** One step of the stage has ended. */
  done(bytes = 0): void {
    this.#done += 1;
    this.#bytes += bytes;
  }

  /** How far it is, in one line; `undefined` where nothing has begun. */
  line(): string | undefined {
    if (this.#expected === 0) return undefined;
    const bytes = this.#expectedBytes === 0 ? "" : `, ${sizeText(this.#bytes)} of ${sizeText(this.#expectedBytes)}`;
    return `${this.layout}: ${String(this.#done)} of ${String(this.#expected)} ${this.#what}${bytes}`;
  }
}
