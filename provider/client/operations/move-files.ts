import { MediasaurError } from "../errors";
import { readBulk } from "../decode/bulk";
import { DONE } from "../http/call";
import { atOf, send, type Call, type Host } from "../http/send";
import type { Answer } from "../http/transport";
import type { MoveQuery } from "../types";
import { withDirectory } from "./root";

const OPERATION = "POST /files/move";

/**
 * `POST /files/move`. After an unknown outcome only the ids that are not in the directory yet are sent again; `idsIn` lists
 * which are.
 */
export async function moveFiles(
  host: Host,
  query: MoveQuery,
  idsIn: (host: Host) => Promise<Set<string>>,
): Promise<void> {
  let left = [...new Set(query.fileIds)];
  if (left.length === 0) return;
  let unknown = false;
  await withDirectory(host, query.directory, async (target) => {
    const bodyOf = (ids: string[]): unknown => ({ bucket: query.bucket, file_ids: ids, target_path: target });
    const call: Call = {
      operation: OPERATION,
      method: "POST",
      path: "/files/move",
      json: bodyOf(left),
      repeat: "after_look",
      needsBody: false,
      look: async (state) => {
        unknown ||= state.unknown;
        if (!unknown) return undefined;
        const there = await idsIn(state.host);
        left = left.filter((id) => !there.has(id));
        return left.length === 0 ? { done: DONE } : { json: bodyOf(left) };
      },
    };
    const answer = await send(host, call);
    refuseFailures(call, answer, left, unknown);
  });
}

function refuseFailures(call: Call, answer: Answer, fileIds: string[], unknown: boolean): void {
  const { failures } = readBulk(answer.body);
  const ours = failures.filter(({ id }) => id === undefined || fileIds.includes(id));
  if (ours.length === 0) return;
  const listed = ours.slice(0, 10).map(({ id, text }) => (id === undefined ? text : `${id}: ${text}`));
  const more = ours.length > listed.length ? `, and ${ours.length - listed.length} more` : "";
  throw new MediasaurError({
    ...atOf(call, answer),
    code: "partial_failure",
    message: `${ours.length} of ${fileIds.length} files did not move (${listed.join("; ")}${more}). Look where each file is before trying again.`,
    outcome: unknown || fileIds.length > 1 ? "unknown" : "refused",
  });
}
