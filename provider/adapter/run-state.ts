import type { Session } from "../resources";

/** Something that is kept for as long as a run lasts. */
export class OfRun<Kept> {
  readonly #runs = new WeakMap<Session, Kept>();

  constructor(private readonly make: () => Kept) {}

  /** What is kept for this run. */
  of(run: Session): Kept {
    let kept = this.#runs.get(run);
    if (kept === undefined) this.#runs.set(run, (kept = this.make()));
    return kept;
  }
}
