import { joined, SlashVotes } from "./slashes";

/**
 * What the rows seen so far say about how this service writes paths. Every service has one way; a single row may be
 * readable in two.
 */
export class PathVotes {
  readonly #styles = new Map<string, "full" | "directory">();
  #unprefixed = false;
  #prefixed = false;
  readonly #slashes = new SlashVotes();
  #undecided: { id: string; bucket: string; path: string } | undefined;

  /** Takes note of how a row is written; call it for a whole page before any row of it is read. */
  learn(row: RawPath): void {
    const written = row.path ?? row.directory;
    if (written !== undefined)
      this.#slashes.learn(row.id ?? written, written, row.path === undefined || row.name !== undefined);
    const path = tidy(row.path);
    if (path === undefined) return;
    if (row.bucket !== undefined && path !== "") {
      const evidence = prefixEvidence(path, row.bucket, row.url);
      if (evidence === "unprefixed") this.#unprefixed = true;
      if (evidence === "prefixed") this.#prefixed = true;
      if (evidence === undefined && row.id !== undefined && path.startsWith(`${row.bucket}/`)) {
        this.#undecided = { id: row.id, bucket: row.bucket, path: derive(row, this) ?? path };
      }
    }
    if (row.name === undefined || row.name === "" || this.#styles.size >= MOST_VOTES) return;
    const told = styleByUrl(path, row.name, row.url);
    // The marker of a folder, or a file in a folder of its own name: it tells nothing of other rows.
    if (told === undefined && isMarker(path, row.name)) return;
    const style = told ?? (endsWithName(path, row.name) ? "full" : "directory");
    this.#styles.set(row.id ?? `${path}\n${row.name}`, style);
  }

  /** How most rows are written. A row has one vote, however often it is read. */
  get style(): "full" | "directory" | undefined {
    let lead = 0;
    for (const style of this.#styles.values()) lead += style === "full" ? 1 : -1;
    return lead === 0 ? undefined : lead > 0 ? "full" : "directory";
  }

  /** Whether paths are written with the bucket's name in front; `undefined` while nothing has shown it. */
  get prefixed(): boolean | undefined {
    return this.#unprefixed ? false : this.#prefixed ? true : undefined;
  }

  /** How directories and leading slashes are written. */
  get slashes(): SlashVotes {
    return this.#slashes;
  }

  /** A row that begins with the bucket's name, as long as nothing shows what that means. */
  get undecided(): { id: string; bucket: string; path: string } | undefined {
    return this.prefixed === undefined ? this.#undecided : undefined;
  }

  /** Takes note of what was found out by asking. */
  decide(prefixed: boolean): void {
    if (prefixed) this.#prefixed = true;
    else this.#unprefixed = true;
  }
}

const MOST_VOTES = 64;

/** What a row says about where its file is. */
export interface RawPath {
  /** The row's id: one row, one vote. */
  id?: string;
  /** Under a path alias: the full path or the directory, which is the question. */
  path?: string;
  /** Under a directory alias. */
  directory?: string;
  /** Base name; `""` is what the marker of a folder may have. */
  name?: string;
  /** Where the file is served. */
  url?: string;
  /** The bucket that was asked about. */
  bucket?: string;
}

/** The full path of a row, `undefined` where it does not say, or the reason why it can't be accepted. */
export function fullPath(
  row: RawPath,
  votes: PathVotes,
): { path: string } | { path: string; refused: string } | undefined {
  const path = derive(row, votes);
  if (path === undefined || path === "") return undefined;
  const segments = path.split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === ".."))
    return {
      path,
      refused: `lies at ${JSON.stringify(path.slice(0, 200))}, a path with an empty, "." or ".." segment`,
    };
  return { path };
}

function derive(row: RawPath, votes: PathVotes): string | undefined {
  const { slashes } = votes;
  if (row.path !== undefined) {
    const written = slashes.withoutLeading(row.path);
    const strip = row.bucket !== undefined && votes.prefixed === true;
    const inBucket = (path: string): string => (strip ? withoutPrefix(path, row.bucket ?? "") : path);
    if (row.name === undefined) return inBucket(written);
    if (row.name === "") return inBucket(votes.style === "directory" ? `${written}/` : written);
    const told = styleByUrl(tidy(row.path) ?? "", row.name, row.url) ?? votes.style;
    // Nothing tells the marker of the folder from a file in it that is called the same.
    if (told === undefined && isMarker(written, row.name)) return inBucket(written);
    const style = told ?? (endsWithName(written, row.name) ? "full" : "directory");
    return inBucket(style === "full" ? written : slashes.join(written, row.name));
  }
  if (row.name?.includes("/") === true) return tidy(row.name);
  if (row.directory !== undefined && row.name !== undefined)
    return slashes.join(slashes.withoutLeading(row.directory), row.name);
  return fromUrl(row);
}

/** One leading slash goes; a trailing one tells a directory and stays. */
function tidy(path: string | undefined): string | undefined {
  return path?.replace(/^\//, "");
}

function isMarker(path: string, name: string): boolean {
  return name.endsWith("/") || path === `${name}/` || path.endsWith(`/${name}/`);
}

function endsWithName(path: string, name: string): boolean {
  if (path === name || path.endsWith(`/${name}`)) return true;
  const base = path.slice(path.lastIndexOf("/") + 1);
  return base.startsWith(`${name}.`) && !base.slice(name.length + 1).includes(".");
}

/** The address ends with the path itself, or with the path and the name: that settles it. */
function styleByUrl(path: string, name: string, url: string | undefined): "full" | "directory" | undefined {
  const served = pathnameOf(url);
  if (served === undefined) return undefined;
  if (served.endsWith(`/${joined(path, name)}`)) return "directory";
  return served.endsWith(`/${path}`) ? "full" : undefined;
}

function prefixEvidence(path: string, bucket: string, url: string | undefined): "prefixed" | "unprefixed" | undefined {
  if (!path.startsWith(`${bucket}/`)) return path === bucket ? undefined : "unprefixed";
  const served = pathnameOf(url);
  if (served === undefined) return undefined;
  const stem = path.replace(/\/$/, "");
  if (served.includes(`/${bucket}/${stem}`) || hostNames(url, bucket)) return "unprefixed";
  const rest = withoutPrefix(stem, bucket);
  return served.includes(`/${rest}`) ? "prefixed" : undefined;
}

function withoutPrefix(path: string, bucket: string): string {
  return path.startsWith(`${bucket}/`) ? path.slice(bucket.length + 1) : path;
}

function fromUrl(row: RawPath): string | undefined {
  const served = pathnameOf(row.url)?.slice(1);
  if (served === undefined || served === "") return undefined;
  if (row.name !== undefined && !endsWithName(served, row.name)) return undefined;
  return row.bucket !== undefined && !hostNames(row.url, row.bucket) ? withoutPrefix(served, row.bucket) : served;
}

function hostNames(url: string | undefined, bucket: string): boolean {
  return url !== undefined && new URL(url).hostname.split(".").includes(bucket.toLowerCase());
}

function pathnameOf(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return undefined;
  }
}
