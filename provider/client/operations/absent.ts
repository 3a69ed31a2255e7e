import { isMediasaurError, MediasaurError } from "../errors";
import type { Host } from "../http/send";
import { listBuckets } from "./list-buckets";

/**
 * Whether an error says that the thing is not there, beyond doubt: a 404 of a base URL that has proved to be the API. Where
 * it has not, it is asked once for the buckets. Throws when that shows that the base URL is wrong.
 */
export async function isAbsent(host: Host, error: unknown): Promise<boolean> {
  if (!isMediasaurError(error) || error.code !== "not_found") return false;
  if (!host.profile.proven) await prove(host);
  return true;
}

async function prove(host: Host): Promise<void> {
  try {
    await listBuckets(host);
  } catch (error) {
    if (!isMediasaurError(error) || error.code !== "not_found") throw error;
    throw new MediasaurError({
      code: "wrong_base_url",
      operation: error.operation,
      status: 404,
      message: `${host.baseUrl} does not know /buckets, so it is not the Mediasaur API. Check mediasaur:baseUrl.`,
    });
  }
}
