/** An error in the words of the emulator. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

let key: Promise<string> | undefined;

/** Calls the control surface. */
export async function control<Result>(method: string, path: string, body?: unknown): Promise<Result> {
  return (await answerOf(
    fetch(`/_emulator/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    }),
  )) as Result;
}

/**
 * Calls the API, as anybody else would, with the key; what the page does takes effect as documented, whatever the dialect, and
 * the journal says that it was done here.
 */
export async function api(method: string, path: string, body?: unknown): Promise<unknown> {
  key ??= control<{ api_key: string }>("GET", "connection").then(({ api_key }) => api_key);
  key.catch(() => (key = undefined));
  const isForm = body instanceof FormData;
  return answerOf(
    fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${await key}`,
        "x-emulator-dialect": "default",
        "x-emulator-client": "page",
        ...(body === undefined || isForm ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    }),
  );
}

/** The emulator may have been started anew, with another key. */
export function forgetKey(): void {
  key = undefined;
}

async function answerOf(request: Promise<Response>): Promise<unknown> {
  let response: Response;
  try {
    response = await request;
  } catch {
    throw new Refused(0, "There was no answer");
  }
  const text = await response.text();
  let body: unknown;
  try {
    body = text === "" ? undefined : JSON.parse(text);
  } catch {
    body = text;
  }
  if (response.ok) return body;
  throw new Refused(response.status, `${messageOf(body)} (${String(response.status)})`);
}

function messageOf(body: unknown): string {
  if (typeof body === "string" && body !== "") return body.slice(0, 300);
  if (Array.isArray(body)) return body.map(messageOf).join("; ");
  if (typeof body !== "object" || body === null) return "It was refused";
  const fields = body as Record<string, unknown>;
  for (const name of ["detail", "error", "message", "msg"]) {
    if (fields[name] !== undefined) return messageOf(fields[name]);
  }
  return JSON.stringify(body).slice(0, 300);
}
