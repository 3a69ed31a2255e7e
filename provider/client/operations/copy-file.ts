import { MediasaurError } from "../errors";
import { readBulk } from "../decode/bulk";
import { readRow, type FileReading } from "../decode/file";
import { atOf, send, type Call, type Host } from "../http/send";
import type { CopyHint, CopyQuery } from "../types";
import { withDirectory } from "./root";

/** `POST /files/copy` for one file by its id into a directory, the one use of it whose meaning is not open. Sent once. */
export async function copyFile(host: Host, query: CopyQuery): Promise<CopyHint> {
  return withDirectory(host, query.directory, async (target) => {
    const call: Call = {
      operation: "POST /files/copy",
      method: "POST",
      path: "/files/copy",
      json: {
        source_bucket: query.sourceBucket,
        target_bucket: query.targetBucket,
        target_path: target,
        file_ids: [query.fileId],
      },
      repeat: "never",
      needsBody: false,
    };
    const answer = await send(host, call);
    const at = atOf(call, answer);
    const { rows, ids, failures } = readBulk(answer.body);
    if (failures.length > 0)
      throw new MediasaurError({
        ...at,
        code: "partial_failure",
        message: `file ${query.fileId} was not copied: ${failures[0]?.text ?? ""}.`,
      });
    const context = { at, bucket: query.targetBucket, votes: host.profile.votes };
    const candidates = rows
      .map((row) => hint(() => readRow(row, context)))
      .flatMap((row) => (row?.kind === "file" ? [row.file] : []));
    const other = (id: string): boolean => id !== query.fileId;
    return { candidates: candidates.filter(({ id }) => other(id)), candidateIds: ids.filter(other) };
  });
}

/** The answer to a write is a hint: what can't be read of it is left out. */
function hint(read: () => FileReading): FileReading | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
