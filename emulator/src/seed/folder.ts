import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_PLAN, type CheckedSeedBucket, type CheckedSeedFile } from "./checked-seed";
import { UsageError } from "../usage-error";

// What file managers and version control leave behind, and nobody means.
const ignored = new Set([".DS_Store", ".gitkeep", "Thumbs.db"]);

/** Reads a folder as a seed: a folder in it is a bucket, a file in that is a file. */
export function readSeedFolder(folder: string): readonly CheckedSeedBucket[] {
  return names(folder).map((name) => {
    const bucket = join(folder, name);
    if (!statSync(bucket).isDirectory()) throw new UsageError(`seed "${folder}": "${name}" is in no bucket's folder`);
    return { name, plan: DEFAULT_PLAN, files: [...filesIn(bucket, "")] };
  });
}

function* filesIn(folder: string, before: string): Generator<CheckedSeedFile> {
  for (const name of names(folder)) {
    const source = join(folder, name);
    const path = `${before}${name}`;
    const found = statSync(source);
    if (found.isDirectory()) yield* filesIn(source, `${path}/`);
    else if (found.isFile()) {
      yield { path, visibility: "PUBLIC", content: { source }, id: undefined, metadata: {} };
    }
  }
}

function names(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !ignored.has(name))
    .sort();
}
