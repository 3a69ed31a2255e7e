import type { Readable } from "node:stream";
import type { RetryBudget } from "./budget";
import type { Gate } from "./gate";
import type { Repeat } from "./retry";
import type { StoreProfile } from "../store-profile";
import type { Answer, Exchange } from "./transport";
import type { Clock, RequestNotice } from "../options";
import type { SkippedFile } from "../types";

/** One of the two services, and who asks it. */
export interface Host {
  /** Without a trailing slash. */
  baseUrl: string;
  /** What is known of how it answers. */
  profile: StoreProfile;
  /** Passed by every request. */
  gate: Gate;
  /** How often requests may still be repeated in this process. */
  budget: RetryBudget;
  /** `sk_...` */
  apiKey: string;
  /** Tried once on a 401. */
  fallbackApiKey?: string;
  /** Milliseconds. */
  timeoutMs: number;
  /** Sent along. */
  userAgent: string;
  /** Time and chance. */
  clock: Clock;
  /**
   * Milliseconds after which a call that gets no answer is given up, its repetitions included.
   * @default 60000
   */
  patienceMs?: number;
  /** Told of every request. */
  onRequest?: (request: RequestNotice) => void;
  /** Told of files that can't be worked with. */
  onSkipped?: (file: SkippedFile) => void;
}

/** One call of the API. */
export interface Call {
  /** Such as `PATCH /files/{file_id}`. */
  operation: string;
  /** HTTP method. */
  method: Exchange["method"];
  /** Encoded, with a leading slash. */
  path: string;
  /** Values to encode. */
  query?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is; made anew for each try. */
  raw?: { headers: Record<string, string>; body: (progress: () => void) => Readable };
  /** In place of the key. */
  bearer?: string;
  /** Whether it may be done twice. */
  repeat: Repeat;
  /** Whether the answer's body is needed. */
  needsBody: boolean;
  /** Looks, before it is sent again, what of it is done already. */
  look?: (state: Looking) => Promise<Looked>;
}

/** What is known before a repetition. */
export interface Looking {
  /** Whether an attempt may have had its effect. */
  unknown: boolean;
  /** Milliseconds since the first attempt. */
  elapsedMs: number;
  /** With the patience that is left. */
  host: Host;
}

/** All of it is done, and an answer would have said so; or what else is to be sent; or nothing of it is known to be done. */
export type Looked = { done: Answer } | { json: unknown } | undefined;

/** Stands for the answer to a call whose work was found done. */
export const DONE: Answer = { status: 200, headers: {}, body: { kind: "empty" } };

const LONGEST_OUTAGE_MS = 60_000;

/** How long the calls of a host may go on without an answer. */
export function patienceOf(host: Host): number {
  return host.patienceMs ?? Math.max(LONGEST_OUTAGE_MS, host.timeoutMs);
}
