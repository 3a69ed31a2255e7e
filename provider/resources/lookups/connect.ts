import { MediasaurClient } from "../../client";
import { readConfig } from "../../client/config";

const clients = new Map<string, MediasaurClient>();

/**
 * The client of this process: one for each configuration.
 *
 * @param stack - reads a key of the stack's config, such as `mediasaur:apiKey`; the environment comes second
 * @param warn - told in one line of each file that has to be left out
 */
export function connect(
  stack: (key: string) => string | undefined,
  warn: (line: string) => void = () => undefined,
): MediasaurClient {
  const config = readConfig({ stack, environment: (name) => process.env[name] });
  if ("problem" in config) throw new Error(config.problem);
  const key = JSON.stringify(config);
  let client = clients.get(key);
  if (client === undefined) {
    client = new MediasaurClient({
      ...config,
      onSkipped: ({ bucket, id, path, reason }) => {
        warn(`bucket ${JSON.stringify(bucket)}: file ${id ?? JSON.stringify(path ?? "")} ${reason}; it is left out.`);
      },
    });
    clients.set(key, client);
  }
  return client;
}
