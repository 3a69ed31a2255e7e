import { send, type Call, type Host } from "../http/send";
import { isAbsent } from "./absent";
import { filePath } from "./get-file";

/** `DELETE /files/{file_id}`; a file that is not there is a success. */
export async function deleteFile(host: Host, id: string): Promise<void> {
  const operation = "DELETE /files/{file_id}";
  const call: Call = { operation, method: "DELETE", path: filePath(operation, id), repeat: "freely", needsBody: false };
  try {
    await send(host, call);
  } catch (error) {
    if (!(await isAbsent(host, error))) throw error;
  }
}
