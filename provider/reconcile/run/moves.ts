import { isMediasaurError, type ErrorCode, type MediasaurClient } from "../../client";
import { withUnknownOutcome } from "../../client/errors";

/** The most files that go into one request. */
const LARGEST = 100;

/**
 * What a request for many can be refused for because of one of them. Everything else (the key, the network, silence, a wait) is
 * met by each of them alike, and to send each would be to wait out the client's patience once for every file.
 */
const OF_ONE: ReadonlySet<ErrorCode> = new Set([
  "not_found",
  "forbidden",
  "invalid_request",
  "path_taken",
  "partial_failure",
  "quota_exceeded",
  "wrong_base_url", // a store may answer with a page where it does not know a file
  "server_error", // a service may trip over one file
]);

/** So many files in a row that the service fails at one by one: it is not because of them. */
const MOST_SERVER_ERRORS = 2;

interface Waiting {
  readonly fileId: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * Moves files, and puts those together that go into one directory at the same time: while a request is under way, what
 * comes in waits for the next. Nothing is ever held back to wait for company.
 */
export class Moves {
  readonly #queues = new Map<string, Waiting[]>();

  constructor(private readonly client: MediasaurClient) {}

  /** Moves one file into a directory. */
  move(bucket: string, fileId: string, directory: string): Promise<void> {
    const key = `${bucket}\0${directory}`;
    return new Promise((done, failed) => {
      const queue = this.#queues.get(key);
      if (queue !== undefined) {
        queue.push({ fileId, done, failed });
        return;
      }
      this.#queues.set(key, [{ fileId, done, failed }]);
      void this.#drain(key, bucket, directory);
    });
  }

  async #drain(key: string, bucket: string, directory: string): Promise<void> {
    for (;;) {
      // Calls that the engine made together arrive in the same turn of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = this.#queues.get(key)?.splice(0, LARGEST) ?? [];
      if (batch.length === 0) break;
      await this.#send(batch, bucket, directory);
    }
    this.#queues.delete(key);
  }

  async #send(batch: readonly Waiting[], bucket: string, directory: string): Promise<void> {
    const move = (files: readonly Waiting[]): Promise<void> =>
      this.client.moveFiles({ bucket, fileIds: files.map(({ fileId }) => fileId), directory });
    try {
      await move(batch);
      for (const { done } of batch) done();
    } catch (error) {
      if (batch.length > 1 && isOfOne(error)) await oneByOne(batch, move, error);
      else for (const { failed } of batch) failed(error);
    }
  }
}

/**
 * One file can fail them all, and some may have moved: each goes again by itself, and gets its own answer. What no file can be the
 * reason for ends it for all that are left.
 */
async function oneByOne(
  batch: readonly Waiting[],
  move: (files: readonly Waiting[]) => Promise<void>,
  reason: unknown,
): Promise<void> {
  let serverErrors = 0;
  for (const [index, one] of batch.entries()) {
    try {
      await move([one]);
      one.done();
      serverErrors = 0;
    } catch (error) {
      one.failed(error);
      serverErrors = isMediasaurError(error) && error.code === "server_error" ? serverErrors + 1 : 0;
      if (isOfOne(error) && serverErrors < MOST_SERVER_ERRORS) continue;
      const left = batch.slice(index + 1);
      for (const { failed } of left) failed(afterAll(error, reason));
      return;
    }
  }
}

function isOfOne(error: unknown): boolean {
  return isMediasaurError(error) && OF_ONE.has(error.code);
}

/** The error for a file that was not sent by itself: the request for all may have moved it. */
function afterAll(error: unknown, reason: unknown): unknown {
  const isUnknown = isMediasaurError(reason) && reason.outcome === "unknown";
  return isUnknown && isMediasaurError(error) ? withUnknownOutcome(error) : error;
}
