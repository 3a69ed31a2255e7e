import { setTimeout as setTimeoutPromise } from "node:timers/promises";
import { MediasaurClient } from "../../client";
import type { BucketInfo, FileInfo } from "../../client";
import type { Config } from "../../client/config";
import { TEMPORARY_PREFIX } from "../../model/paths";
import { profileOf, type StoreProfile } from "../../client/store-profile";
import { Arrivals } from "./arrivals";
import { BucketIndex } from "./bucket-index";
import { Claims } from "./claims";
import { Locks } from "./locks";
import { Looks } from "./looks";
import { Moves } from "./moves";
import { Places } from "./places";
import { Progress } from "./progress";
import { Effects, type Hand, type Say } from "./effects";
import { Secrets } from "./secrets";
import { SkippedFiles } from "./skipped-files";
import { Sizes } from "./sizes";
import { Ticker, type Beat } from "./ticker";
import { Turns } from "./turns";
import { Warnings } from "./warnings";

/** Rows of one page, where the service keeps to the documented number. */
const PAGE = 100;

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
  /** Where this machine notes what its runs have brought to a place. */
  readonly notesFolder?: string;
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
  /** Which files this machine's runs have brought to their places. */
  readonly arrivals: Arrivals;
  readonly #left = new Map<string, Promise<FileInfo[]>>();
  readonly #turns = new Map<string, Turns>();
  readonly #looks = new Map<string, Looks>();
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
    this.arrivals = new Arrivals(new URL(config.baseUrl).origin, more.notesFolder);
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

  /** What earlier runs left on its way in a bucket, by one listing a run; a failure is not remembered. */
  left(bucket: string): Promise<FileInfo[]> {
    let left = this.#left.get(bucket);
    if (left === undefined) {
      const listed = this.index(bucket).all;
      left =
        listed === undefined
          ? this.client.listFiles({ bucket, path: `${TEMPORARY_PREFIX}/` })
          : Promise.resolve(listed.filter(({ path }) => path.startsWith(`${TEMPORARY_PREFIX}/`)));
      this.#left.set(bucket, left);
      left.catch(() => this.#left.delete(bucket));
    }
    return left;
  }

  /** Who works on a bucket: files that are placed by themselves together, a layout alone. */
  turns(bucket: string): Turns {
    let turns = this.#turns.get(bucket);
    if (turns === undefined) {
      turns = new Turns((wait) => this.progress.waiting(wait));
      this.#turns.set(bucket, turns);
    }
    return turns;
  }

  /** What looks at files of a bucket as they are now. */
  looks(bucket: string): Looks {
    let looks = this.#looks.get(bucket);
    if (looks === undefined) {
      const pages = async (): Promise<number | undefined> => {
        const count = (await this.bucket(bucket))?.fileCount;
        return count === undefined ? undefined : Math.ceil(count / PAGE) + 1;
      };
      looks = new Looks(this.client, bucket, pages);
      this.#looks.set(bucket, looks);
    }
    return looks;
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
