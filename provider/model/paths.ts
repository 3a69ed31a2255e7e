/** A file's place in its bucket: the directory without slashes at its ends (`""` is the root), and the base name. */
export interface Place {
  readonly directory: string;
  readonly name: string;
}

/** The folder where files are parked for a moment while others take their places. No program may declare a path in it. */
export const TEMPORARY_PREFIX = ".mediasaur-tmp";

const LONGEST_PATH_BYTES = 1024;
const LONGEST_NAME_BYTES = 255;

/** Splits a full path into directory and name. */
export function splitPath(path: string): Place {
  const slash = path.lastIndexOf("/");
  return { directory: path.slice(0, Math.max(slash, 0)), name: path.slice(slash + 1) };
}

/** Joins a directory (`""` is the root) and a name to a full path. */
export function joinPath(directory: string, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}

/**
 * Says what is wrong with a path that a program declares, or `undefined` where nothing is. The rule is stricter than
 * a store's own may be: a path that some store would rewrite in silence (`a//b`, `./a`) can't be held to.
 */
export function pathProblem(path: unknown): string | undefined {
  if (typeof path !== "string") return "must be a string: the full path in the bucket, with the file's name";
  if (path === "") return "is empty: give the full path in the bucket, with the file's name";
  const shown = JSON.stringify(path.length > 200 ? `${path.slice(0, 200)}…` : path);
  if (path.startsWith("/"))
    return `${shown} starts with a slash: paths are relative to the bucket, such as "site/hero.jpg"`;
  if (path.endsWith("/")) return `${shown} ends with a slash: give the file's name too, such as "site/hero.jpg"`;

  if (/[\u0000-\u001f\u007f]/.test(path)) return `${shown} has a control character`;
  if (/\p{Surrogate}/u.test(path)) return `${shown} is not well-formed Unicode`;
  const segments = path.split("/");
  if (segments.includes("")) return `${shown} has an empty segment ("//")`;
  if (segments.includes(".") || segments.includes("..")) return `${shown} has a "." or ".." segment`;
  if (segments[0] === TEMPORARY_PREFIX)
    return `${shown} lies in "${TEMPORARY_PREFIX}", which is reserved for files on their way`;
  if (segments.some((segment) => segment !== segment.trim()))
    return `${shown} has a segment that starts or ends with white space`;
  if (Buffer.byteLength(path) > LONGEST_PATH_BYTES)
    return `${shown} is longer than ${String(LONGEST_PATH_BYTES)} bytes`;
  if (segments.some((segment) => Buffer.byteLength(segment) > LONGEST_NAME_BYTES)) {
    return `${shown} has a segment longer than ${String(LONGEST_NAME_BYTES)} bytes`;
  }
  return undefined;
}
