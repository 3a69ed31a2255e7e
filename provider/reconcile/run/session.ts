import { setTimeout as setTimeoutPromise } from "node:timers/promises";
import { MediasaurClient } from "../../client";
import type { BucketInfo, FileInfo } from "../../client";
import type { Config } from "../../client/config";
import { TEMPORARY_PREFIX } from "../../model/paths";
import { Arrivals } from "./arrivals";
import { BucketIndex } from "./bucket-index";
import { Claims } from "./claims";
import { Locks } from "./locks";
import { Looks } from "./looks";
import { Moves } from "./moves";
import { patience } from "./patience";
import { Places } from "./places";
import { Progress } from "./progress";
import { Turns } from "./turns";
import { Warnings, type WarningSink } from "./warnings";

/** Rows of one page, where the service keeps to the documented number. */
const PAGE = 100;

/** For tests: what a session would make for itself. */
export interface SessionOptions {
  readonly client?: MediasaurClient;
  readonly sleep?: (ms: number) => Promise<unknown>;
  /** Shows one line that is no warning. */
  readonly inform?: WarningSink;
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
  /** The kinds of steps that this run has seen to take as they were sent, and at once: others are not built upon unseen. */
  readonly prompt = new Set<"move" | "rename" | "visibility">();
  /** Whether the store adds a file's old extension to the name that a rename gives: learned by the first one. */
  keepsExtensions = false;
  /** Shows one line to the user that is no warning: what is about to happen, and how far it is. */
  readonly inform: WarningSink;
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
    sink: WarningSink,
    more: SessionOptions = {},
  ) {
    this.client = more.client ?? new MediasaurClient(config);
    this.arrivals = new Arrivals(config.baseUrl ?? "", more.notesFolder);
    const part = patience();
    this.sleep = more.sleep ?? ((ms) => setTimeoutPromise(ms * part));
    this.warnings = new Warnings(sink);
    this.inform = more.inform ?? ((): void => undefined);
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
      left = this.client.listFiles({ bucket, path: `${TEMPORARY_PREFIX}/` });
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
