import { mediasaurError } from "../client";
import { readConfig, Session } from "../resources";
import { warn } from "./engine-log";

/** What Pulumi hands to `configure`: the stack's whole config, secrets in the clear. */
export interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}

let configured: ConfigureRequest["config"] | undefined;
let current: { key: string; session: Session } | undefined;

/**
 * Remembers the stack's config. All of it happens before the promise is returned, as calls that arrive meanwhile are not
 * held back; whatever is wrong with the config is said by the first call that needs it.
 */
export function configure(request: ConfigureRequest): Promise<void> {
  configured = request.config;
  return Promise.resolve();
}

/** The session of this process. All resources of a run share it, whichever of their providers was configured. */
export function session(): Session {
  const config = readConfig({
    stack: (key) => configured?.get(key),
    environment: (name) => process.env[name],
  });
  if ("problem" in config) throw mediasaurError({ code: "invalid_configuration", message: config.problem });
  const key = JSON.stringify(config);
  if (current?.key !== key) current = { key, session: new Session(config, warn) };
  current.session.warnings.touch();
  return current.session;
}
