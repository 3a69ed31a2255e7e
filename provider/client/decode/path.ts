/**
 * What the rows seen so far say about how this service writes paths. Every service has one way; a single row may be
 * readable in two.
 */
export class PathVotes {
  readonly #styles = new Map<string, "full" | "directory">();
  #unprefixed = false;
  #prefixed = false;
  #undecided: { id: string; bucket: string; path: string } | undefined;

  /** Takes note of how a row is written; call it for a whole page before any row of it is read. */
  learn(row: RawPath): void {
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
    if (row.name === undefined || this.#styles.size >= MOST_VOTES) return;
    const style = styleByUrl(path, row.name, row.url) ?? (endsWithName(path, row.name) ? "full" : "directory");
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
  /** Base name. */
  name?: string;
  /** Where the file is served. */
  url?: string;
  /** The bucket that was asked about. */
  bucket?: string;
}

/** The full path of a row, `undefined` where it does not say, or the reason why it can't be accepted. */
export function fullPath(row: RawPath, votes: PathVotes): { path: string } | { refused: string } | undefined {
  const path = derive(row, votes);
  if (path === undefined || path === "") return undefined;
  const segments = path.split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === ".."))
    return { refused: `the path ${JSON.stringify(path.slice(0, 200))} has an empty, "." or ".." segment` };
  return { path };
}

function derive(row: RawPath, votes: PathVotes): string | undefined {
  const written = tidy(row.path);
  if (written !== undefined) {
    const strip = row.bucket !== undefined && votes.prefixed === true;
    const inBucket = (path: string): string => (strip ? withoutPrefix(path, row.bucket ?? "") : path);
    if (row.name === undefined) return inBucket(written);
    const ends = endsWithName(written, row.name);
    const style = styleByUrl(written, row.name, row.url) ?? votes.style ?? (ends ? "full" : "directory");
    return inBucket(style === "full" ? written.replace(/\/$/, "") : join(written, row.name));
  }
  const directory = tidy(row.directory);
  if (row.name?.includes("/") === true) return tidy(row.name);
  if (directory !== undefined && row.name !== undefined) return join(directory, row.name);
  return fromUrl(row);
}

/** One leading slash goes; a trailing one tells a directory and stays. */
function tidy(path: string | undefined): string | undefined {
  return path?.replace(/^\//, "");
}

function join(directory: string, name: string): string {
  const bare = directory.replace(/\/$/, "");
  return bare === "" || bare === "." ? name : `${bare}/${name}`;
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
  if (served.endsWith(`/${join(path, name)}`)) return "directory";
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
