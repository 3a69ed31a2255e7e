import { Readable } from "node:stream";
import * as v8 from "node:v8";
import { runInNewContext } from "node:vm";

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
  // Node has no other way to ask for a collection. The flag adds a function to new contexts, and changes nothing else.
  v8.setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as (options?: { type: "minor" }) => void;
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
