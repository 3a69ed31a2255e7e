import { dirname } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import type * as EngineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as EngineMessages from "@pulumi/pulumi/proto/engine_pb";

/** The engine waits about five seconds for a provider that it has asked to end. */
const LOG_TIMEOUT_MS = 2000;

/* eslint-disable @typescript-eslint/no-require-imports -- loaded only when there is something to say */

type Severity = "WARNING" | "INFO";

/** Shows a warning under the stack. */
export async function warn(message: string): Promise<void> {
  await show("WARNING", message);
}

/** Shows a line under the stack that is no warning. */
export async function inform(message: string): Promise<void> {
  await show("INFO", message);
}

/**
 * Shows a line. `pulumi.log` prints nothing from a provider's process, but the engine passes its own
 * address as the first argument; where there is none, the line goes to stderr, which the engine shows too.
 */
async function show(severity: Severity, message: string): Promise<void> {
  const address = process.argv[2];
  try {
    if (address === undefined || !/:\d+$/.test(address)) throw new Error("no engine");
    await logWith(address, severity, message);
  } catch {
    process.stderr.write(severity === "WARNING" ? `warning: ${message}\n` : `${message}\n`);
  }
}

function logWith(address: string, severity: Severity, message: string): Promise<void> {
  // The copy of gRPC that Pulumi itself uses, wherever the package manager has put it.
  const pulumi = dirname(require.resolve("@pulumi/pulumi"));
  const grpc = require(require.resolve("@grpc/grpc-js", { paths: [pulumi] })) as typeof Grpc;
  const { EngineClient } = require("@pulumi/pulumi/proto/engine_grpc_pb") as typeof EngineService;
  const { LogRequest, LogSeverity } = require("@pulumi/pulumi/proto/engine_pb") as typeof EngineMessages;
  const request = new LogRequest();
  request.setSeverity(LogSeverity[severity]);
  request.setMessage(message);
  const client = new EngineClient(address, grpc.credentials.createInsecure());
  return new Promise((resolve, reject) => {
    const deadline = new Date(Date.now() + LOG_TIMEOUT_MS);
    client.log(request, new grpc.Metadata(), { deadline }, (error) => {
      client.close();
      if (error === null) resolve();
      else reject(error);
    });
  });
}
