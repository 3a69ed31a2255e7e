/** Whether a text can be kept: the database cuts it at a NUL, and half of a surrogate pair is no character in UTF-8. */
export function isStorable(text: string): boolean {
  return !/[\0\p{Surrogate}]/u.test(text);
}

/**
 * Whether a full path is one that requests may make: no empty, `.` or `..` segment, no slash at either end. What came otherwise into
 * the store may have any path that is not empty.
 */
export function isValidPath(path: string): boolean {
  return isStorable(path) && path.split("/").every((segment) => segment !== "" && segment !== "." && segment !== "..");
}

/** Whether a name can be the last segment of a path. */
export function isValidName(name: string): boolean {
  return !name.includes("/") && isValidPath(name);
}

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** What is before the last segment, without a slash at the end; `""` at the root. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** A name in a directory (`""` is the root). */
export function joinPath(directory: string, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}

/** A name in two: what is before its extension, and the extension with its dot (or `""`). */
export function splitExtension(name: string): readonly [stem: string, extension: string] {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
}

/** A path with every segment escaped for a URL. */
export function escapePath(path: string): string {
  const segments = path.split("/");
  // Clients resolve such segments, escaped or not, before they ask; beside an escaped slash they are a part of a name.
  const isResolved = segments.some((segment) => segment === "." || segment === "..");
  return segments.map(encodeURIComponent).join(isResolved ? "%2F" : "/");
}

/** A regular expression for a glob: `*` and `?` stay within a segment, `**` does not. */
export function globExpression(glob: string): RegExp {
  const source = glob.replace(/\*\*\/?|[*?]|[.+^${}()|[\]\\]/g, (part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    return `\\${part}`;
  });
  return new RegExp(`^${source}$`, "su");
}
