import { isMediasaurError } from "../errors";
import { learnRow, readRow, type FileReading } from "../decode/file";
import { badAnswer } from "../decode/problem";
import { readList } from "../decode/list";
import { atOf, send, type Call, type Host } from "../http/send";
import { wellFormed } from "./segment";

/** One page of `GET /files`, as read. */
export interface ListedPage {
  /** One for each row that the server sent. */
  rows: FileReading[];
  /** Rows that match in all. */
  total?: number;
  /** Whether more follow, where the answer says so. */
  more?: boolean;
}

const SMALLER_LIMITS: Record<number, number | undefined> = { 100: 50, 50: 10, 10: undefined };

/**
 * `GET /files`
 *
 * @param beforeReading - called when the whole page was heard, and before any row of it is read
 */
export async function listPage(
  host: Host,
  query: { bucket: string; filter?: string; offset: number },
  beforeReading?: (host: Host) => Promise<void>,
): Promise<ListedPage> {
  const { profile } = host;
  const limit = profile.pageLimit;
  const operation = "GET /files";
  const call: Call = {
    operation,
    method: "GET",
    path: "/files",
    query: {
      bucket: wellFormed(operation, query.bucket),
      ...(query.filter === undefined ? {} : { path: wellFormed(operation, query.filter) }),
      ...(limit === undefined ? {} : { limit: String(limit) }),
      offset: String(query.offset),
    },
    repeat: "freely",
    needsBody: true,
  };
  try {
    const answer = await send(host, call);
    const at = atOf(call, answer);
    const list = readList(answer.body, at, answer.headers);
    const row = query.filter === undefined ? ("whole" as const) : ("filtered" as const);
    const context = { at, bucket: query.bucket, votes: profile.votes, row };
    // The whole page is heard before any row is read: one row alone may be readable in two ways.
    for (const each of list.rows) learnRow(each, context);
    await beforeReading?.(host);
    const rows = list.rows.map((each) => readRow(each, context));
    for (const reading of rows) {
      if (reading.kind === "file" && reading.file.bucket !== query.bucket)
        throw badAnswer(
          at,
          `asked for files of bucket ${JSON.stringify(query.bucket)}, got one of ${JSON.stringify(reading.file.bucket)}.`,
        );
    }
    // One odd row is no concern of others; where a listing begins with nothing else, this is not the API that is known.
    const [first] = rows;
    if (
      query.offset === 0 &&
      first?.kind === "odd" &&
      rows.every((each) => each.kind === "odd" && each.id === undefined)
    )
      throw badAnswer(at, `the listing ${first.reason}.`);
    return {
      rows,
      ...(list.total === undefined ? {} : { total: list.total }),
      ...(list.more === undefined ? {} : { more: list.more }),
    };
  } catch (error) {
    const tooMany = isMediasaurError(error) && error.code === "invalid_request" && /\blimit\b/i.test(error.detail);
    if (!tooMany || limit === undefined) throw error;
    profile.pageLimit = SMALLER_LIMITS[limit];
    return listPage(host, query, beforeReading);
  }
}
