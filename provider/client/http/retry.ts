import type { Failure } from "./failure";
import type { Answer, Broken } from "./transport";
import { LONGEST_WAIT_MS, waitAsked } from "./wait";

/**
 * Whether a request may be repeated where it may have happened already: reads, deletions and absolute values `freely`; a move
 * `after_look`, for what is not done yet; an upload and a copy `never`, as that makes a second file.
 */
export type Repeat = "freely" | "after_look" | "never";

/** The least time that a request is given to be answered: with less patience than that, none is sent again. */
export const SHORTEST_TIMEOUT_MS = 1000;

const ATTEMPTS = 5;
const ATTEMPTS_AT_FIRST_CONTACT = 3;
const ATTEMPTS_AT_SILENCE = 2;
const FIRST_BACKOFF_MS = 200;
const FIRST_BACKOFF_WHEN_LIMITED_MS = 500;
const LONGEST_BACKOFF_MS = 20_000;

/** An attempt that failed, and everything that the decision rests on. */
export interface Attempt {
  readonly failure: Failure;
  readonly answer: Answer | Broken;
  /** 1 for the first. */
  readonly number: number;
  readonly repeat: Repeat;
  /** There is another key that this call was not sent with. */
  readonly hasOtherKey: boolean;
  /** Anything ever came from this service. */
  readonly contacted: boolean;
  /** Milliseconds that silence and our own pauses may still take. */
  readonly patienceMs: number;
  /** Too much has failed in this run. */
  readonly budgetSpent: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

/** What is done after an attempt that failed. `holdMs`: nobody else may send anything for so long, either. */
export type Verdict =
  | { readonly next: "other_key"; readonly holdMs: number }
  | { readonly next: "again"; readonly holdMs: number; readonly sleepMs: number; readonly asked: boolean }
  | { readonly next: "give_up"; readonly holdMs: number; readonly code?: "wait_too_long"; readonly message: string };

/**
 * The whole decision whether a request is sent again, and when.
 *
 * | what came                                              | GET, DELETE, PATCH, token | move              | upload, copy |
 * | ------------------------------------------------------ | ------------------------- | ----------------- | ------------ |
 * | no connection (refused, name not known, no route)      | again                     | again             | again        |
 * | 429, 420                                               | again                     | again             | again        |
 * | no answer, cut off, 408, 425, 5xx, a body of no use    | again                     | what is not there | never        |
 * | 401, another key is configured                         | at once with that         | the same          | the same     |
 * | no TLS, a proxy that refuses, any other answer         | never                     | never             | never        |
 *
 * Before it is sent again: as long as the service asks for, if that is at most 60 s (longer is an error that says so), or else a
 * random part of 200 ms (429: 500 ms), 400 ms, ... up to 20 s. A wait that is asked for, and any pause after a 429, holds back
 * all callers, not only the one that was told.
 *
 * It ends after 5 attempts (3 where nothing was ever heard from this service, 2 where that was silence), when the patience of the
 * call is used up, or when too much has failed in the whole run; waits that the service asks for count for neither of the latter.
 */
export function decide(attempt: Attempt): Verdict {
  const { failure, answer, number, repeat, random } = attempt;
  const { message, code } = failure.parts;
  const limited = failure.cause === "slow_down";
  const wait = "broken" in answer || !failure.slowDown ? undefined : waitAsked(answer.headers, attempt.now, number > 1);
  if (wait?.exact === true && wait.ms > LONGEST_WAIT_MS)
    return { next: "give_up", holdMs: wait.ms, code: "wait_too_long", message: `${waitText(wait.ms)} ${message}` };
  const asked = wait !== undefined;
  const first = limited ? FIRST_BACKOFF_WHEN_LIMITED_MS : FIRST_BACKOFF_MS;
  const sleepMs = wait
    ? wait.ms + random() * Math.min(1000, wait.ms / 10)
    : random() * Math.min(LONGEST_BACKOFF_MS, first * 2 ** (number - 1));
  const holdMs = limited || asked ? sleepMs : 0;
  const giveUp = (text: string): Verdict => ({ next: "give_up", holdMs, message: text });

  if (attempt.hasOtherKey && code === "unauthorized") return { next: "other_key", holdMs };
  if (failure.cause === "final" || (failure.cause === "lost" && repeat === "never")) return giveUp(message);
  const silence = code === "timeout" ? ATTEMPTS_AT_SILENCE : ATTEMPTS_AT_FIRST_CONTACT;
  const most = failure.down && !attempt.contacted ? silence : ATTEMPTS;
  const impatient = !asked && attempt.patienceMs - sleepMs < SHORTEST_TIMEOUT_MS;
  if (number >= most || impatient) return giveUp(`${message} (${number} ${number === 1 ? "attempt" : "attempts"})`);
  if (!asked && attempt.budgetSpent) return giveUp(`${message} (not tried again: too much has failed in this run)`);
  return { next: "again", holdMs, sleepMs, asked };
}

/** Tells a user how long the service asks to wait. */
export function waitText(ms: number): string {
  return `the service asks to wait ${Math.ceil(ms / 1000)} s, which is longer than the ${LONGEST_WAIT_MS / 1000} s that a run waits. Run again after that.`;
}
