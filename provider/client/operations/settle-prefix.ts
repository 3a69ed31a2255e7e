import { isMediasaurError } from "../errors";
import { listPage } from "./list-page";
import type { Host } from "../http/send";

/** How often an answer that settles nothing is tried to be got in a process. */
const MOST_TRIES = 3;

/**
 * Finds out whether paths are written with the bucket's name in front, where all that was seen is: `media/a.png` in bucket
 * `media` may be `a.png`, or lie in a directory of that name. A listing is filtered by where files really are, so it is
 * asked for both: the reading under which it gives the file is the right one. A few reads, once in a process.
 */
export async function settlePrefix(host: Host): Promise<void> {
  const { profile } = host;
  if (profile.votes.undecided === undefined || profile.prefixTries >= MOST_TRIES) return;
  profile.prefixProbe ??= probe(host).finally(() => (profile.prefixProbe = undefined));
  await profile.prefixProbe;
}

async function probe(host: Host): Promise<void> {
  const { profile } = host;
  const open = profile.votes.undecided;
  if (open === undefined) return;
  profile.prefixTries += 1;
  const { id, bucket, path } = open;
  const inside = path.slice(bucket.length + 1);
  const shows = async (filter: string): Promise<boolean> => {
    try {
      const { rows } = await listPage(host, { bucket, offset: 0, ...(filter === "" ? {} : { filter }) });
      return rows.some((row) => (row.kind === "file" ? row.file.id === id : row.kind === "partial" && row.id === id));
    } catch (error) {
      // Some services refuse a filter that names no directory.
      if (isMediasaurError(error) && error.code === "invalid_request") return false;
      throw error;
    }
  };
  for (const form of [(full: string) => full, directoryOf, slashed]) {
    const [prefixed, unprefixed] = [await shows(form(inside)), await shows(form(path))];
    if (prefixed === unprefixed) continue;
    profile.votes.decide(prefixed);
    return;
  }
}

function slashed(path: string): string {
  const directory = directoryOf(path);
  return directory === "" ? "" : `${directory}/`;
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}
