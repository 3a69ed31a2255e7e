import { redact, rememberToken } from "../redaction/redact";
import { ALIASES, pickWhere } from "../decode/aliases";
import { isObject } from "../decode/body";
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
  const token = isObject(body)
    ? pickWhere(body, ALIASES.token, (value) => typeof value === "string" && /^[!-~]+$/.test(value))
    : body;
  if (typeof token !== "string") throw lacks(atOf(call, answer), "upload token", redactKeys(body), ALIASES.token);
  rememberToken(token);
  return token;
}

function redactKeys(body: unknown): unknown {
  return isObject(body) ? Object.fromEntries(Object.keys(body).map((key) => [redact(key), null])) : body;
}
