/** Whether a full path is one that the store takes: no empty, `.` or `..` segment, no slash at either end. */
export function isValidPath(path: string): boolean {
  return path
    .split("/")
    .every((segment) => segment !== "" && segment !== "." && segment !== ".." && !segment.includes("\0"));
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
  return path.split("/").map(encodeURIComponent).join("/");
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
