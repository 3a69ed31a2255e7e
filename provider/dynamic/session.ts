import { mediasaurError } from "../client";
import { readConfig } from "../client/config";
import { Effects, Session } from "../resources";
import { inform, warn } from "./engine-log";
import { hand } from "./plan-file";

/** What Pulumi hands to `configure`: the stack's whole config, secrets in the clear. */
export interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}

/** Where is told what becomes of files whose declarations go, where that takes no session. */
export const farewell = new Effects(inform, hand);

let configured: ConfigureRequest["config"] | undefined;
let settings: ReturnType<typeof readConfig> | undefined;
let current: { key: string; session: Session } | undefined;

/**
 * Remembers the stack's config. All of it happens before the promise is returned, as calls that arrive meanwhile are not
 * held back; whatever is wrong with the config is said by the first call that needs it.
 */
export function configure(request: ConfigureRequest): Promise<void> {
  configured = request.config;
  settings = undefined;
  return Promise.resolve();
}

/** The session of this process. All resources of a run share it, whichever of their providers was configured. */
export function session(): Session {
  const config = (settings ??= readConfig({
    stack: (key) => configured?.get(key),
    environment: (name) => process.env[name],
  }));
  if ("problem" in config) throw mediasaurError({ code: "invalid_configuration", message: config.problem });
  const key = JSON.stringify(config);
  if (current?.key !== key) {
    current = { key, session: new Session(config, warn, { inform, hand }) };
    sayGoodbye();
  }
  return current.session;
}

let listening = false;

/**
 * A provider is not told when a preview or an update is over, but at its end the engine sends SIGINT and waits a few
 * seconds for the process to go: by then every declaration had its chance to show, and the engine still takes messages.
 * (Ctrl-C does not come here: plugins are in a process group of their own.)
 */
function sayGoodbye(): void {
  if (listening) return;
  listening = true;
  process.once("SIGINT", () => {
    const goodbye = current?.session.warnings.flush() ?? Promise.resolve();
    void goodbye.finally(() => process.exit(0));
  });
}
