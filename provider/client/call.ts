import type { Readable } from "node:stream";
import type { Session } from "./session";
import type { Answer, Exchange } from "./transport";
import type { Clock, RequestNotice } from "./options";

/** One of the two services, and who asks it. */
export interface Host {
  /** Without a trailing slash. */
  baseUrl: string;
  /** What is known of it. */
  session: Session;
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
  /** Whether doing it twice does no harm. */
  safe: boolean;
  /** Whether the answer's body is needed. */
  needsBody: boolean;
  /** Looks, before a repetition, whether the work is done already; with `host`, which has the patience that is left. */
  beforeRepeat?: (state: { unknown: boolean; elapsedMs: number; host: Host }) => Promise<Answer | undefined>;
}
