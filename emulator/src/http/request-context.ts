import type { Socket } from "node:net";
import type { FastifyRequest } from "fastify";
import { parseSwitches, withSwitches } from "../dialect/choice";
import type { Dialect } from "../dialect/dialects";
import { invalid } from "../failure";
import type { JournalEntry } from "../journal/journal";
import type { OperationName } from "../operations/names";
import type { EmulatorState } from "../state";
import { UsageError } from "../usage-error";
import type { UploadClaims } from "../upload-tokens";

/** What the server knows of a request to the API beyond Fastify's own. */
export interface RequestContext {
  readonly entry: JournalEntry;
  readonly operation: OperationName | undefined;
  /** Whether its connection has served a request to the API before. */
  readonly isReused: boolean;
  dialect: Dialect;
  claims: UploadClaims | undefined;
}

const usedSockets = new WeakSet<Socket>();
const contexts = new WeakMap<FastifyRequest, RequestContext>();

/** Starts a request: from here on it is in the journal. */
export function beginRequest(state: EmulatorState, request: FastifyRequest): RequestContext {
  const operation = (request.routeOptions.config as { operation?: OperationName } | undefined)?.operation;
  // By hand, as `//` and what else a client may ask for is no URL. A request for a proxy names the host, too.
  const [, path = "", query = ""] = /^(?:[a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?]*)\??(.*)$/is.exec(request.url) ?? [];
  const entry = state.journal.begin({
    method: request.method,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    operation: operation ?? null,
    bytes_in: Number(request.headers["content-length"] ?? 0),
    by: request.headers["x-emulator-client"] === "page" ? "page" : null,
  });
  const { socket } = request.raw;
  const isReused = usedSockets.has(socket);
  usedSockets.add(socket);
  const context: RequestContext = { entry, operation, isReused, dialect: state.dialect, claims: undefined };
  contexts.set(request, context);
  return context;
}

/** The context of a request that has been started. */
export function contextOf(request: FastifyRequest): RequestContext | undefined {
  return contexts.get(request);
}

/** The dialect for one request: the emulator's, with the switches of the request's header. */
export function dialectFor(state: EmulatorState, request: FastifyRequest): Dialect {
  const header = request.headers["x-emulator-dialect"];
  if (header === undefined) return state.dialect;
  try {
    return withSwitches(state.dialect, parseSwitches(String(header)));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw invalid([{ loc: ["header", "x-emulator-dialect"], msg: error.message, type: "value_error" }]);
  }
}
