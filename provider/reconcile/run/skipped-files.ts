import type { SkippedFile } from "../../client";

const SHOWN = 3;

/** The files that listings showed and that can't be worked with: told once a bucket, however many there are. */
export class SkippedFiles {
  readonly #byBucket = new Map<string, { shown: string[]; count: number }>();

  /** Takes note of one, and gives what is to be said of its bucket at the end of the run. */
  add({ bucket, id, path, reason }: SkippedFile): () => string {
    const known = this.#byBucket.get(bucket) ?? { shown: [], count: 0 };
    this.#byBucket.set(bucket, known);
    known.count += 1;
    const which = id ?? (path === undefined ? "one" : JSON.stringify(path));
    if (known.shown.length < SHOWN) known.shown.push(`${which} ${reason}`);
    return () => {
      const more = known.count - known.shown.length;
      const files = known.count === 1 ? "1 file" : `${String(known.count)} files`;
      return (
        `bucket ${JSON.stringify(bucket)} has ${files} that can't be managed, and that nothing here touches: ` +
        `${known.shown.join("; ")}${more > 0 ? `; and ${String(more)} more` : ""}.`
      );
    };
  }
}
