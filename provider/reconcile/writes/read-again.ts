import { isMediasaurError, type FileInfo } from "../../client";
import type { Session } from "../run/session";

/**
 * Reads a file after a write of ours that may have taken its id away. A store may then refuse it in other words than 404;
 * that it answers about something else shows that the key and the address are still good, and that it means the file.
 */
export async function readAgain(session: Session, fileId: string): Promise<FileInfo | undefined> {
  try {
    return await session.client.getFile(fileId);
  } catch (error) {
    if (!refusesOne(error)) throw error;
    await session.client.listBuckets();
    return undefined;
  }
}

/** Whether an error may be a store's way to say that there is no such file (any more). */
export function refusesOne(error: unknown): boolean {
  if (!isMediasaurError(error) || error.outcome === "unknown") return false;
  return ["not_found", "forbidden", "invalid_request", "wrong_base_url"].includes(error.code);
}
