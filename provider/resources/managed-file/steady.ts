import { Readable } from "node:stream";
import { collect } from "../../reconcile/run/garbage";

/** How much passes between two collections, in bytes. */
const BETWEEN = 4 * 2 ** 20;

/**
 * Passes a large stream on, and has its chunks collected as it goes. V8 counts them among what lies outside its heap, and
 * would let tens of megabytes of them pile up: more than all of a stream that is on its way.
 */
export function steady(stream: Readable, size: number): Readable {
  return size <= BETWEEN ? stream : Readable.from(collecting(stream), { objectMode: false });
}

async function* collecting(stream: Readable): AsyncGenerator<Buffer> {
  collect();
  let passed = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    yield chunk;
    passed += chunk.length;
    if (passed < BETWEEN) continue;
    passed = 0;
    collect({ type: "minor" });
  }
}
