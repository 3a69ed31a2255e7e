import { redact } from "./redaction/redact";

/** The stable codes of the error family. Those of the first group come from the client, the others from what uses it. */
export type ErrorCode =
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "path_taken"
  | "invalid_request"
  | "rate_limited"
  | "quota_exceeded"
  | "server_error"
  | "unreachable"
  | "timeout"
  | "bad_answer"
  | "wrong_base_url"
  | "redirected"
  | "wait_too_long"
  | "wrong_bucket"
  | "ambiguous"
  | "partial_failure"
  | "offset_ignored"
  | "source_unreadable"
  | "invalid_configuration"
  // built outside the client
  | "invalid_declaration"
  | "declared_twice"
  | "not_verified"
  | "outcome_unknown"
  | "too_many_deletes"
  | "unmanaged_files"
  | "unsupported_store"
  | "cancelled"
  | "internal";

/** `refused`: no write happened. `unknown`: a write may have happened, wholly or in part. */
export type Outcome = "refused" | "unknown";

/** What an error is built from. */
export interface ErrorParts {
  /** Stable code. */
  code: ErrorCode;
  /** What happened and what to do, one line, without code and status. */
  message: string;
  /** Such as `PATCH /files/{file_id}`. */
  operation?: string;
  /** HTTP status. */
  status?: number;
  /** The service's own name for the request. */
  requestId?: string;
  /** @default "refused" */
  outcome?: Outcome;
  /** Whether the same request may succeed later. @default false */
  retryable?: boolean;
}

const LONGEST_MESSAGE = 2000;

/** The one error that this package throws. Its text is one line, says what to do, and holds no key. */
export class MediasaurError extends Error {
  /** By this the family is known, also where two copies of the package are loaded. */
  override readonly name = "MediasaurError";
  /** Stable code. */
  readonly code: ErrorCode;
  /** Such as `PATCH /files/{file_id}`; `""` where no request was involved. */
  readonly operation: string;
  /** HTTP status, where one came. */
  readonly status?: number;
  /** The service's own name for the request, where it gave one. */
  readonly requestId?: string;
  /** Whether a write may have happened all the same. */
  readonly outcome: Outcome;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** The message without operation, status and code. */
  readonly detail: string;

  /** Everything that is passed in is redacted here, and no cause is kept: causes carry request headers. */
  constructor(parts: ErrorParts) {
    const operation = oneLine(redact(parts.operation ?? ""));
    const detail = oneLine(redact(parts.message)).slice(0, LONGEST_MESSAGE);
    const requestId = parts.requestId === undefined ? undefined : oneLine(redact(parts.requestId)).slice(0, 200);
    const head = [operation && `[${operation}]`, parts.status, parts.code].filter((part) => part).join(" ");
    super(`${head}: ${detail}${requestId ? ` (request id ${requestId})` : ""}`);
    this.code = parts.code;
    this.operation = operation;
    if (parts.status !== undefined) this.status = parts.status;
    if (requestId !== undefined) this.requestId = requestId;
    this.outcome = parts.outcome ?? "refused";
    this.retryable = parts.retryable ?? false;
    this.detail = detail;
  }
}

/** Builds an error of the family, also outside the client: `[operation] status code: message`, redacted. */
export function mediasaurError(parts: ErrorParts): MediasaurError {
  return new MediasaurError(parts);
}

/**
 * The same error, for a request that was sent before and may have had its effect then.
 *
 * @param addition - what is to be said after its own words
 */
export function withUnknownOutcome(error: MediasaurError, addition = ""): MediasaurError {
  const { code, detail, operation, status, requestId, retryable } = error;
  const message = addition === "" ? detail : `${detail} ${addition}`;
  const known = { ...(status === undefined ? {} : { status }), ...(requestId === undefined ? {} : { requestId }) };
  return new MediasaurError({ code, message, operation, retryable, outcome: "unknown", ...known });
}

/** Whether this is an error of the family, also where two copies of the package are loaded. */
export function isMediasaurError(error: unknown): error is MediasaurError {
  return (
    error instanceof MediasaurError || (error instanceof Error && error.name === "MediasaurError" && "code" in error)
  );
}

function oneLine(text: string): string {
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
}
