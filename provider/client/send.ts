import type { Readable } from "node:stream";
import { isMediasaurError, MediasaurError, withUnknownOutcome } from "./errors";
import { judge, type Asked, type Failure } from "./failure";
import type { At } from "./reader/problem";
import { readErrorBody } from "./reader/error-body";
import { budgetOf, type Session } from "./session";
import { exchange, type Answer, type Broken, type Exchange } from "./transport";
import type { Clock, RequestNotice } from "./types";
import { LONGEST_WAIT_MS, waitAsked } from "./wait";

/** One of the two services, and who asks it. */
export interface Host {
  /** Without a trailing slash. */
  baseUrl: string;
  /** What is known of it. */
  session: Session;
  /** `sk_...` */
  apiKey: string;
  /** Tried once on a 401. */
  fallbackApiKey?: string;
  /** Milliseconds. */
  timeoutMs: number;
  /** Sent along. */
  userAgent: string;
  /** Time and chance. */
  clock: Clock;
  /**
   * Milliseconds after which a call that gets no answer is given up, its repetitions included.
   * @default 60000
   */
  patienceMs?: number;
  /** Told of every request. */
  onRequest?: (request: RequestNotice) => void;
}

/** One call of the API. */
export interface Call {
  /** Such as `PATCH /files/{file_id}`. */
  operation: string;
  /** HTTP method. */
  method: Exchange["method"];
  /** Encoded, with a leading slash. */
  path: string;
  /** Values to encode. */
  query?: Record<string, string>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is; made anew for each try. */
  raw?: { headers: Record<string, string>; body: (progress: () => void) => Readable };
  /** In place of the key. */
  bearer?: string;
  /** Whether doing it twice does no harm. */
  safe: boolean;
  /** Whether the answer's body is needed. */
  needsBody: boolean;
  /** Looks, before a repetition, whether the work is done already; with `host`, which has the patience that is left. */
  beforeRepeat?: (state: { unknown: boolean; elapsedMs: number; host: Host }) => Promise<Answer | undefined>;
}

const ATTEMPTS = 5;
const ATTEMPTS_AT_FIRST_CONTACT = 3;
const MOST_REDIRECTS = 3;
const LONGEST_BACKOFF_MS = 20_000;
const LONGEST_OUTAGE_MS = 60_000;
const SHORTEST_TIMEOUT_MS = 1000;

/** Sends a call, again where that is allowed, and gives the answer of a success. */
export async function send(host: Host, call: Call): Promise<Answer> {
  const { session, clock } = host;
  const start = clock.now();
  let unknown = false;
  let switched = false;
  // What silence and backoffs may still take. Waits that the service asks for are not counted.
  let patienceMs = patienceOf(host);
  for (let attempt = 1; ; attempt++) {
    if (attempt > 1 && call.beforeRepeat) {
      const elapsedMs = clock.now() - start;
      const done = await lookFirst(call.beforeRepeat({ unknown, elapsedMs, host: { ...host, patienceMs } }), unknown);
      if (done) return done;
    }
    const key = keyOf(host, call);
    const { answer, tookMs } = await once({ ...host, patienceMs }, call, key, attempt, unknown);
    const failure = judge(askedOf(host, call), answer);
    noteContact(session, answer, failure, call);
    noteFallback(host, key, answer, failure);
    if (!failure) {
      budgetOf(clock).refund();
      return answer as Answer;
    }
    if (!failure.slowDown) patienceMs -= tookMs;
    unknown ||= failure.parts.outcome === "unknown";
    if (!switched && failure.parts.code === "unauthorized" && call.bearer === undefined && keyOf(host, call) !== key) {
      switched = true;
      attempt--;
      continue;
    }
    const next = plan({ ...host, patienceMs }, call, failure, answer, attempt);
    if ("error" in next) throw build({ ...failure, parts: { ...failure.parts, ...next.error } }, unknown);
    // Waited for outside the gate, so that a look before the repetition sees the world after the wait.
    if (next.sleepMs > 0) await clock.sleep(next.sleepMs);
    if (!next.asked) patienceMs -= next.sleepMs;
  }
}

/** How long the calls of a host may go on without an answer. */
export function patienceOf(host: Host): number {
  return host.patienceMs ?? Math.max(LONGEST_OUTAGE_MS, host.timeoutMs);
}

/** A look that fails does not make a write that may have happened one that did not. */
export async function lookFirst<T>(look: Promise<T>, unknown: boolean): Promise<T> {
  try {
    return await look;
  } catch (error) {
    throw unknown && isMediasaurError(error) ? withUnknownOutcome(error) : error;
  }
}

/** Where an answer came from, for errors about its content. */
export function atOf(call: Call, answer: Answer): At {
  const { requestId } = readErrorBody({ kind: "empty" }, answer.headers);
  return { operation: call.operation, status: answer.status, ...(requestId === undefined ? {} : { requestId }) };
}

/** The JSON of an answer, or `undefined`. */
export function jsonOf(answer: Answer): unknown {
  return answer.body.kind === "json" ? answer.body.value : undefined;
}

async function once(
  host: Host,
  call: Call,
  key: string,
  attempt: number,
  unknown: boolean,
): Promise<{ answer: Answer | Broken; tookMs: number }> {
  const leave = await host.session.gate.enter(LONGEST_WAIT_MS);
  if (typeof leave === "number") throw tooLong(call, leave, unknown);
  try {
    host.onRequest?.({ operation: call.operation, method: call.method, attempt });
    const start = host.clock.now();
    const answer = await follow(host, call, requestOf(host, call, key));
    return { answer, tookMs: Math.max(0, host.clock.now() - start) };
  } finally {
    leave();
  }
}

/** GETs follow redirects within their origin; the key never leaves it. */
async function follow(host: Host, call: Call, request: Exchange): Promise<Answer | Broken> {
  let answer = await exchange(request);
  for (let hop = 0; hop < MOST_REDIRECTS && call.method === "GET"; hop++) {
    if ("broken" in answer || ![301, 302, 303, 307, 308].includes(answer.status)) break;
    const location = answer.headers["location"];
    if (location === undefined || !URL.canParse(location, request.url)) break;
    const target = new URL(location, request.url);
    if (target.origin !== new URL(host.baseUrl).origin || target.username !== "") break;
    request = { ...request, url: target.href };
    answer = await exchange(request);
  }
  return answer;
}

function requestOf(host: Host, call: Call, key: string): Exchange {
  const query = new URLSearchParams(call.query).toString();
  const request: Exchange = {
    url: host.baseUrl + call.path + (query === "" ? "" : `?${query}`),
    method: call.method,
    headers: {
      accept: "application/json",
      authorization: `Bearer ${key}`,
      "user-agent": host.userAgent,
      ...call.raw?.headers,
    },
    timeoutMs: Math.min(host.timeoutMs, Math.max(SHORTEST_TIMEOUT_MS, patienceOf(host))),
  };
  const { clock } = host;
  if (clock.after) request.after = (ms, fire) => clock.after?.(ms, fire) ?? ((): void => undefined);
  if (!call.safe) request.fresh = true;
  if (call.raw) request.body = call.raw.body;
  else if (call.json !== undefined) {
    request.headers["content-type"] = "application/json";
    request.body = Buffer.from(JSON.stringify(call.json));
  }
  return request;
}

function askedOf(host: Host, call: Call): Asked {
  return {
    operation: call.operation,
    baseUrl: host.baseUrl,
    writes: call.method !== "GET" && call.operation !== "POST /token",
    needsBody: call.needsBody,
    proven: host.session.proven,
  };
}

function plan(
  host: Host,
  call: Call,
  failure: Failure,
  answer: Answer | Broken,
  attempt: number,
): { sleepMs: number; asked: boolean } | { error: { message: string; code?: "wait_too_long" } } {
  const { session, clock } = host;
  const { message } = failure.parts;
  const wait =
    "broken" in answer || !failure.slowDown ? undefined : waitAsked(answer.headers, clock.now(), attempt > 1);
  const limited = failure.parts.code === "rate_limited";
  if (wait?.exact === true && wait.ms > LONGEST_WAIT_MS) {
    session.gate.hold(wait.ms);
    return { error: { code: "wait_too_long", message: `${waitText(wait.ms)} ${message}` } };
  }
  const backoff = clock.random() * Math.min(LONGEST_BACKOFF_MS, (limited ? 500 : 200) * 2 ** (attempt - 1));
  const sleepMs = wait ? wait.ms + clock.random() * Math.min(1000, wait.ms / 10) : backoff;
  // The hold is for every caller, also where this one gives up.
  if (limited || wait) session.gate.hold(sleepMs);
  const allowed = failure.again === "yes" || (failure.again === "if_safe" && call.safe);
  if (!allowed) return { error: { message } };
  const timedOut = failure.parts.code === "timeout";
  const attempts = failure.down && !session.contacted ? (timedOut ? 2 : ATTEMPTS_AT_FIRST_CONTACT) : ATTEMPTS;
  const spent = !wait && patienceOf(host) - sleepMs < SHORTEST_TIMEOUT_MS;
  if (attempt >= attempts || spent) return { error: { message: `${message} (${attempt} ${attempt === 1 ? "attempt" : "attempts"})` } };
  if (!wait && !budgetOf(clock).take())
    return { error: { message: `${message} (not tried again: too much has failed in this run)` } };
  return { sleepMs, asked: wait !== undefined };
}

function noteContact(session: Session, answer: Answer | Broken, failure: Failure | undefined, call: Call): void {
  if ("broken" in answer) return;
  session.contacted = true;
  if (!failure && answer.body.kind === "json" && call.path !== "/token" && call.path !== "/") session.proven = true;
}

function keyOf(host: Host, call: Call): string {
  if (call.bearer !== undefined) return call.bearer;
  return host.session.fallback.get(pairOf(host)) === "works" ? (host.fallbackApiKey ?? host.apiKey) : host.apiKey;
}

/** On a 401 the other key gets its one chance, for the whole process; a 401 to that one ends it. */
function noteFallback(host: Host, key: string, answer: Answer | Broken, failure: Failure | undefined): void {
  if ("broken" in answer || failure?.parts.code !== "unauthorized") return;
  const other = host.fallbackApiKey;
  if (other === undefined || other === "" || other === host.apiKey) return;
  if (key === other) host.session.fallback.set(pairOf(host), "refused");
  else if (key === host.apiKey && !host.session.fallback.has(pairOf(host)))
    host.session.fallback.set(pairOf(host), "works");
}

function pairOf(host: Host): string {
  return `${host.apiKey}\n${host.fallbackApiKey ?? ""}`;
}

function build(failure: Failure, unknown: boolean): MediasaurError {
  return new MediasaurError(unknown ? { ...failure.parts, outcome: "unknown" } : failure.parts);
}

function tooLong(call: Call, heldMs: number, unknown: boolean): MediasaurError {
  return new MediasaurError({
    code: "wait_too_long",
    operation: call.operation,
    message: waitText(heldMs),
    retryable: true,
    outcome: unknown ? "unknown" : "refused",
  });
}

function waitText(ms: number): string {
  return `the service asks to wait ${Math.ceil(ms / 1000)} s, which is longer than the ${LONGEST_WAIT_MS / 1000} s that a run waits. Run again after that.`;
}
