import type { Call, Host } from "./call";
import type { Failure } from "./failure";
import { budgetOf } from "./session";
import type { Answer, Broken } from "./transport";
import type { Clock } from "./options";
import { LONGEST_WAIT_MS, waitAsked } from "./wait";

/** How often a call is sent at most. */
export const ATTEMPTS = 5;
const ATTEMPTS_AT_FIRST_CONTACT = 3;
const FIRST_BACKOFF_MS = 200;
const FIRST_BACKOFF_WHEN_LIMITED_MS = 500;
const LONGEST_BACKOFF_MS = 20_000;
const LONGEST_OUTAGE_MS = 60_000;

/** The least time that a request is given to be answered: with less patience than that, none is sent again. */
export const SHORTEST_TIMEOUT_MS = 1000;

/** Said where the budget of the run is what ends the tries. */
export const TOO_MUCH = "(not tried again: too much has failed in this run)";

/** How long to wait before a request is sent again: as the service asked, or as we choose. */
export interface Pause {
  sleepMs: number;
  /** The service asked for it. */
  asked: boolean;
  /** It asks for more than is waited. */
  tooLongMs?: number;
}

/** How long the calls of a host may go on without an answer. */
export function patienceOf(host: Host): number {
  return host.patienceMs ?? Math.max(LONGEST_OUTAGE_MS, host.timeoutMs);
}

/** The wait that we choose before the attempt that follows: at random, so that callers spread, and up to twice as long each time. */
export function backoffAfter(clock: Clock, attempt: number, firstMs = FIRST_BACKOFF_MS): number {
  return clock.random() * Math.min(LONGEST_BACKOFF_MS, firstMs * 2 ** (attempt - 1));
}

/**
 * The wait that follows an answer. Where the service asked for one, the gate is shut for it at once, and for every caller, also
 * where this one gives up.
 */
export function pauseAfter(host: Host, failure: Failure | undefined, answer: Answer | Broken, attempt: number): Pause {
  const { session, clock } = host;
  if (!failure) return { sleepMs: 0, asked: false };
  const wait =
    "broken" in answer || !failure.slowDown ? undefined : waitAsked(answer.headers, clock.now(), attempt > 1);
  const limited = failure.parts.code === "rate_limited";
  if (wait?.exact === true && wait.ms > LONGEST_WAIT_MS) {
    session.gate.hold(wait.ms);
    return { sleepMs: 0, asked: true, tooLongMs: wait.ms };
  }
  const backoff = backoffAfter(clock, attempt, limited ? FIRST_BACKOFF_WHEN_LIMITED_MS : FIRST_BACKOFF_MS);
  const sleepMs = wait ? wait.ms + clock.random() * Math.min(1000, wait.ms / 10) : backoff;
  if (limited || wait) session.gate.hold(sleepMs);
  return { sleepMs, asked: wait !== undefined };
}

/** Why the call is not sent again, or `undefined` where it is. */
export function refusal(
  host: Host,
  call: Call,
  failure: Failure,
  pause: Pause,
  attempt: number,
): { error: { message: string; code?: "wait_too_long" } } | undefined {
  const { session, clock } = host;
  const { message } = failure.parts;
  if (pause.tooLongMs !== undefined)
    return { error: { code: "wait_too_long", message: `${waitText(pause.tooLongMs)} ${message}` } };
  const allowed = failure.again === "yes" || (failure.again === "if_safe" && call.safe);
  if (!allowed) return { error: { message } };
  const timedOut = failure.parts.code === "timeout";
  const attempts = failure.down && !session.contacted ? (timedOut ? 2 : ATTEMPTS_AT_FIRST_CONTACT) : ATTEMPTS;
  const spent = !pause.asked && patienceOf(host) - pause.sleepMs < SHORTEST_TIMEOUT_MS;
  if (attempt >= attempts || spent)
    return { error: { message: `${message} (${attempt} ${attempt === 1 ? "attempt" : "attempts"})` } };
  if (!pause.asked && !budgetOf(clock).take()) return { error: { message: `${message} ${TOO_MUCH}` } };
  return undefined;
}

/** Tells a user how long the service asks to wait. */
export function waitText(ms: number): string {
  return `the service asks to wait ${Math.ceil(ms / 1000)} s, which is longer than the ${LONGEST_WAIT_MS / 1000} s that a run waits. Run again after that.`;
}
