import type { FastifyError } from "fastify";
import { ApiFailure, invalid, type FailureDetail } from "../failure";

type Problem = NonNullable<FastifyError["validation"]>[number];

/** What Fastify or an operation threw, as the failure that a client is told of. */
export function asFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  const { validation, validationContext, statusCode = 500, message } = error as FastifyError;
  if (validation !== undefined) {
    const place = places[validationContext ?? "body"] ?? "body";
    return invalid(validation.map((problem) => detailOf(problem, place)));
  }
  // Nobody is left to hear it; it is for the journal.
  if (isBrokenOff(error)) return new ApiFailure(400, "bad_request", "The request ended before it was whole");
  if (isOutOfRoom(error)) return new ApiFailure(507, "insufficient_storage", "The emulator's disk is full");
  if (statusCode >= 400 && statusCode < 500) return new ApiFailure(statusCode, "bad_request", message);
  return new ApiFailure(500, "internal_error", "Internal Server Error");
}

/** Whether a file or the database could not be written for want of room. */
export function isOutOfRoom(error: unknown): boolean {
  const { code = "" } = error as { code?: string };
  return ["ENOSPC", "EDQUOT", "EFBIG", "SQLITE_FULL"].includes(code);
}

function isBrokenOff(error: unknown): boolean {
  const { code = "" } = error as { code?: string };
  return ["ECONNRESET", "ERR_STREAM_PREMATURE_CLOSE", "EPIPE"].includes(code);
}

const places: Readonly<Record<string, string>> = { querystring: "query", params: "path", body: "body" };

/** One finding of Ajv in the words of FastAPI. */
function detailOf({ keyword, instancePath, params, message }: Problem, place: string): FailureDetail {
  const at = instancePath
    .split("/")
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  if (keyword === "additionalProperties") {
    const field = String(params["additionalProperty"]);
    return { loc: [place, ...at, field], msg: "Extra inputs are not permitted", type: "extra_forbidden" };
  }
  if (keyword === "required") {
    return { loc: [place, ...at, String(params["missingProperty"])], msg: "Field required", type: "missing" };
  }
  return { loc: [place, ...at], msg: message ?? "Invalid value", type: keyword };
}
