import type { Lag } from "./dialect/arguments";

interface Waiting {
  readonly lag: Lag;
  readonly since: number;
  reads: number;
}

/** What has been accepted and has not happened yet, and what is still being processed. Nothing of it outlives the process. */
export class Later {
  #jobs: (Waiting & { readonly run: () => void })[] = [];
  readonly #processing = new Map<number, Waiting>();

  constructor(private readonly now: () => number) {}

  /** Lets something happen once so many reads have not seen it, or once so much time has passed. */
  add(lag: Lag, run: () => void): void {
    this.#jobs.push({ lag, since: this.now(), reads: 0, run });
  }

  /** Lets happen what is due; called before each request. A read brings the rest nearer. */
  tick(isRead: boolean): void {
    const due = this.#jobs.filter((job) => this.#isOver(job));
    this.#jobs = this.#jobs.filter((job) => !due.includes(job));
    for (const { run } of due) run();
    if (isRead) for (const job of this.#jobs) job.reads++;
  }

  /** Has a file being processed for a while. */
  process(seq: number, lag: Lag): void {
    this.#processing.set(seq, { lag, since: this.now(), reads: 0 });
  }

  /** Whether a file is being processed; a read brings the end nearer. */
  isProcessing(seq: number): boolean {
    const waiting = this.#processing.get(seq);
    if (waiting === undefined) return false;
    if (this.#isOver(waiting)) {
      this.#processing.delete(seq);
      return false;
    }
    waiting.reads++;
    return true;
  }

  clear(): void {
    this.#jobs = [];
    this.#processing.clear();
  }

  #isOver({ lag, since, reads }: Waiting): boolean {
    return "ms" in lag ? this.now() >= since + lag.ms : reads >= lag.reads;
  }
}
