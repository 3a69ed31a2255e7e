type Picomatch = ((glob: string, options: object) => (path: string) => boolean) & {
  scan: (glob: string, options: object) => { base: string; glob: string; negated: boolean };
};
// eslint-disable-next-line @typescript-eslint/no-require-imports -- it has no types of its own
const picomatch = require("picomatch") as Picomatch;

/** Paths in a bucket are the same everywhere, and a leading dot hides nothing. */
const OPTIONS = { dot: true, windows: false, strictSlashes: true };

/** A glob, ready for use. */
export interface Glob {
  /** What every path that matches starts with. */
  readonly start: string;
  /** Whether a full path matches. */
  readonly matches: (path: string) => boolean;
}

/** Reads a glob over full paths. */
export function readGlob(text: string): Glob {
  const matches = picomatch(text.normalize("NFC"), OPTIONS);
  return { start: startOf(text), matches: (path) => matches(path.normalize("NFC")) };
}

/** The directories before the first wildcard; nothing where a character may mean something else than itself. */
function startOf(text: string): string {
  const { base, glob, negated } = picomatch.scan(text, OPTIONS);
  if (negated || base === "" || /[\\!()[\]{}*?+@"]/.test(base) || !text.startsWith(base)) return "";
  return glob === "" ? base : `${base}/`;
}
