import { MediasaurClient } from "../../client";
import { readConfig } from "../../client/config";

const clients = new Map<string, MediasaurClient>();

/**
 * The client of this process: one for each configuration.
 *
 * @param stack - reads a key of the stack's config, such as `mediasaur:apiKey`; the environment comes second
 */
export function connect(stack: (key: string) => string | undefined): MediasaurClient {
  const config = readConfig({ stack, environment: (name) => process.env[name] });
  if ("problem" in config) throw new Error(config.problem);
  const key = JSON.stringify(config);
  let client = clients.get(key);
  if (client === undefined) {
    client = new MediasaurClient(config);
    clients.set(key, client);
  }
  return client;
}
