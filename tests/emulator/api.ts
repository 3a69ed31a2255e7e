import type { Emulator } from "mediasaur-emulator";

/** What an emulator answered. */
export interface Reply {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests say what they expect of it
  readonly body: any;
  readonly headers: Headers;
}

/** Sends a request with the emulator's key; a body that is no form goes as JSON. */
export async function send(
  emulator: Pick<Emulator, "baseUrl" | "apiKey">,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const isForm = body instanceof FormData;
  const response = await fetch(path.startsWith("http") ? path : `${emulator.baseUrl}${path}`, {
    method,
    redirect: "manual",
    headers: {
      authorization: `Bearer ${emulator.apiKey}`,
      ...(body === undefined || isForm ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  let parsed: unknown = text;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Not every answer is JSON.
  }
  return { status: response.status, body: parsed, headers: response.headers };
}

/** The form of an upload. */
export function uploadForm(fields: Record<string, string>, content: string | Uint8Array = "hello"): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", new Blob([content]), "upload.bin");
  return form;
}

/** The paths of a bucket's files as they really are. */
export async function pathsOf(emulator: Emulator, bucket = "media"): Promise<string[]> {
  return (await emulator.state(bucket)).files.map(({ path }) => path);
}
