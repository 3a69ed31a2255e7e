import type { SkippedFile } from "./types";

/** Time and chance, replaceable in tests. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds. */
  sleep(ms: number): Promise<void>;
  /** From 0 up to, not including, 1. */
  random(): number;
  /**
   * Calls once so many milliseconds have passed without an answer; gives what takes that back.
   * @default the real time, whatever `now` and `sleep` do
   */
  after?(ms: number, call: () => void): () => void;
}

/** How to reach the service. */
export interface ClientOptions {
  /** `sk_...` */
  apiKey: string;
  /**
   * The File Management API; a path is kept. Plain `http:` only to the machine itself.
   * @default "https://api.mediasaur.com"
   */
  baseUrl?: string;
  /**
   * The upload service; a path is kept. Where only the other URL is set, an upload is refused.
   * @default "https://upload.mediasaur.com"
   */
  uploadUrl?: string;
  /** Tried once when `apiKey` is refused with a 401, where it differs; kept for the rest of the process if it works. */
  fallbackApiKey?: string;
  /**
   * Milliseconds after which a request is given up: without an answer, counted anew with each part of an upload that is sent; and,
   * once the answer has begun, without the whole of its body.
   * @default 30000
   */
  timeoutMs?: number;
  /**
   * Requests under way at the same time, for all clients of one base URL.
   * @default 16
   */
  maxConcurrency?: number;
  /** @default "pulumi-mediasaur" */
  userAgent?: string;
  /** For tests. */
  clock?: Clock;
  /** Called as each request starts. */
  onRequest?: (request: RequestNotice) => void;
  /** Told, once each, of files that a listing shows and that can't be worked with. */
  onSkipped?: (file: SkippedFile) => void;
}

/** What `onRequest` is told. */
export interface RequestNotice {
  /** Such as `PATCH /files/{file_id}`. */
  operation: string;
  /** HTTP method. */
  method: string;
  /** 1 for the first try. */
  attempt: number;
}
