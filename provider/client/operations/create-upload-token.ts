import { redact, rememberToken } from "../redaction/redact";
import { ALIASES, pickWhere } from "../decode/aliases";
import { isObject, type JsonObject } from "../decode/body";
import { unwrap } from "../decode/envelope";
import { lacks } from "../decode/problem";
import { atOf, jsonOf, send, type Call, type Host } from "../http/send";
import type { TokenQuery } from "../types";

/** `POST /token` of the upload service. The token is good for one path, and perhaps for one use: it is not kept. */
export async function createUploadToken(host: Host, query: TokenQuery): Promise<string> {
  const call: Call = {
    operation: "POST /token",
    method: "POST",
    path: "/token",
    json: {
      bucket: query.bucket,
      path: query.path,
      ...(query.expiresIn === undefined ? {} : { expires_in: query.expiresIn }),
    },
    repeat: "freely",
    needsBody: true,
  };
  const answer = await send(host, call);
  const body = jsonOf(answer);
  const object = unwrap(body, (candidate) => tokenIn(candidate) !== undefined);
  const token = isObject(object) ? tokenIn(object) : object;
  if (typeof token !== "string" || !TOKEN.test(token))
    throw lacks(atOf(call, answer), "upload token", redactKeys(object), ALIASES.token);
  rememberToken(token);
  return token;
}

const TOKEN = /^[!-~]+$/;

function tokenIn(object: JsonObject): unknown {
  return pickWhere(object, ALIASES.token, (value) => typeof value === "string" && TOKEN.test(value));
}

function redactKeys(body: unknown): unknown {
  return isObject(body) ? Object.fromEntries(Object.keys(body).map((key) => [redact(key), null])) : body;
}
