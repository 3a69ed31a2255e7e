import { patienceOf, type Call, type Host } from "./call";
import { isMediasaurError, MediasaurError, withUnknownOutcome } from "../errors";
import { judge, type Asked, type Failure } from "./failure";
import type { At } from "../decode/problem";
import { readErrorBody } from "../decode/error-body";
import type { StoreProfile } from "../store-profile";
import { decide, SHORTEST_TIMEOUT_MS, waitText, type Verdict } from "./retry";
import { exchange, type Answer, type Broken, type Exchange } from "./transport";
import { LONGEST_WAIT_MS } from "./wait";

export type { Call, Host } from "./call";

const MOST_REDIRECTS = 3;

/** Sends a call, again where that is allowed, and gives the answer of a success. */
export async function send(host: Host, first: Call): Promise<Answer> {
  const { budget, clock } = host;
  const start = clock.now();
  let call = first;
  let unknown = false;
  let switched = false;
  // What silence and backoffs may still take. Waits that the service asks for are not counted.
  let patienceMs = patienceOf(host);
  for (let number = 1; ; number++) {
    if (number > 1 && call.look) {
      const elapsedMs = clock.now() - start;
      const looked = await lookFirst(call.look({ unknown, elapsedMs, host: { ...host, patienceMs } }), unknown);
      if (looked && "done" in looked) return looked.done;
      if (looked) call = { ...call, json: looked.json };
    }
    const tried = await once({ ...host, patienceMs }, call, { number, unknown, switched });
    if ("answer" in tried) {
      budget.refund();
      return tried.answer;
    }
    const { failure, verdict } = tried;
    unknown ||= failure.parts.outcome === "unknown";
    patienceMs = tried.patienceMs;
    if (verdict.next === "give_up") throw build(failure, verdict, unknown);
    if (verdict.next === "other_key") {
      switched = true;
      number--;
      continue;
    }
    if (!verdict.asked) {
      budget.take();
      patienceMs -= verdict.sleepMs;
    }
    // Waited for outside the gate, so that a look before the repetition sees the world after the wait.
    if (verdict.sleepMs > 0) await clock.sleep(verdict.sleepMs);
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
type Tried = { answer: Answer } | { failure: Failure; verdict: Verdict; patienceMs: number };

async function once(
  host: Host,
  call: Call,
  state: { number: number; unknown: boolean; switched: boolean },
): Promise<Tried> {
  const { gate, profile, budget, clock } = host;
  const { number } = state;
  const leave = await gate.enter(LONGEST_WAIT_MS);
  if (typeof leave === "number") throw tooLong(call, leave, state.unknown);
  try {
    host.onRequest?.({ operation: call.operation, method: call.method, attempt: number });
    const start = clock.now();
    const key = call.bearer ?? profile.keyOf(host);
    const answer = await follow(host, call, requestOf(host, call, key));
    const tookMs = Math.max(0, clock.now() - start);
    const failure = judge(askedOf(host, call), answer);
    noteContact(profile, answer, failure, call);
    if (!failure) return { answer: answer as Answer };
    if (failure.parts.code === "unauthorized") profile.keyRefused(host, key);
    const patienceMs = patienceOf(host) - (failure.slowDown ? 0 : tookMs);
    const verdict = decide({
      failure,
      answer,
      number,
      patienceMs,
      repeat: call.repeat,
      hasOtherKey: !state.switched && call.bearer === undefined && profile.keyOf(host) !== key,
      contacted: profile.contacted,
      budgetSpent: budget.isSpent,
      now: clock.now(),
      random: () => clock.random(),
    });
    // The gate is shut before the place is free: whoever waits for it is not to start into the time that was asked for.
    if (verdict.holdMs > 0) gate.hold(verdict.holdMs);
    return { failure, verdict, patienceMs };
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
  if (call.repeat !== "freely") request.fresh = true;
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
    proven: host.profile.proven,
  };
}

function noteContact(profile: StoreProfile, answer: Answer | Broken, failure: Failure | undefined, call: Call): void {
  if ("broken" in answer) return;
  profile.contacted = true;
  if (!failure && answer.body.kind === "json" && call.path !== "/token" && call.path !== "/") profile.proven = true;
}

function build(
  { parts }: Failure,
  { message, code }: Extract<Verdict, { next: "give_up" }>,
  unknown: boolean,
): MediasaurError {
  return new MediasaurError({
    ...parts,
    message,
    ...(code === undefined ? {} : { code }),
    ...(unknown ? { outcome: "unknown" } : {}),
  });
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
