import * as v8 from "node:v8";
import { runInNewContext } from "node:vm";

type Collect = (options?: { type: "minor" }) => void;

/** What may come together before it is collected, in bytes; and, where more is in use anyway, as a part of that. */
const LEAST = 48 * 2 ** 20;
const PART = 1 / 3;

let gc: Collect | undefined;
let usedAfter = 0;

/** Has garbage collected: all of it, or what is young. */
export function collect(options?: { type: "minor" }): void {
  gc ??= exposed();
  gc(options);
}

/**
 * Has garbage collected if much of it may have come together since the last time. With gigabytes free V8 would let it grow to
 * several times of what is in use; work on thousands of files calls this every now and then. It costs next to nothing
 * where there is little.
 */
export function relieve(): void {
  if (used() - usedAfter < Math.max(LEAST, usedAfter * PART)) return;
  collect();
  usedAfter = used();
}

function used(): number {
  return v8.getHeapStatistics().used_heap_size;
}

function exposed(): Collect {
  // Node has no other way to ask for a collection. The flag adds a function to new contexts, and changes nothing else.
  v8.setFlagsFromString("--expose-gc");
  return runInNewContext("gc") as Collect;
}
