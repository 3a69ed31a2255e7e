import { rmSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { StateDescription } from "../control/describe";
import type { Emulator } from "./emulator";
import type { JournalEntry } from "../journal/journal";
import type { EmulatorOptions } from "../options";
import { UsageError } from "../usage-error";
import type { WorkerReport, WorkerRequest } from "./worker-messages";

type Order = { readonly do: "reset" } | { readonly do: "close" } | Omit<WorkerRequest & { do: "control" }, "call">;

/**
 * Starts an emulator on loopback, in a thread of its own. As any HTTP server it keeps the process alive until
 * {@link Emulator.close}.
 *
 * @example
 * ```ts
 * const emulator = await startEmulator({ seed: { buckets: { media: { files: [{ path: "a/b.txt", content: "b" }] } } } });
 * await fetch(`${emulator.baseUrl}/files?bucket=media`, { headers: { authorization: `Bearer ${emulator.apiKey}` } });
 * await emulator.close();
 * ```
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  // A thread has modules of its own, so that this works in test runners that can't load ES modules.
  const worker = new Worker(join(__dirname, "worker.js"), { workerData: options });
  const exited = new Promise<void>((resolve) =>
    worker.once("exit", () => {
      resolve();
    }),
  );
  const ready = await firstReport(worker);
  if (ready.kind !== "ready") {
    await exited;
    if (ready.kind === "failed" && ready.isUsage) throw new UsageError(ready.message);
    throw new Error(`the emulator did not start${ready.kind === "failed" ? `: ${ready.message}` : ""}`);
  }
  const { baseUrl, apiKey, temporaryFolder } = ready;
  if (temporaryFolder !== undefined) removeOnExit(temporaryFolder);
  const order = orders(worker);
  const control: Emulator["control"] = (method, path, body) =>
    order({ do: "control", method, path, body: body === undefined ? undefined : JSON.stringify(body) });
  let closing: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await order({ do: "close" });
    await exited;
    if (temporaryFolder !== undefined) forgetFolder(temporaryFolder);
  };
  return {
    baseUrl,
    uploadUrl: baseUrl,
    apiKey,
    control,
    close: () => (closing ??= stop()),
    reset: async () => {
      await order({ do: "reset" });
    },
    state: async (bucket) =>
      (await control(
        "GET",
        bucket === undefined ? "state" : `state?bucket=${encodeURIComponent(bucket)}`,
      )) as StateDescription,
    requests: async (since = 0) => {
      const { requests } = (await control("GET", `requests?since=${String(since)}`)) as { requests: JournalEntry[] };
      return requests;
    },
    setFaults: async (faults) => {
      await control("PUT", "faults", faults);
    },
    setDialect: async (switches) => {
      await control("PUT", "dialect", switches);
    },
  };
}

const temporaryFolders = new Set<string>();

/** A thread is not asked before the process ends, so that what it leaves is removed here. */
function removeOnExit(folder: string): void {
  if (temporaryFolders.size === 0) process.once("exit", removeTemporaryFolders);
  temporaryFolders.add(folder);
}

function forgetFolder(folder: string): void {
  temporaryFolders.delete(folder);
  if (temporaryFolders.size === 0) process.removeListener("exit", removeTemporaryFolders);
}

function removeTemporaryFolders(): void {
  for (const folder of temporaryFolders) rmSync(folder, { recursive: true, force: true });
}

function firstReport(worker: Worker): Promise<WorkerReport> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** Sends orders to the thread, each with a promise of what it answers. */
function orders(worker: Worker): (order: Order) => Promise<unknown> {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  worker.on("message", (message: WorkerReport) => {
    if (message.kind !== "done") return;
    const one = waiting.get(message.call);
    waiting.delete(message.call);
    if (message.error === undefined) one?.resolve(message.result);
    else one?.reject(new Error(message.error));
  });
  worker.on("exit", () => {
    for (const { reject } of waiting.values()) reject(new Error("the emulator has stopped"));
    waiting.clear();
  });
  let stopped = false;
  worker.on("exit", () => (stopped = true));
  return (order) =>
    new Promise((resolve, reject) => {
      if (stopped) {
        reject(new Error("the emulator has stopped"));
        return;
      }
      const call = ++calls;
      waiting.set(call, { resolve, reject });
      worker.postMessage({ ...order, call });
    });
}
