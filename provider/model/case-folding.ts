/**
 * The form of a path or name by which a store that ignores case compares it. Differently composed Unicode counts as the
 * same: some stores compose what they are given.
 */
export function foldCase(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/**
 * How places are compared: by their folded form, as nobody knows whether the store ignores case, unless the bucket
 * already holds two paths that differ in nothing else, and so tells them apart.
 */
export function placeFolding(paths: Iterable<string>): (text: string) => string {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const folded = foldCase(path);
    const other = seen.get(folded);
    if (other !== undefined && other !== path) return (text) => text;
    seen.set(folded, path);
  }
  return foldCase;
}
