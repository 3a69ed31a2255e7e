import { isMediasaurError, MediasaurError, mediasaurError, type FileInfo } from "../../client";
import type { ManagedFileInputs, ManagedFileState } from "../../model/managed-file";
import { PartialFailure } from "../../reconcile/partial-failure";
import type { Placed } from "./place";
import { stateOf } from "./state";

/** A resource that was created: its Pulumi id, and what state keeps of it. */
export interface Created {
  readonly id: string;
  readonly state: ManagedFileState;
}

/** Gives the state that was reached, or throws it together with the error that stopped short of the goal. */
export function finish(id: string, { failure }: Placed, reached: ManagedFileState): ManagedFileState {
  if (failure === undefined) return reached;
  const reason = failure instanceof Error ? failure.message : "It was interrupted.";
  throw new PartialFailure(
    id,
    reached,
    `${reason} The file is at "${reached.path}" now; the next "pulumi up" goes on from there.`,
    failure,
  );
}

/** The state of a file whose declaration was not reached: the source that it had, and the place where it is. */
export function keep(state: ManagedFileState, file: FileInfo, inputs: ManagedFileInputs): ManagedFileState {
  const { source: _source, ...others } = inputs;
  const kept = state.source === undefined ? others : { ...others, source: state.source };
  return stateOf(file, kept, state.origin, inputs.visibility !== undefined);
}

const leftovers = new WeakMap<object, string>();

/** Where an error says that something was made which has not come to its place. */
export function leftoverOf(error: unknown): string | undefined {
  return typeof error === "object" && error !== null ? leftovers.get(error) : undefined;
}

/** The error of a declaration for which something was made that has not come to its place: it says where that is. */
export function withLeftover(error: unknown, place: string): unknown {
  if (!isMediasaurError(error)) return error;
  if (leftovers.has(error)) return error;
  const { code, operation, outcome, retryable, status, requestId } = error;
  const known = { ...(status === undefined ? {} : { status }), ...(requestId === undefined ? {} : { requestId }) };
  const message = `${error.detail} What was made for it is in "${place}"; the next "pulumi up" goes on with it.`;
  const told = new MediasaurError({ code, operation, message, outcome, retryable, ...known });
  leftovers.set(told, place);
  return told;
}

/** The error for a file that was there a moment ago. */
export function goneError({ id, path }: { readonly id: string; readonly path: string }, bucket: string): Error {
  const message =
    `file ${id} ("${path}" in bucket "${bucket}") is gone: something else deleted it. Run "pulumi refresh" to drop it ` +
    `from state; the next "pulumi up" then starts from what the declaration says.`;
  return mediasaurError({ code: "not_found", message });
}
