import { Clock } from "./clock";
import { readDialect } from "./dialect/choice";
import type { Dialect } from "./dialect/dialects";
import { Faults } from "./faults/rules";
import { History } from "./history";
import type { Host } from "./http/host";
import { IDLE_MS } from "./http/server";
import { Journal } from "./journal/journal";
import { Later } from "./later";
import { Feed } from "./live/feed";
import { Marks } from "./live/marks";
import { Watch } from "./live/watch";
import { DEFAULT_API_KEY, type EmulatorOptions } from "./options";
import type { Surroundings } from "./operations/call";
import { applySeed, readSeed } from "./seed/seed";
import { Store } from "./store/store";
import { FileUrls } from "./urls";
import { UsageError } from "./usage-error";

/** Everything that an emulator remembers, and how it goes back to its beginning. */
export class EmulatorState implements Surroundings {
  readonly apiKey: string;
  readonly clock = new Clock();
  readonly journal = new Journal();
  readonly later = new Later(() => this.clock.now());
  readonly history: History;
  readonly faults: Faults;
  readonly store: Store;
  readonly urls: FileUrls;
  readonly watch: Watch;
  readonly feed: Feed;
  readonly marks = new Marks();
  readonly latencyMs: number;
  readonly idleMs: number;
  dialect: Dialect;
  /** Known once the server listens. */
  baseUrl = "";
  /** How often the files have become others. */
  epoch = 0;

  constructor(
    private readonly options: EmulatorOptions,
    readonly host: Host,
  ) {
    this.faults = new Faults(host.ownsProcess);
    this.apiKey = options.apiKey ?? DEFAULT_API_KEY;
    if (!/^sk_[A-Za-z0-9_-]+$/.test(this.apiKey)) throw new UsageError('the API key must begin with "sk_"');
    this.latencyMs = options.latencyMs ?? 0;
    if (!(this.latencyMs >= 0)) throw new UsageError("the latency must be a number of milliseconds, 0 or more");
    this.idleMs = options.idleTimeoutMs ?? IDLE_MS;
    if (!(Number.isInteger(this.idleMs) && this.idleMs > 0 && this.idleMs < 2 ** 31)) {
      throw new UsageError("the idle time-out must be a number of milliseconds above 0");
    }
    this.dialect = readDialect(options.dialect);
    this.faults.set(options.faults ?? []);
    const seed = readSeed(options.seed);
    this.store = openStore(options.dataDir);
    this.history = new History(this.store, () => this.clock.now());
    this.watch = new Watch(this.store, this.journal);
    this.feed = new Feed(this.store, this.watch, this.journal);
    try {
      this.urls = new FileUrls(() => this.baseUrl, this.store.secret, this.clock);
      // A data folder that has been used keeps what it holds; the seed is for its first start, and for resets.
      if (this.store.buckets.all().length === 0) applySeed(this.store, seed, this.clock.now());
    } catch (error) {
      this.store.close();
      throw error;
    }
  }

  /** Back to how it was started: the seed, no journal, the first dialect and faults, the machine's time. */
  reset(): void {
    this.clock.reset();
    this.reseed(this.options.seed);
    this.journal.clear();
    this.dialect = readDialect(this.options.dialect);
    this.faults.set(this.options.faults ?? []);
    this.feed.settings();
  }

  /** Forgets what is under way, and how things were: for when the files become others. */
  settle(): void {
    this.epoch += 1;
    this.later.clear();
    this.history.clear();
    this.feed.everything();
  }

  /** Holds what a seed says, and nothing else. */
  reseed(given: unknown): void {
    const seed = readSeed(given);
    this.settle();
    this.store.transaction(() => {
      this.store.clear();
      applySeed(this.store, seed, this.clock.now());
    });
  }
}

function openStore(dataDir: string | undefined): Store {
  try {
    return new Store(dataDir);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`data folder "${dataDir ?? ""}" can't be opened: ${(error as Error).message}`);
  }
}
