import { readdirSync, realpathSync, statSync, type Stats } from "node:fs";
import { join, relative, sep } from "node:path";
import { DEFAULT_PLAN, type CheckedSeedBucket, type CheckedSeedFile } from "./checked-seed";
import { UsageError } from "../usage-error";

// What file managers and version control leave behind, and nobody means.
const ignored = new Set([".DS_Store", ".gitkeep", "Thumbs.db"]);

/** Links of folders to folders can make millions of files of a few. */
const MOST_FILES = 1_000_000;

/**
 * Reads a folder as a seed: a folder in it is a bucket, a file in that is a file. A link counts as what it leads to, which has to be in
 * the folder.
 *
 * @throws UsageError for a link that leaves the folder, leads nowhere, or leads to a folder that it is in.
 */
export function readSeedFolder(folder: string): readonly CheckedSeedBucket[] {
  return new SeedFolder(folder).buckets();
}

/** Something in the folder, links followed. */
interface Found {
  readonly real: string;
  readonly stats: Stats;
}

class SeedFolder {
  readonly #root: string;
  #files = 0;

  constructor(private readonly folder: string) {
    this.#root = realpathSync(folder);
  }

  buckets(): readonly CheckedSeedBucket[] {
    return this.#names(this.#root, "").map((name) => {
      const { real, stats } = this.#find(join(this.#root, name), name);
      if (!stats.isDirectory()) throw this.#problem(name, "is in no bucket's folder");
      return { name, plan: DEFAULT_PLAN, files: [...this.#filesIn(real, `${name}/`, "", new Set([this.#root, real]))] };
    });
  }

  *#filesIn(
    folder: string,
    bucket: string,
    before: string,
    within: ReadonlySet<string>,
  ): Generator<CheckedSeedFile, void, undefined> {
    for (const name of this.#names(folder, `${bucket}${before}`)) {
      const path = `${before}${name}`;
      const { real, stats } = this.#find(join(folder, name), `${bucket}${path}`);
      if (stats.isDirectory()) {
        if (within.has(real)) throw this.#problem(`${bucket}${path}`, "is a link to a folder that it is in");
        yield* this.#filesIn(real, bucket, `${path}/`, new Set([...within, real]));
      } else if (stats.isFile()) {
        if (++this.#files > MOST_FILES)
          throw new UsageError(`seed "${this.folder}" has over ${String(MOST_FILES)} files`);
        yield { path, visibility: "PUBLIC", content: { source: real }, id: undefined, metadata: {} };
      }
    }
  }

  #find(place: string, shown: string): Found {
    try {
      const real = realpathSync(place);
      const way = relative(this.#root, real);
      if (way === ".." || way.startsWith(`..${sep}`) || join(this.#root, way) !== real) {
        throw this.#problem(shown, "is a link that leaves the folder");
      }
      return { real, stats: statSync(real) };
    } catch (error) {
      throw this.#asProblem(error, shown);
    }
  }

  #names(folder: string, shown: string): readonly string[] {
    try {
      return readdirSync(folder)
        .filter((name) => !ignored.has(name))
        .sort();
    } catch (error) {
      throw this.#asProblem(error, shown);
    }
  }

  #asProblem(error: unknown, shown: string): UsageError {
    if (error instanceof UsageError) return error;
    const { code = "" } = error as { code?: string };
    if (code === "ELOOP") return this.#problem(shown, "is a link that leads to itself");
    if (code === "ENOENT") return this.#problem(shown, "is a link that leads nowhere");
    return this.#problem(shown, `can't be read (${code})`);
  }

  #problem(shown: string, what: string): UsageError {
    return new UsageError(`seed "${this.folder}": "${shown}" ${what}`);
  }
}
