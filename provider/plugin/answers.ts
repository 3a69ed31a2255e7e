import * as grpc from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { problemText } from "../adapter/calls";
import { messageFor } from "../adapter/hints";
import { HalfDone, type Outputs } from "./resource";
import { send, type Received } from "./wire";

/** Failures of a check, none of which tells the engine its property: see `problemText`. */
export function checked(
  inputs: ReturnType<typeof send> | undefined,
  problems: readonly { property: string; reason: string }[],
): proto.CheckResponse {
  const response = new proto.CheckResponse();
  response.setInputs(inputs);
  response.setFailuresList(
    problems.map((problem) => {
      const failure = new proto.CheckFailure();
      failure.setReason(problemText(problem));
      return failure;
    }),
  );
  return response;
}

/** Where its name is a secret, so is what a bucket says. */
export function allIf({ secrets }: Received): string[] {
  return secrets.size > 0 ? ["name", "details"] : [];
}

/** An error as the engine takes it: one line; and what was reached, where something was. */
export function failureOf(error: unknown, provider: string | undefined): Partial<grpc.StatusObject> {
  const message = messageFor(error, provider);
  const failure = { code: grpc.status.UNKNOWN, details: message };
  return error instanceof HalfDone ? { ...failure, metadata: reachedOf(message, error.reached) } : failure;
}

function reachedOf(message: string, { id, values, secrets }: Outputs): grpc.Metadata {
  const reached = new proto.ErrorResourceInitFailed();
  reached.setId(id);
  reached.setProperties(send(values, secrets));
  reached.setReasonsList([message]);
  const detail = new Any();
  detail.pack(reached.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(detail);
  const metadata = new grpc.Metadata();
  // By this name gRPC carries the details of an error.
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return metadata;
}
