import { ALIASES, foldedKeys, pick } from "../../../../provider/client/decode/aliases";
import { isObject } from "../../../../provider/client/decode/body";
import { readBulk } from "../../../../provider/client/decode/bulk";
import { unwrap } from "../../../../provider/client/decode/envelope";
import { judge } from "../../../../provider/client/http/failure";
import { readFileAnswer } from "../../../../provider/client/decode/file";
import { PathVotes } from "../../../../provider/client/decode/path";
import type { Answer } from "../../../../provider/client/http/transport";

/** The code of a failure, whatever its shape; `undefined` for a success. */
export function failureOf(answer: Answer): string | undefined {
  const asked = { operation: "", baseUrl: "", writes: true, needsBody: false, proven: true };
  return judge(asked, answer)?.parts.code;
}

/** The object that an answer is about, out of its envelope. */
export function entityOf({ body }: Answer): Record<string, unknown> | undefined {
  const object = body.kind === "json" ? unwrap(body.value) : undefined;
  return isObject(object) ? object : undefined;
}

/** The id that an answer names. */
export function idIn(answer: Answer): string | undefined {
  const entity = entityOf(answer);
  const id = entity === undefined ? undefined : pick(entity, ALIASES.id);
  return typeof id === "string" || typeof id === "number" ? String(id) : undefined;
}

/** How an answer to a bulk request looks, in the emulator's words. */
export function bulkShape(answer: Answer): string | undefined {
  const { status, body } = answer;
  if (status === 204) return "204";
  if (status === 207) return "207_items";
  if (status === 202) return "202_async";
  if (body.kind !== "json") return body.kind === "empty" ? "empty_object" : undefined;
  const keys = isObject(body.value) ? [...foldedKeys(body.value).keys()] : [];
  if (keys.includes("problems")) return "problems_map_200";
  const { rows, ids } = readBulk(body);
  const [row] = rows;
  if (isObject(row) && pick(row, [...ALIASES.path, ...ALIASES.name]) !== undefined) return "objects";
  if (ids.length > 0) return "ids";
  return keys.length === 0 ? "empty_object" : "count";
}

/** How an answer to an update looks, in the emulator's words. */
export function updateShape(answer: Answer): string | undefined {
  if (answer.status === 204 || answer.body.kind === "empty") return "204";
  const entity = entityOf(answer);
  if (entity === undefined) return undefined;
  if (idIn(answer) === undefined) return "success";
  return pick(entity, ALIASES.url) !== undefined || pick(entity, ALIASES.createdAt) !== undefined
    ? "object"
    : "partial_object";
}

/** How an answer to a deletion looks, in the emulator's words. */
export function deletionShape(answer: Answer): string | undefined {
  if (answer.status === 202) return "202";
  if (answer.status === 204 || answer.body.kind === "empty") return "204";
  return idIn(answer) === undefined ? "200_success" : "200_object";
}

/** Whether an answer says that its file is deleted. */
export function isGone(answer: Answer): boolean {
  const at = { operation: "GET /files/{file_id}", status: answer.status };
  try {
    return answer.body.kind === "json" && readFileAnswer(answer.body.value, { at, votes: new PathVotes() }) === "gone";
  } catch {
    return false;
  }
}
