import { isMediasaurError, type BucketInfo, type MediasaurClient } from "../../../provider/client";
import type { Config } from "../../../provider/client/config";
import { inVariables } from "../environment";
import { found, type Finding } from "./check";
import { probe } from "./probe";

const MOST_SKEW_S = 300;
const MOST_NAMES = 5;

/** Where the provider would send what. */
export function configuration(config: Config): Finding {
  const places = `files at ${config.baseUrl}, uploads at ${config.uploadUrl}`;
  return config.uploadProblem === undefined
    ? found("ok", places)
    : found("warning", `${places}. ${inVariables(config.uploadProblem)}`);
}

/** Whether the key is accepted, and which buckets it sees. */
export async function key(client: MediasaurClient): Promise<{ finding: Finding; buckets: BucketInfo[] }> {
  try {
    const buckets = await client.listBuckets();
    return { finding: seen(buckets.map(({ name }) => name)), buckets };
  } catch (error) {
    if (!isMediasaurError(error) || error.code !== "forbidden") throw error;
    return { finding: found("warning", `accepted, but it may not list buckets: ${error.detail}`), buckets: [] };
  }
}

function seen(names: string[]): Finding {
  if (names.length === 0) return found("warning", "accepted, but it sees no bucket");
  const more = names.length > MOST_NAMES ? `, and ${names.length - MOST_NAMES} more` : "";
  return found("ok", `accepted; sees ${names.slice(0, MOST_NAMES).join(", ")}${more}`);
}

/** Whether this machine's clock and the service's agree: what expires is told by the clock. */
export async function clock(config: Config): Promise<Finding> {
  const before = Date.now();
  const answer = await probe(config.baseUrl, "/buckets", config.apiKey);
  const date = "broken" in answer ? undefined : answer.headers["date"];
  const theirs = date === undefined ? NaN : Date.parse(date);
  if (Number.isNaN(theirs)) return found("skipped", "the service does not say what time it is");
  const seconds = Math.round((theirs - (before + Date.now()) / 2) / 1000);
  if (Math.abs(seconds) <= MOST_SKEW_S) return found("ok", "agrees with the service's");
  const way = seconds > 0 ? "behind" : "ahead of";
  return found(
    "warning",
    `this machine's clock is ${Math.abs(seconds)} s ${way} the service's: upload tokens and signed URLs may not work`,
  );
}

/** Whether anything answers where uploads go. It takes only POST, so that this is all that can be asked. */
export async function uploads(config: Config): Promise<Finding> {
  if (config.uploadProblem !== undefined) return found("skipped", "not asked: it may be another service's");
  const answer = await probe(config.uploadUrl, "/");
  if ("broken" in answer) return found("failed", `nothing answers at ${config.uploadUrl} (${answer.reason})`);
  if (answer.status >= 500) return found("failed", `${config.uploadUrl} answers HTTP ${answer.status}`);
  return found("ok", `something answers (HTTP ${answer.status}); whether it takes uploads shows only with one`);
}
