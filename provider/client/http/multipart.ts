import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { ContentError } from "./transport";

/** A form with text fields and, last, one file. */
export interface Form {
  /** In the order in which they are sent: servers that read as they receive need them before the file. */
  fields: [name: string, value: string][];
  /** The file's base name. */
  fileName: string;
  /** Media type of the file. */
  contentType: string;
  /** Gives the content from its start. */
  content: () => NodeJS.ReadableStream | Buffer;
  /** Bytes of the content, where known. */
  size?: number;
}

/** A form made ready to be sent, as often as needed. */
export interface Multipart {
  /** Content type, and the length where it is known. */
  headers: Record<string, string>;
  /** The bytes; `progress` is called as they are taken. */
  body: (progress: () => void) => Readable;
}

/** Streams a form as multipart/form-data without holding the file in memory. */
export function multipart(form: Form): Multipart {
  const boundary = `----mediasaur-${randomBytes(16).toString("hex")}`;
  const head = Buffer.from(
    form.fields
      .map(
        ([name, value]) =>
          `--${boundary}\r\nContent-Disposition: form-data; name="${escape(name)}"\r\n\r\n${value}\r\n`,
      )
      .join("") +
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${escape(form.fileName)}"\r\n` +
      `Content-Type: ${form.contentType.replace(/[\r\n]/g, " ")}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const headers: Record<string, string> = { "content-type": `multipart/form-data; boundary=${boundary}` };
  if (form.size !== undefined) headers["content-length"] = String(head.length + form.size + tail.length);
  return { headers, body: (progress) => Readable.from(bytes(form, head, tail, progress), { objectMode: false }) };
}

async function* bytes(form: Form, head: Buffer, tail: Buffer, progress: () => void): AsyncGenerator<Buffer> {
  yield head;
  let sent = 0;
  for await (const chunk of contentOf(form)) {
    progress();
    sent += chunk.length;
    if (form.size !== undefined && sent > form.size)
      throw new ContentError(`it is longer than the ${form.size} bytes that were declared`);
    yield chunk;
  }
  if (form.size !== undefined && sent < form.size)
    throw new ContentError(`it ends after ${sent} of ${form.size} bytes`);
  progress();
  yield tail;
}

async function* contentOf(form: Form): AsyncGenerator<Buffer> {
  try {
    const content = form.content();
    if (Buffer.isBuffer(content)) {
      if (content.length > 0) yield content;
      return;
    }
    for await (const chunk of content) yield typeof chunk === "string" ? Buffer.from(chunk) : chunk;
  } catch (error) {
    throw new ContentError(error instanceof Error ? error.message : "unknown reason");
  }
}

/** As browsers do it. */
function escape(text: string): string {
  return text.replace(/"/g, "%22").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
