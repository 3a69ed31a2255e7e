import type { FastifyInstance } from "fastify";
import { createApp } from "./http/app";
import { Gate } from "./http/gate";
import { Host } from "./http/host";
import type { EmulatorOptions } from "./options";
import { EmulatorState } from "./state";
import { UsageError } from "./usage-error";

/** A server that is running in this thread. */
export interface Service {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly app: FastifyInstance;
  /** Folder to be removed once the process ends, where nothing is to outlive the emulator. */
  readonly temporaryFolder: string | undefined;
  reset(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts the server on loopback, in a process of its own or in somebody else's.
 *
 * @throws UsageError for options that make no sense, and for a port that is in use.
 */
export async function startService(options: EmulatorOptions, ownsProcess: boolean): Promise<Service> {
  const port = options.port ?? 0;
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new UsageError("the port must be 0 to 65535");
  const gate = new Gate(options.allowedHosts);
  const host = new Host(ownsProcess);
  const state = new EmulatorState(options, host);
  let app: FastifyInstance | undefined;
  try {
    app = await createApp(state, gate);
    state.baseUrl = (await app.listen({ host: "127.0.0.1", port })).replace(/\/$/, "");
    host.attach(app);
  } catch (error) {
    await app?.close();
    state.store.close();
    const { code } = error as { code?: string };
    if (code === "EADDRINUSE") throw new UsageError(`port ${String(port)} is in use`);
    if (code === "EACCES") throw new UsageError(`port ${String(port)} needs rights that this user doesn't have`);
    throw error;
  }
  const running = app;
  return {
    baseUrl: state.baseUrl,
    apiKey: state.apiKey,
    app: running,
    temporaryFolder: options.dataDir === undefined ? state.store.folder : undefined,
    reset: () => {
      state.reset();
      return host.reopen();
    },
    close: async () => {
      host.stop();
      await running.close();
      state.store.close();
    },
  };
}
