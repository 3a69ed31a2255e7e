import { dirname } from "node:path";
import type * as Grpc from "@grpc/grpc-js";
import type * as EngineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as EngineMessages from "@pulumi/pulumi/proto/engine_pb";
import { EngineLog, type EngineLibraries } from "../adapter/engine-log";
import type { About } from "../resources";

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

/** A dynamic provider is told no URN, and makes it of that of the stack, which names stack and project. */
export const { warn, inform } = new EngineLog(process.argv[2], libraries, async (about, stack) =>
  urnOf(await stack(), about),
);

/** The URN of a declaration, by which the engine shows a line with its resource; empty, for the stack, where it is not known. */
export function urnOf(stack: string, { resource, declaration }: About): string {
  const root = /^(urn:pulumi:.*?::.*?::)pulumi:pulumi:Stack::/.exec(stack)?.[1];
  if (root === undefined) return "";
  const [whole = ""] = declaration.split("\0", 1);
  const parts = whole.split("$");
  const name = parts.pop() ?? "";
  return `${root}${[...parts, `pulumi-nodejs:dynamic/mediasaur:${resource}`].join("$")}::${name}`;
}
