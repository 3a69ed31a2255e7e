import "@fastify/multipart";
import type { FastifyRequest } from "fastify";
import { ApiFailure, invalidField } from "../failure";
import type { ReceivedUpload } from "../operations/call";
import { isStorable } from "../paths";
import type { StoredContent } from "../store/content-store";
import type { Store } from "../store/store";

/** A form has a handful of fields, each a name or a path. */
const limits = { fileSize: Infinity, fieldNameSize: 200, fieldSize: 64 * 1024, fields: 100, files: 10, parts: 100 };

/** Reads a multipart upload, its file straight to disk. The fields may come before the file or after it. */
export async function receiveUpload(store: Store, request: FastifyRequest): Promise<ReceivedUpload> {
  const fields: Record<string, string> = {};
  let content: StoredContent | undefined;
  if (!request.isMultipart()) return { fields, content };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === "field") fields[part.fieldname] = storable(part.fieldname, String(part.value));
      else if (part.fieldname === "file" && content === undefined) content = await store.content.receive(part.file);
      else part.file.resume();
    }
  } catch (error) {
    if (content !== undefined) store.abandon(content.blob);
    // What the disk says has a code, and is no fault of the form.
    if (error instanceof ApiFailure || isOfSystem(error)) throw error;
    const { statusCode = 400, message } = error as { statusCode?: number; message: string };
    throw new ApiFailure(statusCode, "bad_request", `The form can't be read: ${message}`);
  }
  return { fields, content };
}

function storable(field: string, value: string): string {
  if (!isStorable(value)) throw invalidField("body", field, `${field} holds a NUL or half a surrogate pair`);
  return value;
}

function isOfSystem(error: unknown): boolean {
  return typeof (error as { syscall?: unknown }).syscall === "string";
}
