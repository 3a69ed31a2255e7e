import type { MediasaurClient } from "../../client";

/** The most files that go into one request. */
const LARGEST = 100;

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
    try {
      await this.client.moveFiles({ bucket, fileIds: batch.map(({ fileId }) => fileId), directory });
      for (const { done } of batch) done();
    } catch (error) {
      if (batch.length === 1) {
        batch[0]?.failed(error);
        return;
      }
      // One file can fail them all, and some may have moved: each goes again by itself, and gets its own answer.
      for (const one of batch) {
        await this.client.moveFiles({ bucket, fileIds: [one.fileId], directory }).then(one.done, one.failed);
      }
    }
  }
}
