import { readGlob, type Glob } from "../../provider/model/glob";

/** One glob over full paths, or several: a path that any of them matches is meant. */
export type Globs = string | readonly string[];

/**
 * Reads the globs of a policy.
 *
 * @param argument - what they are called, for the error
 * @throws Error where one is no text, is empty, or starts with a slash: it would match nothing, in silence
 */
export function readGlobs(argument: string, globs: Globs): Glob[] {
  const all = typeof globs === "string" ? [globs] : globs;
  if (!Array.isArray(all)) throw new Error(`${argument} has to be a glob, or an array of globs.`);
  return all.map((glob: unknown) => {
    if (typeof glob !== "string" || glob === "") throw new Error(`${argument} has to be a glob that is not empty.`);
    if (glob.startsWith("/")) {
      throw new Error(`${argument} starts with a slash: paths are relative to the bucket, such as "site/**".`);
    }
    return readGlob(glob);
  });
}
