/** One thing that is wrong with a request, as FastAPI words it. */
export interface FailureDetail {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** A request that is answered with an error; how that looks is up to the dialect. */
export class ApiFailure extends Error {
  override readonly name = "ApiFailure";
  readonly details: readonly FailureDetail[] | undefined;

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    details?: readonly FailureDetail[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(cut(message));
    this.details = details && fewOf(details);
  }
}

/** The longest text of a failure, and the most findings: a request may be megabytes of mistakes. */
const LONGEST = 2_000;
const MOST_DETAILS = 10;

function fewOf(details: readonly FailureDetail[]): readonly FailureDetail[] {
  const told = details.slice(0, MOST_DETAILS).map(({ loc, msg, type }) => ({
    loc: loc.map((part) => (typeof part === "string" ? cut(part) : part)),
    msg: cut(msg),
    type,
  }));
  const left = details.length - told.length;
  return left === 0 ? told : [...told, { loc: [], msg: `and ${String(left)} more`, type: "more" }];
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
}

/** No such thing. */
export function missing(what: string): ApiFailure {
  return new ApiFailure(404, "not_found", `${what} not found`);
}

/** Something else is in the way. */
export function conflict(bucket: string, path: string): ApiFailure {
  return new ApiFailure(409, "conflict", `A file already exists at "${path}" in bucket "${bucket}"`);
}

/** The key or token is not one. */
export function unauthorised(message = "Invalid API key"): ApiFailure {
  return new ApiFailure(401, "unauthorized", message);
}

/** The key or token is one, but not for this. */
export function forbidden(message: string): ApiFailure {
  return new ApiFailure(403, "forbidden", message);
}

/** A request that can't be read as what it is meant to be. */
export function invalid(details: readonly FailureDetail[]): ApiFailure {
  return new ApiFailure(422, "validation_error", details[0]?.msg ?? "Validation failed", details);
}

/** A field with a value that it can't have. */
export function invalidField(place: "body" | "query" | "path", field: string, msg: string): ApiFailure {
  return invalid([{ loc: [place, field], msg, type: "value_error" }]);
}
