import { setTimeout as setTimeoutPromise } from "node:timers/promises";
import { MediasaurClient } from "../../client";
import type { BucketInfo } from "../../client";
import type { Config } from "../../client/config";
import { profileOf, type StoreProfile } from "../../client/store-profile";
import { BucketIndex } from "./bucket-index";
import { Claims } from "./claims";
import { Locks } from "./locks";
import { Moves } from "./moves";
import { Places } from "./places";
import { Progress } from "./progress";
import { Effects, type Hand, type Say } from "./effects";
import { Secrets } from "./secrets";
import { SkippedFiles } from "./skipped-files";
import { Sizes } from "./sizes";
import { Ticker, type Beat } from "./ticker";
import { Warnings } from "./warnings";

/** What a session would make for itself. */
export interface SessionOptions {
  readonly client?: MediasaurClient;
  readonly sleep?: (ms: number) => Promise<unknown>;
  /** Shows one line that is no warning. */
  readonly inform?: Say;
  /** When how far long work is, is told. */
  readonly beat?: Beat;
  /** Takes what a program that draws the plan gets. */
  readonly hand?: Hand;
  /** Told when a warning begins to wait for the end of the run, and none did. */
  readonly whenWaiting?: () => void;
}

/** What all resources of one run share: the client, what was listed, what is declared, and what is to be said. */
export class Session {
  readonly client: MediasaurClient;
  readonly claims = new Claims();
  /** One task at a time on each file, by id. */
  readonly locks = new Locks();
  readonly places = new Places();
  readonly moves: Moves;
  readonly progress: Progress;
  readonly warnings: Warnings;
  /** Everything learned of how the store answers. */
  readonly profile: StoreProfile;
  /** Shows one line to the user that is no warning: how far something is. */
  readonly inform: Say;
  /** Where declarations tell what they would do. */
  readonly effects: Effects;
  /** Where long work tells how far it is. */
  readonly ticker: Ticker;
  readonly secrets = new Secrets();
  readonly sizes = new Sizes();
  /** Waits, between two looks at something that takes its time. */
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly #indexes = new Map<string, BucketIndex>();
  readonly #renamed = new Map<string, string>();
  readonly #buckets = new Map<string, Promise<BucketInfo | undefined>>();

  constructor(
    readonly config: Config,
    sink: Say,
    more: SessionOptions = {},
  ) {
    const skipped = new SkippedFiles();
    this.client =
      more.client ??
      new MediasaurClient({
        ...config,
        onSkipped: (file) => {
          this.warnings.later(`skipped ${file.bucket}`, skipped.add(file));
        },
      });
    this.profile = profileOf(this.client);
    this.sleep = more.sleep ?? ((ms) => setTimeoutPromise(ms));
    this.inform = more.inform ?? ((): void => undefined);
    this.effects = new Effects(this.inform, more.hand ?? ((): void => undefined));
    this.ticker = new Ticker(
      this.inform,
      () => this.client.heldMs,
      () => this.effects.files,
      more.beat,
    );
    this.warnings = new Warnings((line, about) => {
      const text = this.secrets.hide(line);
      this.effects.warned(text, about);
      return sink(text, about);
    }, more.whenWaiting);
    this.moves = new Moves(this.client);
    this.progress = new Progress(this.sleep);
  }

  /** The files of a bucket as listed so far. */
  index(bucket: string): BucketIndex {
    let index = this.#indexes.get(bucket);
    if (index === undefined) {
      index = new BucketIndex(this.client, bucket);
      this.#indexes.set(bucket, index);
    }
    return index;
  }

  /** A bucket, asked for once in a run; a failure is not remembered. */
  bucket(name: string): Promise<BucketInfo | undefined> {
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      bucket = this.client.getBucket(name);
      this.#buckets.set(name, bucket);
      bucket.catch(() => this.#buckets.delete(name));
    }
    return bucket;
  }

  /** Remembers that the service gave a file another id when it was moved. */
  renamed(before: string, now: string): void {
    if (before === now) return;
    // A store may give an id again that another file had.
    this.#renamed.delete(now);
    this.#renamed.set(before, now);
  }

  /** The id that a file has by now. */
  currentId(fileId: string): string {
    const now = this.#renamed.get(fileId);
    return now === undefined ? fileId : this.currentId(now);
  }
}
