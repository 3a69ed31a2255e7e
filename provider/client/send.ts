import { pauseAfter, patienceOf, refusal, SHORTEST_TIMEOUT_MS, waitText, type Pause } from "./again";
import type { Call, Host } from "./call";
import { isMediasaurError, MediasaurError, withUnknownOutcome } from "./errors";
import { judge, type Asked, type Failure } from "./failure";
import type { At } from "./reader/problem";
import { readErrorBody } from "./reader/error-body";
import { budgetOf, type Session } from "./session";
import { exchange, type Answer, type Broken, type Exchange } from "./transport";
import { LONGEST_WAIT_MS } from "./wait";

export type { Call, Host } from "./call";

const MOST_REDIRECTS = 3;

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
    const { answer, tookMs, failure, pause } = await once({ ...host, patienceMs }, call, key, attempt, unknown);
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
    const next = refusal({ ...host, patienceMs }, call, failure, pause, attempt);
    if (next) throw build({ ...failure, parts: { ...failure.parts, ...next.error } }, unknown);
    // Waited for outside the gate, so that a look before the repetition sees the world after the wait.
    if (pause.sleepMs > 0) await clock.sleep(pause.sleepMs);
    if (!pause.asked) patienceMs -= pause.sleepMs;
  }
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

/** What came of one request. */
interface Tried {
  answer: Answer | Broken;
  tookMs: number;
  failure: Failure | undefined;
  pause: Pause;
}

async function once(host: Host, call: Call, key: string, attempt: number, unknown: boolean): Promise<Tried> {
  const leave = await host.session.gate.enter(LONGEST_WAIT_MS);
  if (typeof leave === "number") throw tooLong(call, leave, unknown);
  try {
    host.onRequest?.({ operation: call.operation, method: call.method, attempt });
    const start = host.clock.now();
    const answer = await follow(host, call, requestOf(host, call, key));
    const tookMs = Math.max(0, host.clock.now() - start);
    const failure = judge(askedOf(host, call), answer);
    // The gate is shut before the place is free: whoever waits for it is not to start into the time that was asked for.
    return { answer, tookMs, failure, pause: pauseAfter(host, failure, answer, attempt) };
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
