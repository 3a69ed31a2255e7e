import type { ErrorCode, ErrorParts } from "../errors";
import type { Body } from "../decode/body";
import { claimsFailure, readErrorBody, type ErrorBody } from "../decode/error-body";
import type { Answer, Broken } from "./transport";

/**
 * What came of a request that failed, as far as it decides whether it is sent again:
 * `not_sent`: no connection came about, so that nothing can have happened;
 * `slow_down`: refused for now, and nothing happened;
 * `lost`: no answer, not all of it, or a failure of the server's own: it may have happened all the same;
 * `final`: the answer would be the same again.
 */
export type Cause = "not_sent" | "slow_down" | "lost" | "final";

/** An attempt that did not work, and what may be done about it. */
export interface Failure {
  /** What the error is built from. */
  parts: ErrorParts & { message: string };
  /** What it was, as far as it decides whether the request is sent again. */
  cause: Cause;
  /** The service asked every caller to slow down. */
  slowDown: boolean;
  /** The server can't be reached at all. */
  down: boolean;
}

/** What is known of the request when its answer is judged. */
export interface Asked {
  /** Such as `GET /files`. */
  operation: string;
  /** The service's base URL. */
  baseUrl: string;
  /** Whether it may change anything. */
  writes: boolean;
  /** Whether the answer's body is needed; where it is not, it is only a hint. */
  needsBody: boolean;
  /** Whether the base URL has proved to be the API. */
  proven: boolean;
}

const NO_KEY =
  'the API key was refused. Set a valid one with "pulumi config set --secret mediasaur:apiKey" (and use --run-program for refresh and destroy), or in MEDIASAUR_API_KEY.';
const NOT_FOUND_WORDS =
  /\b(file|bucket|object|asset|resource|item|key|id)\b.{0,120}\b(not found|does not exist|doesn't exist|was not found)|no such (file|bucket|key|object)|^not found\.?$/i;
const NO_ROUTE =
  /\b(route|endpoint)\b.{0,200}\bnot found|cannot (get|post|patch|put|delete) \/|no (such )?(route|endpoint)|unknown (route|endpoint)/i;
const BODY_STATUSES = new Set([401, 403, 404, 409, 429]);
const TOKENS: [RegExp, number][] = [
  [/^(un-?authori[sz]ed|unauthenticated|invalid.?(api.?key|token|jwt)|authentication.*)$/i, 401],
  [/^(forbidden|access.?denied|permission.?denied)$/i, 403],
  [/^((file|bucket|object|resource|key).?)?not.?found$|^no.?such.?(key|bucket|file|object)$/i, 404],
  [/^(conflict|duplicate|already.?exists|path.?taken|((file|path|key|resource|asset).?)(already.?)?exists)$/i, 409],
  [/^(rate.?limit(ed|.?exceeded)?|too.?many.?requests|slow.?down)$/i, 429],
];

/** Judges an answer; `undefined` where it is a success. */
export function judge(asked: Asked, answer: Answer | Broken): Failure | undefined {
  if ("broken" in answer) return judgeBroken(asked, answer);
  const { status, body } = answer;
  if (status >= 200 && status < 300) return judgeSuccess(asked, answer);
  const said = readErrorBody(body, answer.headers);
  if (status >= 300 && status < 400)
    return failure(asked, "redirected", "final", status, said, redirectText(asked, answer));
  return judgeStatus(asked, effectiveStatus(status, said), body, said);
}

function judgeBroken(asked: Asked, { broken, reason }: Broken): Failure {
  const outcome = asked.writes ? "unknown" : "refused";
  const build = (code: ErrorCode, message: string, cause: Cause, unknown: boolean): Failure => ({
    parts: {
      code,
      message,
      operation: asked.operation,
      outcome: unknown ? outcome : "refused",
      retryable: cause !== "final",
    },
    cause,
    slowDown: false,
    down: broken !== "cut" && broken !== "body",
  });
  const help = "Is the server up, and is mediasaur:baseUrl right?";
  if (broken === "not_sent")
    return build("unreachable", `nothing answers at ${asked.baseUrl} (${reason}). ${help}`, "not_sent", false);
  if (broken === "no_tls")
    return build("unreachable", `no secure connection to ${asked.baseUrl} (${reason}).`, "final", false);
  if (broken === "body") return build("source_unreadable", `the content could not be read: ${reason}.`, "final", true);
  const after = outcome === "unknown" ? " Whether the change was made is not known." : "";
  if (broken === "timeout") return build("timeout", `${asked.baseUrl} gave ${reason}.${after}`, "lost", true);
  return build("unreachable", `${reason} before ${asked.baseUrl} answered.${after}`, "lost", true);
}

function judgeSuccess(asked: Asked, { status, headers, body }: Answer): Failure | undefined {
  if (claimsFailure(body)) {
    const said = readErrorBody(body, headers);
    return judgeStatus(asked, effectiveStatus(400, said), body, said);
  }
  if (body.kind === "json") return undefined;
  if (!asked.needsBody && (asked.proven || body.kind !== "html")) return undefined;
  if (body.kind === "html") {
    const text = `${asked.baseUrl} answered with an HTML page, not the API's JSON. Check mediasaur:baseUrl.`;
    const found = failure(asked, "wrong_base_url", asked.proven ? "lost" : "final", status, {}, text);
    return { ...found, parts: { ...found.parts, outcome: asked.writes ? "unknown" : "refused" } };
  }
  const what =
    body.kind === "unreadable"
      ? `could not be read (${body.reason})`
      : body.kind === "empty"
        ? "is empty"
        : "is not JSON";
  const found = failure(asked, "bad_answer", "lost", status, {}, `the answer's body ${what}.`);
  return { ...found, parts: { ...found.parts, outcome: asked.writes ? "unknown" : "refused" } };
}

/** The body's own status counts where HTTP said only 400; so do its error code and, last, its words. */
function effectiveStatus(status: number, said: ErrorBody): number {
  if (status !== 400) return status;
  if (said.status !== undefined && (BODY_STATUSES.has(said.status) || said.status >= 500)) return said.status;
  const byToken = TOKENS.find(([pattern]) => said.token !== undefined && pattern.test(said.token));
  if (byToken) return byToken[1];
  return said.text !== undefined && NOT_FOUND_WORDS.test(said.text) ? 404 : status;
}

function judgeStatus(asked: Asked, status: number, body: Body, said: ErrorBody): Failure {
  const words =
    said.text ??
    said.token ??
    (body.kind === "html" ? "an HTML page came instead of an explanation" : "no reason given");
  const make = (code: ErrorCode, cause: Cause, text: string): Failure =>
    failure(asked, code, cause, status, said, text);
  if (status === 401)
    return make("unauthorized", "final", NO_KEY + (said.text ? ` The service says: ${said.text}` : ""));
  if (status === 404 || status === 410) return judgeMissing(asked, status, body, said, make);
  if (
    status === 402 ||
    status === 507 ||
    status === 413 ||
    (status === 403 && /quota|limit|plan/i.test(`${said.token ?? ""} ${said.text ?? ""}`))
  )
    return make(
      "quota_exceeded",
      "final",
      `a limit of the plan is reached: ${words}. Free some space, or choose another plan.`,
    );
  if (status === 403) return make("forbidden", "final", `the API key may not do this: ${words}.`);
  if (status === 409)
    return make(
      asked.writes ? "path_taken" : "invalid_request",
      "final",
      `${words}. Move what is there, or choose another path.`,
    );
  if (status === 429 || status === 420)
    return { ...make("rate_limited", "slow_down", `too many requests: ${words}.`), slowDown: true };
  if (status === 408) return make("timeout", "lost", `the service gave up waiting: ${words}.`);
  if (status === 425 || status >= 500)
    return { ...make("server_error", "lost", `the service failed: ${words}.`), slowDown: status === 503 };
  return make("invalid_request", "final", `the service does not accept the request: ${words}.`);
}

function judgeMissing(
  asked: Asked,
  status: number,
  body: Body,
  said: ErrorBody,
  make: (code: ErrorCode, cause: Cause, text: string) => Failure,
): Failure {
  const isPage = body.kind === "html" || body.kind === "text";
  if (status === 404 && (isPage || NO_ROUTE.test(said.text ?? ""))) {
    const what = isPage ? "a page that is not the API's" : `"${said.text ?? ""}"`;
    return make("wrong_base_url", "final", `${asked.baseUrl} answered 404 with ${what}. Check mediasaur:baseUrl.`);
  }
  return make("not_found", "final", `${said.text ?? "there is no such thing"} (missing, or not visible to this key).`);
}

function redirectText(asked: Asked, answer: Answer): string {
  const target = originOf(answer.headers["location"], asked.baseUrl);
  return `${asked.baseUrl} redirects to ${target}. The key is not sent there: if that is the API, set mediasaur:baseUrl to it.`;
}

function originOf(location: string | undefined, baseUrl: string): string {
  return location !== undefined && URL.canParse(location, baseUrl) ? new URL(location, baseUrl).origin : "nowhere";
}

function failure(asked: Asked, code: ErrorCode, cause: Cause, status: number, said: ErrorBody, text: string): Failure {
  const message = text.replace(/([.!?])\.(?=\s|$)/g, "$1");
  const parts: Failure["parts"] = { code, message, operation: asked.operation, status, retryable: cause !== "final" };
  if (said.requestId !== undefined) parts.requestId = said.requestId;
  // After a server's error or a time-out the change may have been made all the same.
  parts.outcome = asked.writes && cause === "lost" ? "unknown" : "refused";
  return { parts, cause, slowDown: false, down: false };
}
