const MOST_VOTES = 64;

/**
 * How a service writes slashes, by what the rows seen so far have in common. Every service has one way; a key that a stranger made
 * (`/x`, `a//b`, `./x`) shows as a row that is written in another, and must not be taken for the file without the odd part.
 */
export class SlashVotes {
  readonly #rows = new Map<string, { leading?: boolean; trailing?: boolean }>();
  readonly #roots = new Set<string>();

  /**
   * Takes note of how a row is written. A row has one vote, however often it is read.
   *
   * @param mayBeDirectory - whether the text can be a directory at all
   */
  learn(row: string, written: string, mayBeDirectory: boolean): void {
    if (written === "" || written === "/" || written === "." || written === "./") {
      if (mayBeDirectory) this.#roots.add(written);
      return;
    }
    if (this.#rows.size >= MOST_VOTES && !this.#rows.has(row)) return;
    this.#rows.set(row, {
      leading: written.startsWith("/"),
      ...(mayBeDirectory ? { trailing: written.endsWith("/") } : {}),
    });
  }

  /** The path as it is in the bucket: the slash that a service writes in front of all of them is no part of it. */
  withoutLeading(written: string): string {
    if (!written.startsWith("/") || written === "/") return written;
    return this.#majority("leading") === false ? written : written.slice(1);
  }

  /** The path of a name in a directory, as it is written here. Where it is written as no other is, what is odd about it stays. */
  join(directory: string, name: string): string {
    if (this.#isRoot(directory)) return name;
    const bare = this.#majority("trailing") === false ? directory : directory.replace(/\/$/, "");
    return `${bare}/${name}`;
  }

  #isRoot(directory: string): boolean {
    if (directory === "") return true;
    if (directory === "/") return !this.#roots.has("");
    return (directory === "." || directory === "./") && !this.#roots.has("") && !this.#roots.has("/");
  }

  #majority(kind: "leading" | "trailing"): boolean | undefined {
    let lead = 0;
    for (const row of this.#rows.values()) {
      const vote = row[kind];
      if (vote !== undefined) lead += vote ? 1 : -1;
    }
    return lead === 0 ? undefined : lead > 0;
  }
}

/** The path of a name in a directory that is written with or without a slash at its end. */
export function joined(directory: string, name: string): string {
  const bare = directory.replace(/\/$/, "");
  return bare === "" || bare === "." ? name : `${bare}/${name}`;
}
