import { settlePrefix } from "./settle-prefix";
import { MediasaurError } from "../errors";
import { learnRow, readDetails } from "../decode/file";
import { atOf, jsonOf, send, type Call, type Host } from "../http/send";
import type { FileInfo } from "../types";
import { isAbsent } from "./absent";
import { segment } from "./segment";

const OPERATION = "GET /files/{file_id}";

/** The path of `/files/{file_id}`. */
export function filePath(operation: string, id: string): string {
  return `/files/${segment(operation, "a file id", id)}`;
}

/** `GET /files/{file_id}`; `undefined`: the file is gone. */
export async function getFile(host: Host, id: string, expect: { bucket?: string } = {}): Promise<FileInfo | undefined> {
  const details = await getDetails(host, id, expect);
  if (details.kind === "file") return details.file;
  if (details.kind === "gone") return undefined;
  throw new MediasaurError({ code: "bad_answer", operation: OPERATION, message: `file ${id} ${details.reason}.` });
}

/** The same, where a file that can't be worked with is an answer too. */
export async function getDetails(
  host: Host,
  id: string,
  expect: { bucket?: string } = {},
): Promise<ReturnType<typeof readDetails>> {
  const call: Call = {
    operation: OPERATION,
    method: "GET",
    path: filePath(OPERATION, id),
    repeat: "freely",
    needsBody: true,
  };
  try {
    const answer = await send(host, call);
    const at = atOf(call, answer);
    const context = { at, votes: host.profile.votes, ...expect };
    learnRow(jsonOf(answer), context);
    await settlePrefix(host);
    const details = readDetails(jsonOf(answer), context);
    if (details.kind !== "file") return details;
    const { file } = details;
    if (file.id !== id)
      throw new MediasaurError({
        ...at,
        code: "bad_answer",
        message: `asked for file ${id}, the answer is about ${file.id}.`,
      });
    if (expect.bucket !== undefined && file.bucket !== expect.bucket) {
      const message = `file ${id} is in bucket ${JSON.stringify(file.bucket)}, not in ${JSON.stringify(expect.bucket)}.`;
      throw new MediasaurError({ ...at, code: "wrong_bucket", message });
    }
    return details;
  } catch (error) {
    if (await isAbsent(host, error)) return { kind: "gone" };
    throw error;
  }
}
