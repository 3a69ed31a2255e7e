import { Gate } from "./gate";
import { PathVotes } from "./reader/path";
import type { Clock } from "./options";

/** How a listing can be asked about one path. */
export type ListForm = "full" | "directory" | "directory_slash";

/** How a listing can be asked about everything below a directory. */
export type PrefixForm = "slash" | "bare" | "none";

/** What this process knows of one base URL, whichever client learned it. */
export class Session {
  /** Passed by every request. */
  readonly gate: Gate;
  /** How paths are written. */
  readonly votes = new PathVotes();
  /** The question whether paths begin with the bucket's name, while it is asked, and how often it was. */
  prefixProbe: Promise<void> | undefined;
  prefixTries = 0;
  /** A 2xx JSON came from here: a 404 can be believed. */
  proven = false;
  /** Anything came from here: the server is there. */
  contacted = false;
  /** How the root is written as a target, once known. */
  rootSpelling: "" | "/" | undefined;
  /** What `limit` listings ask for; `undefined` leaves it out. */
  pageLimit: number | undefined = 100;
  /** An update of two properties applied one of them and failed: they are sent one at a time here. */
  oneProperty = false;
  /** Uploads take only tokens here. */
  uploadByToken = false;
  /** By bucket: the form of question that found a file known to exist. */
  readonly listForms = new Map<string, ListForm>();
  /** By bucket: the form of question that reaches every level below a directory. */
  readonly prefixForms = new Map<string, PrefixForm>();
  /** By pair of keys: what became of the second one. */
  readonly fallback = new Map<string, "works" | "refused">();

  constructor(clock: Clock) {
    this.gate = new Gate(clock, Number.MAX_SAFE_INTEGER);
  }
}

/** Keeps retries from multiplying an outage: each costs one, each success gives a part of one back. */
class RetryBudget {
  #left = FULL_BUDGET;

  /** Takes one retry, if there is one. */
  take(): boolean {
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }

  /** A request went well. */
  refund(): void {
    this.#left = Math.min(FULL_BUDGET, this.#left + 0.5);
  }
}

const FULL_BUDGET = 100;

interface Memory {
  sessions: Map<string, Session>;
  budget: RetryBudget;
}

// Hung on the clock, so that a test with a clock of its own has a process of its own.
const memories = new WeakMap<Clock, Memory>();

function memoryOf(clock: Clock): Memory {
  const known = memories.get(clock);
  if (known) return known;
  const memory = { sessions: new Map<string, Session>(), budget: new RetryBudget() };
  memories.set(clock, memory);
  return memory;
}

/** The one session of a base URL in this process. */
export function sessionOf(clock: Clock, baseUrl: string): Session {
  const { sessions } = memoryOf(clock);
  const known = sessions.get(baseUrl);
  if (known) return known;
  const session = new Session(clock);
  sessions.set(baseUrl, session);
  return session;
}

/** The one retry budget of this process. */
export function budgetOf(clock: Clock): RetryBudget {
  return memoryOf(clock).budget;
}
