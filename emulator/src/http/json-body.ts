import type { Readable } from "node:stream";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { ApiFailure, invalid } from "../failure";
import { isStorable } from "../paths";

/** A body of the API names files; one of the control surface may be a whole seed. */
const LARGEST = { api: 4 * 1024 * 1024, control: 64 * 1024 * 1024 };

/** How many values a body of the API may hold in all: far more than any client sends, few enough for a word about each. */
const MOST_VALUES = 20_000;

/** What is nested deeper is no request, and breaks what walks through it. */
const DEEPEST = 100;

/** Has bodies read as JSON and nothing else, within bounds. */
export function takeJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", async (request: FastifyRequest, payload: Readable) => {
    const isControl = request.url.startsWith("/_emulator/");
    const text = await readText(payload, isControl ? LARGEST.control : LARGEST.api);
    // Clients that always name a type send it with no body, too.
    if (text === "") return undefined;
    const body = parse(text);
    checkValues(body, isControl ? Infinity : MOST_VALUES);
    return body;
  });
}

/** Reads to the end also what is too large, as a client that is still sending may not hear an answer. */
async function readText(payload: Readable, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > most) throw new ApiFailure(413, "too_large", `The body is larger than ${String(most)} bytes`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw invalid([{ loc: ["body"], msg: "The body is not valid UTF-8", type: "json_invalid" }]);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid([{ loc: ["body"], msg: "JSON decode error", type: "json_invalid" }]);
  }
}

/** Without recursion, as a body may be nested as deep as it is long. */
function checkValues(body: unknown, most: number): void {
  let level: unknown[] = [body];
  let count = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw wrong(`The body is nested deeper than ${String(DEEPEST)} levels`, "too_deep");
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === "string" && !isStorable(value))
        throw wrong("The body holds a NUL or half a surrogate pair", "string_unicode");
      if (typeof value !== "object" || value === null) continue;
      if (!Array.isArray(value) && !Object.keys(value).every(isStorable)) {
        throw wrong("The body has a name with a NUL or half a surrogate pair", "string_unicode");
      }
      const inside: unknown[] = Array.isArray(value) ? value : Object.values(value);
      count += inside.length;
      if (count > most) throw wrong(`The body holds more than ${String(most)} values`, "too_long");
      for (const one of inside) next.push(one);
    }
    level = next;
  }
}

function wrong(msg: string, type: string): ApiFailure {
  return invalid([{ loc: ["body"], msg, type }]);
}
