import { dirname } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import type * as EngineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as EngineMessages from "@pulumi/pulumi/proto/engine_pb";
import { EngineLog, type EngineLibraries } from "../adapter/engine-log";

/* eslint-disable @typescript-eslint/no-require-imports -- loaded only when there is something to say */

/** The copy of gRPC that Pulumi itself uses, wherever the package manager has put it. */
function libraries(): EngineLibraries {
  const pulumi = dirname(require.resolve("@pulumi/pulumi"));
  return {
    grpc: require(require.resolve("@grpc/grpc-js", { paths: [pulumi] })) as typeof Grpc,
    service: require("@pulumi/pulumi/proto/engine_grpc_pb") as typeof EngineService,
    messages: require("@pulumi/pulumi/proto/engine_pb") as typeof EngineMessages,
  };
}

// The engine passes its own address as the first argument.
const log = new EngineLog(process.argv[2], libraries);

/** Shows a warning under the stack. */
export function warn(message: string): Promise<void> {
  return log.show(message, { severity: "WARNING" });
}

/** Shows a line under the stack that is no warning. */
export function inform(message: string): Promise<void> {
  return log.show(message, { severity: "INFO" });
}
