import "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import { ApiFailure } from "../failure";
import type { ReceivedUpload } from "../operations/call";
import type { StoredContent } from "../store/content-store";
import type { Store } from "../store/store";

/** Reads a multipart upload, its file straight to disk. The fields may come before the file or after it. */
export async function receiveUpload(store: Store, request: FastifyRequest): Promise<ReceivedUpload> {
  const fields: Record<string, string> = {};
  let content: StoredContent | undefined;
  if (!request.isMultipart()) return { fields, content };
  try {
    for await (const part of request.parts({ limits: { fileSize: Infinity } })) {
      if (part.type === "field") fields[part.fieldname] = String(part.value);
      else if (part.fieldname === "file" && content === undefined) content = await store.content.receive(part.file);
      else part.file.resume();
    }
  } catch (error) {
    if (content !== undefined) store.abandon(content.blob);
    throw new ApiFailure(400, "bad_request", `The form can't be read: ${(error as Error).message}`);
  }
  return { fields, content };
}
