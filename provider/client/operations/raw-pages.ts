import { Ahead } from "./prefetch";
import { settlePrefix } from "./settle-prefix";
import { isMediasaurError, MediasaurError } from "../errors";
import { getDetails } from "./get-file";
import { listPage, type ListedPage } from "./list-page";
import type { Host } from "../http/send";
import { redact } from "../redaction/redact";
import type { FileInfo, FilePage, SkippedFile } from "../types";

const MOST_PAGES = 100_000;
const MOST_SCANS = 12;
const MOST_PAGES_WITHOUT_NEWS = 5;

/** What is to be listed, with the filter as it is sent. */
interface RawQuery {
  bucket: string;
  filter?: string;
  /** Whether all of it is wanted for sure: then pages are asked for ahead. */
  all?: boolean | undefined;
}

/** What one walk through a listing has seen. */
interface Walk {
  files: Set<string>;
  folders: Set<string>;
}

/**
 * Every page of a listing with the filter as it is sent. The offset advances by the rows received, as the server may send
 * fewer than asked for, and a short page is no end. Where the walk ends with fewer rows than the server counts, it is
 * walked again, as rows may have moved between pages, until that brings nothing more.
 */
export async function* rawPages(host: Host, query: RawQuery): AsyncGenerator<FilePage> {
  const walk: Walk = { files: new Set(), folders: new Set() };
  for (let scan = 1, idle = 0; ; scan++) {
    const before = walk.files.size;
    for await (const page of scanOnce(host, query, walk)) {
      if (!page.end) {
        yield page;
        continue;
      }
      if (walk.files.size === before) idle++;
      else idle = 0;
      const short = page.total !== undefined && walk.files.size + walk.folders.size < page.total;
      // A total may count what is never shown. Only where another scan brought more is it worth a third.
      const again = short && scan < MOST_SCANS && (scan === 1 || (idle < 2 && !(scan === 2 && idle > 0)));
      yield again ? { ...page, end: false } : page;
      if (!again) return;
    }
  }
}

async function* scanOnce(host: Host, query: RawQuery, walk: Walk): AsyncGenerator<FilePage> {
  let offset = 0;
  let first: string | undefined;
  let withoutNews = 0;
  const seen = new Set<string>();
  const { bucket, filter } = query;
  const asked = filter === undefined ? { bucket } : { bucket, filter };
  const ahead = new Ahead((at) => listPage(host, { ...asked, offset: at }, settlePrefix));
  for (let count = 0; count < MOST_PAGES; count++) {
    const listed = await ahead.at(offset);
    const page = JSON.stringify(listed.rows.map(keyOf));
    const before = seen.size;
    for (const row of listed.rows) seen.add(keyOf(row) ?? `${offset}`);
    const news = listed.rows.length === 0 || seen.size > before;
    withoutNews = news ? 0 : withoutNews + 1;
    // What comes again at the end of a listing has been shifted by files that came meanwhile; what comes again from the beginning
    // has not. One row proves nothing either way.
    const repeated = page === first && (listed.rows.length > 1 || withoutNews > 1);
    if (!news && (repeated || withoutNews >= MOST_PAGES_WITHOUT_NEWS)) throw ignored(offset);
    first ??= page;
    // Services differ in whether folder rows count for the offset: going too slowly repeats rows, too fast loses files. A file
    // that comes twice shows that they do.
    const files = listed.rows.filter((row) => row.kind !== "folder").length;
    offset += files === 0 || !news ? listed.rows.length : files;
    const isFull = news && files === listed.rows.length && files === host.profile.pageLimit;
    if (query.all === true && isFull && listed.total !== undefined) ahead.follow(offset, files, listed.total);
    const { files: fresh, skipped } = await filesOf(host, query.bucket, listed, walk);
    const told: FilePage = { files: fresh, received: listed.rows.length, end: isEnd(host, listed, walk, count === 0) };
    if (skipped.length > 0) told.skipped = skipped;
    if (listed.total !== undefined) told.total = listed.total;
    yield told;
    if (told.end) return;
  }
  throw new MediasaurError({
    code: "bad_answer",
    operation: "GET /files",
    message: `the listing does not end after ${MOST_PAGES} pages.`,
  });
}

/** The files of a page that were not seen before. A row that does not say where its file is, is looked up by its id. */
async function filesOf(
  host: Host,
  bucket: string,
  listed: ListedPage,
  walk: Walk,
): Promise<{ files: FileInfo[]; skipped: SkippedFile[] }> {
  const files: FileInfo[] = [];
  const skipped: SkippedFile[] = [];
  const skip = (row: Omit<SkippedFile, "bucket">): void => {
    const file = { bucket, ...row, reason: redact(row.reason) };
    skipped.push(file);
    if (host.profile.isNew(file)) host.onSkipped?.(file);
  };
  for (const row of listed.rows) {
    const key = keyOf(row) ?? "";
    if (row.kind === "folder") walk.folders.add(row.key);
    if (row.kind === "gone" && row.id !== undefined) walk.files.add(row.id);
    if (row.kind === "folder" || row.kind === "gone" || walk.files.has(key)) continue;
    walk.files.add(key);
    if (row.kind === "file") files.push(row.file);
    else if (row.kind === "odd") {
      const { kind: _kind, ...what } = row;
      skip(what);
    } else {
      const file = await detailsOf(host, row.id, bucket);
      if (file !== undefined && "reason" in file) skip(file);
      else if (file !== undefined) files.push(file);
    }
  }
  return { files, skipped };
}

/** A file whose own answer is of no use is no concern of the others, either. */
async function detailsOf(
  host: Host,
  id: string,
  bucket: string,
): Promise<FileInfo | Omit<SkippedFile, "bucket"> | undefined> {
  try {
    const details = await getDetails(host, id, { bucket });
    if (details.kind === "gone") return undefined;
    if (details.kind === "file") return details.file;
    const { kind: _kind, ...what } = details;
    return what;
  } catch (error) {
    if (!isMediasaurError(error) || (error.code !== "bad_answer" && error.code !== "wrong_bucket")) throw error;
    return { id, reason: `can't be read: ${error.detail}` };
  }
}

function isEnd(host: Host, listed: ListedPage, walk: Walk, first: boolean): boolean {
  const received = listed.rows.length;
  if (received === 0 || listed.more === false) return true;
  if (listed.more === true || listed.total === undefined || walk.files.size < listed.total) return false;
  // A "total" that is exactly one full first page may be the count of that page.
  return !(first && received === listed.total && received === host.profile.pageLimit);
}

function keyOf(row: ListedPage["rows"][number] | undefined): string | undefined {
  if (row?.kind === "folder") return row.key;
  if (row === undefined) return undefined;
  if (row.kind === "odd") return row.id ?? `odd ${row.path ?? row.reason}`;
  return row.kind === "file" ? row.file.id : row.id;
}

function ignored(offset: number): MediasaurError {
  return new MediasaurError({
    code: "offset_ignored",
    operation: "GET /files",
    message: `the server ignores offset: at ${offset} it sent again what it had sent before, so the listing can't be completed.`,
  });
}
