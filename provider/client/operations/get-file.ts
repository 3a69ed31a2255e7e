import { settlePrefix } from "./settle-prefix";
import { MediasaurError } from "../errors";
import { learnRow, readFileAnswer } from "../decode/file";
import { atOf, jsonOf, send, type Call, type Host } from "../http/send";
import type { FileInfo } from "../types";
import { isAbsent } from "./absent";
import { segment } from "./segment";

/** The path of `/files/{file_id}`. */
export function filePath(operation: string, id: string): string {
  return `/files/${segment(operation, "a file id", id)}`;
}

/** `GET /files/{file_id}`; `undefined`: the file is gone. */
export async function getFile(host: Host, id: string, expect: { bucket?: string } = {}): Promise<FileInfo | undefined> {
  const operation = "GET /files/{file_id}";
  const call: Call = { operation, method: "GET", path: filePath(operation, id), repeat: "freely", needsBody: true };
  try {
    const answer = await send(host, call);
    const at = atOf(call, answer);
    const context = { at, votes: host.profile.votes, ...expect };
    learnRow(jsonOf(answer), context);
    await settlePrefix(host);
    const file = readFileAnswer(jsonOf(answer), context);
    if (file === "gone") return undefined;
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
    return file;
  } catch (error) {
    if (await isAbsent(host, error)) return undefined;
    throw error;
  }
}
