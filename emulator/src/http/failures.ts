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
  if (statusCode >= 400 && statusCode < 500) return new ApiFailure(statusCode, "bad_request", message);
  return new ApiFailure(500, "internal_error", "Internal Server Error");
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
