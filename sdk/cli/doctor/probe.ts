import { readList, type RawList } from "../../../provider/client/decode/list";
import { exchange, type Answer, type Broken } from "../../../provider/client/http/transport";

const TIMEOUT_MS = 15_000;

/**
 * One GET, as it is: not tried again, no redirect followed. For what the client does not tell, such as headers.
 *
 * @param baseUrl - as `readConfig` gives it
 * @param apiKey - left out where the key has no business
 */
export function probe(baseUrl: string, path: string, apiKey?: string): Promise<Answer | Broken> {
  return exchange({
    url: baseUrl + path,
    method: "GET",
    headers: {
      accept: "application/json",
      "user-agent": "pulumi-mediasaur doctor",
      ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    },
    timeoutMs: TIMEOUT_MS,
  });
}

/** The rows of a part of a listing; a word of what came instead, where none did. */
export async function probeList(
  baseUrl: string,
  apiKey: string,
  query: { bucket: string; limit: number; offset: number },
): Promise<RawList | string> {
  const { bucket, limit, offset } = query;
  const parameters = new URLSearchParams({ bucket, limit: String(limit), offset: String(offset) });
  const answer = await probe(baseUrl, `/files?${parameters.toString()}`, apiKey);
  if ("broken" in answer) return answer.reason;
  if (answer.status < 200 || answer.status > 299) return `HTTP ${answer.status}`;
  return readList(answer.body, { operation: "GET /files", status: answer.status }, answer.headers);
}
