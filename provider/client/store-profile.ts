import { PathVotes } from "./decode/path";
import type { SkippedFile } from "./types";

/** How a listing can be asked about one path. */
export type ListForm = "full" | "directory" | "directory_slash";

/** How a listing can be asked about everything below a directory. */
export type PrefixForm = "slash" | "bare" | "none";

/**
 * Everything that this process has learned of how one store answers, whichever client and whichever operation learned it. The
 * documentation says none of it, a store does not change it, and nothing of it is ever assumed: each field begins as "not known".
 */
export class StoreProfile {
  /** A 2xx JSON came from here: a 404 can be believed. */
  proven = false;
  /** Anything came from here: the server is there. */
  contacted = false;
  /** How paths are written. */
  readonly votes = new PathVotes();
  /** The question whether paths begin with the bucket's name, while it is asked, and how often it was. */
  prefixProbe: Promise<void> | undefined;
  prefixTries = 0;
  /** How the root is written as a target, once known. */
  rootSpelling: "" | "/" | undefined;
  /** What `limit` listings ask for; `undefined` leaves it out. */
  pageLimit: number | undefined = 100;
  /** By bucket: the form of question that found a file known to exist. */
  readonly listForms = new Map<string, ListForm>();
  /** By bucket: the form of question that reaches every level below a directory. */
  readonly prefixForms = new Map<string, PrefixForm>();
  /** An update of two properties applied one of them and failed: they are sent one at a time here. */
  oneProperty = false;
  /** Uploads take only tokens here. */
  uploadByToken = false;
  /** The kinds of steps that were seen to take as they were sent, and at once: others are not built upon unseen. */
  readonly prompt = new Set<"move" | "rename" | "visibility">();
  /** Whether a rename adds a file's old extension to the name that it is given. */
  keepsExtensions = false;
  /** Rows that can't be worked with and that were told of. */
  readonly #told = new Set<string>();
  /** By pair of keys: what became of the second one. */
  readonly #fallback = new Map<string, "works" | "refused">();

  /** Whether a row that can't be worked with was not told of yet. */
  isNew(file: SkippedFile): boolean {
    const before = this.#told.size;
    this.#told.add(JSON.stringify([file.bucket, file.id, file.path]));
    return this.#told.size > before;
  }

  /** The key to use: the second one where it has taken the place of the first. */
  keyOf({ apiKey, fallbackApiKey }: KeyPair): string {
    return this.#fallback.get(pairOf({ apiKey, fallbackApiKey })) === "works" ? (fallbackApiKey ?? apiKey) : apiKey;
  }

  /** On a 401 the other key gets its one chance, for the whole process; a 401 to that one ends it. */
  keyRefused({ apiKey, fallbackApiKey }: KeyPair, key: string): void {
    if (fallbackApiKey === undefined || fallbackApiKey === "" || fallbackApiKey === apiKey) return;
    const pair = pairOf({ apiKey, fallbackApiKey });
    if (key === fallbackApiKey) this.#fallback.set(pair, "refused");
    else if (key === apiKey && !this.#fallback.has(pair)) this.#fallback.set(pair, "works");
  }
}

/** The key of the configuration, and the one that may take its place. */
export interface KeyPair {
  readonly apiKey: string;
  readonly fallbackApiKey?: string | undefined;
}

function pairOf({ apiKey, fallbackApiKey }: KeyPair): string {
  return `${apiKey}\n${fallbackApiKey ?? ""}`;
}

const profiles = new WeakMap<object, StoreProfile>();

/** What is known of the store that a client talks to. */
export function profileOf(client: object): StoreProfile {
  let profile = profiles.get(client);
  if (profile === undefined) profiles.set(client, (profile = new StoreProfile()));
  return profile;
}

/** Says which store a client talks to. */
export function bindProfile(client: object, profile: StoreProfile): void {
  profiles.set(client, profile);
}
