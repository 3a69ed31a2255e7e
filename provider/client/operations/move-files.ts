import { isMediasaurError, MediasaurError, withUnknownOutcome } from "../errors";
import { readBulk } from "../reader/bulk";
import { ATTEMPTS, backoffAfter, patienceOf, SHORTEST_TIMEOUT_MS, TOO_MUCH } from "../again";
import { atOf, lookFirst, send, type Call, type Host } from "../send";
import { budgetOf } from "../session";
import type { MoveQuery } from "../types";
import { withDirectory } from "./root";

const OPERATION = "POST /files/move";

/**
 * `POST /files/move`. After an unknown outcome only the ids that are not in the directory yet are sent again; `idsIn` lists
 * which are. All of it together has the patience of one call, and each repetition costs one of the run's.
 */
export async function moveFiles(
  host: Host,
  query: MoveQuery,
  idsIn: (host: Host) => Promise<Set<string>>,
): Promise<void> {
  let left = [...new Set(query.fileIds)];
  let unknown = false;
  let patienceMs = patienceOf(host);
  const patient = (): Host => ({ ...host, patienceMs });
  for (let attempt = 1; left.length > 0; attempt++) {
    const start = host.clock.now();
    try {
      await withDirectory(host, query.directory, (target) => moveOnce(patient(), query.bucket, left, target));
      return;
    } catch (error) {
      if (!isMediasaurError(error)) throw error;
      patienceMs -= Math.min(host.timeoutMs, host.clock.now() - start);
      const mayBeDone = error.outcome === "unknown" && error.retryable && patienceMs >= SHORTEST_TIMEOUT_MS;
      if (!mayBeDone || attempt >= ATTEMPTS)
        throw unknown && error.outcome === "refused" ? withUnknownOutcome(error) : error;
      // `send` does not repeat what must be looked for first, so that it is counted here.
      if (!budgetOf(host.clock).take()) throw withUnknownOutcome(error, TOO_MUCH);
      unknown = true;
      const backoff = backoffAfter(host.clock, attempt);
      patienceMs -= backoff;
      await host.clock.sleep(backoff);
      const there = await lookFirst(idsIn(patient()), true);
      left = left.filter((id) => !there.has(id));
    }
  }
}

async function moveOnce(host: Host, bucket: string, fileIds: string[], target: string): Promise<void> {
  const call: Call = {
    operation: OPERATION,
    method: "POST",
    path: "/files/move",
    json: { bucket, file_ids: fileIds, target_path: target },
    safe: false,
    needsBody: false,
  };
  const answer = await send(host, call);
  const { failures } = readBulk(answer.body);
  const ours = failures.filter(({ id }) => id === undefined || fileIds.includes(id));
  if (ours.length === 0) return;
  const listed = ours.slice(0, 10).map(({ id, text }) => (id === undefined ? text : `${id}: ${text}`));
  const more = ours.length > listed.length ? `, and ${ours.length - listed.length} more` : "";
  throw new MediasaurError({
    ...atOf(call, answer),
    code: "partial_failure",
    message: `${ours.length} of ${fileIds.length} files did not move (${listed.join("; ")}${more}). Look where each file is before trying again.`,
    outcome: fileIds.length > 1 ? "unknown" : "refused",
  });
}
