import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Run } from "./run";
import { serve } from "./service";

/** As Pulumi's own: state of thousands of files comes in one message. */
const LARGEST_MESSAGE = 400 * 2 ** 20;

/** Serves the engine, whose address is the first argument, and prints the port: it is the first line that the engine reads. */
export function main(args: readonly string[], folder: string): void {
  const text = readFileSync(join(folder, "schema.json"), "utf8");
  const { version } = JSON.parse(text) as { version: string };
  const engine = args.find((arg) => !arg.startsWith("-"));
  const server = new grpc.Server({
    "grpc.max_receive_message_length": LARGEST_MESSAGE,
    "grpc.max_send_message_length": LARGEST_MESSAGE,
  });
  server.addService(ResourceProviderService, serve(new Run(engine), { text, version }));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) {
      process.stderr.write(`pulumi-resource-mediasaur: no port could be had: ${error.message}\n`);
      process.exitCode = 1;
      return;
    }
    process.stdout.write(`${String(port)}\n`);
  });
}
