import { mediasaurError } from "../client";
import { readConfig } from "../client/config";
import { hand } from "../adapter/plan-file";
import { Effects, Session, type SessionOptions } from "../resources";
import { inform, warn } from "./engine-log";

/** What Pulumi hands to `configure`: the stack's whole config, secrets in the clear. */
export interface ConfigureRequest {
  readonly config: { get(key: string): string | undefined };
}

/** Where the calls of a process find the session of the run. */
export interface SessionSource {
  readonly configure: (request: ConfigureRequest) => Promise<void>;
  readonly session: () => Session;
}

/** Where is told what becomes of files whose declarations go, where that takes no session. */
export const farewell = new Effects(inform, hand);

/**
 * Where the calls of a process find its session: all resources of a run share it, whichever of their providers was configured.
 *
 * @param more - what a session would make for itself
 */
export function sessionSource(more: SessionOptions = {}): SessionSource {
  let configured: ConfigureRequest["config"] | undefined;
  let settings: ReturnType<typeof readConfig> | undefined;
  let current: { key: string; session: Session } | undefined;
  return {
    // All of it happens before the promise is returned, as calls that arrive meanwhile are not held back; whatever is wrong with
    // the config is said by the first call that needs it.
    configure(request) {
      configured = request.config;
      settings = undefined;
      return Promise.resolve();
    },
    session() {
      const config = (settings ??= readConfig({
        stack: (key) => configured?.get(key),
        environment: (name) => process.env[name],
      }));
      if ("problem" in config) throw mediasaurError({ code: "invalid_configuration", message: config.problem });
      const key = JSON.stringify(config);
      if (current?.key !== key) {
        const session: Session = new Session(config, warn, {
          inform,
          hand,
          whenWaiting: () => {
            flushAtEnd(session);
          },
          ...more,
        });
        current = { key, session };
      }
      return current.session;
    },
  };
}

/**
 * Has the warnings that wait said when the run is over. A dynamic provider is not told when that is, but then the engine sends SIGINT
 * and waits a few seconds for the process to go: by then every declaration had its chance to show, and the engine still takes
 * messages. (Ctrl-C does not come here: plugins are in a process group of their own.) The process is shared with the program's other
 * dynamic providers: this listens only while something waits, and then makes room for what the signal would have done without it.
 */
function flushAtEnd(session: Session): void {
  process.prependOnceListener("SIGINT", () => {
    const others = process.listenerCount("SIGINT");
    void session.warnings.flush().finally(() => {
      if (others === 0) process.kill(process.pid, "SIGINT");
    });
  });
}

/** The process's own. */
export const processSession = sessionSource();
