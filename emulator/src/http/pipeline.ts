import { setTimeout as wait } from "node:timers/promises";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Answer } from "../answer";
import { cut } from "../faults/wire-kinds";
import { ApiFailure, invalid } from "../failure";
import type { JournalEntry } from "../journal/journal";
import { operations } from "../operations";
import type { Call, ReceivedUpload } from "../operations/call";
import type { OperationName } from "../operations/names";
import { renderError } from "../render/error";
import type { EmulatorState } from "../state";
import { deliver } from "./deliver";
import { factsOf } from "./request-facts";
import { contextOf, type RequestContext } from "./request-context";
import { receiveUpload } from "./receive-upload";

const withBody: readonly OperationName[] = ["patchFile", "copyFiles", "moveFiles", "createToken"];

/** Runs a request that the contract lets through: latency, faults before, the operation, faults after, the answer. */
export async function serve(
  state: EmulatorState,
  operation: OperationName,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { epoch } = state;
  const context = contextOf(request);
  if (context === undefined) throw new Error("a request without a context");
  let upload: ReceivedUpload | undefined;
  if (withBody.includes(operation) && request.body === undefined) {
    throw invalid([{ loc: ["body"], msg: "Field required", type: "missing" }]);
  }
  try {
    if (operation === "upload") {
      upload = await receiveUpload(state.store, request);
      state.journal.body(context.entry, { ...upload.fields, size: upload.content?.size ?? null });
    }
    if (state.latencyMs > 0) await wait(state.latencyMs);
    const answer = await runWithFaults(state, epoch, operation, request, context, upload);
    return await deliver(state, request, reply, answer);
  } finally {
    // Only what no file has taken over is given up.
    if (upload?.content !== undefined) state.store.abandon(upload.content.blob);
  }
}

async function runWithFaults(
  state: EmulatorState,
  epoch: number,
  operation: OperationName,
  request: FastifyRequest,
  context: RequestContext,
  upload: ReceivedUpload | undefined,
): Promise<Answer> {
  const call: Call = {
    dialect: context.dialect,
    params: request.params as Record<string, string>,
    query: request.query as Record<string, unknown>,
    body: request.body,
    claims: context.claims,
    upload,
  };
  const { headers, url } = request;
  const { isReused } = context;
  const about = { operation, call, around: state, host: state.host, headers, url, isReused };
  const facts = factsOf(state.store, call, headers);
  state.journal.concern(context.entry, facts.paths);
  const fault = state.faults.pick(facts, about);
  if (fault === undefined) return perform(state, operation, call, context.entry);
  context.entry.fault = fault.name;
  const { kind, scene } = fault;
  const isBefore = fault.phase === "before";
  const instead = isBefore ? await kind.happen?.(scene, undefined) : undefined;
  if (instead !== undefined) return instead;
  // It was meant for the files that were there before.
  if (state.epoch !== epoch) return cut("reset");
  const changed = kind.prepare?.(scene) ?? call;
  const effect = (): Answer => perform(state, operation, changed, context.entry);
  const answer = kind.around === undefined ? effect() : kind.around(scene, effect);
  return (isBefore ? undefined : await kind.happen?.(scene, answer)) ?? answer;
}

const reads: readonly OperationName[] = ["listFiles", "getFile"];

function perform(state: EmulatorState, operation: OperationName, call: Call, entry: JournalEntry): Answer {
  state.later.tick(reads.includes(operation));
  try {
    return state.watch.during(entry, () => state.history.record(() => operations[operation](state, call)));
  } catch (error) {
    if (error instanceof ApiFailure) return renderError(error, call.dialect);
    throw error;
  }
}
