import { parentPort, workerData } from "node:worker_threads";
import type { EmulatorOptions } from "../options";
import { startService, type Service } from "../service";
import { UsageError } from "../usage-error";
import type { WorkerReport, WorkerRequest } from "./worker-messages";

function report(message: WorkerReport): void {
  parentPort?.postMessage(message);
}

async function perform(service: Service, request: WorkerRequest): Promise<unknown> {
  if (request.do === "reset") return service.reset();
  if (request.do === "close") return service.close();
  const answer = await service.app.inject({
    method: request.method as "GET",
    url: `/_emulator/${request.path}`,
    ...(request.body === undefined ? {} : { payload: request.body, headers: { "content-type": "application/json" } }),
  });
  const parsed = answer.body === "" ? undefined : (JSON.parse(answer.body) as unknown);
  if (answer.statusCode < 400) return parsed;
  throw new Error((parsed as { detail?: string } | undefined)?.detail ?? `status ${String(answer.statusCode)}`);
}

async function main(): Promise<void> {
  const service = await startService(workerData as EmulatorOptions, false);
  parentPort?.on("message", (request: WorkerRequest) => {
    perform(service, request).then(
      (result) => {
        report({ kind: "done", call: request.call, result });
        if (request.do === "close") parentPort?.close();
      },
      (error: unknown) => {
        report({ kind: "done", call: request.call, error: (error as Error).message });
      },
    );
  });
  const { baseUrl, apiKey, temporaryFolder } = service;
  report({ kind: "ready", baseUrl, apiKey, temporaryFolder });
}

main().catch((error: unknown) => {
  report({ kind: "failed", message: (error as Error).message, isUsage: error instanceof UsageError });
  parentPort?.close();
});
