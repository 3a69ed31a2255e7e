import { STATUS_CODES } from "node:http";
import type { Answer } from "../answer";
import type { Dialect } from "../dialect/dialects";
import type { ApiFailure } from "../failure";
import { escapeHtml } from "./html";

/** The answer to a request that failed. */
export function renderError(failure: ApiFailure, dialect: Dialect): Answer {
  const status = failure.code === "not_found" ? Number(dialect["error.missing"]) : failure.status;
  const shaped = { ...shapes[dialect["error.shape"]](failure, status), headers: failure.headers };
  const fields = typeof shaped.body === "object" ? (shaped.body as object) : { error: failure.message };
  if (dialect["error.status"] === "200_success_false" && status < 500) {
    return { status: 200, headers: failure.headers, body: { success: false, ...fields } };
  }
  if (dialect["error.status"] === "always_400_body_code" && status < 500) {
    return { status: 400, headers: failure.headers, body: { statusCode: String(status), ...fields } };
  }
  return { status, ...shaped };
}

type Shape = (failure: ApiFailure, status: number) => Pick<Answer, "body" | "text" | "type">;

const shapes: Readonly<Record<Dialect["error.shape"], Shape>> = {
  detail_string: ({ message, details }) => ({ body: { detail: details ?? message } }),
  error_string: ({ message }) => ({ body: { error: message } }),
  error_object: ({ code, message, details }) => ({
    body: { error: { code, message, ...(details === undefined ? {} : { details }) } },
  }),
  statusCode_error_message: ({ code, message }, status) => ({
    body: { statusCode: String(status), error: code, message },
  }),
  code_message: ({ code, message }) => ({ body: { code, message } }),
  problem_json: ({ message }, status) => ({
    type: "application/problem+json",
    body: { type: "about:blank", title: STATUS_CODES[status] ?? "Error", status, detail: message },
  }),
  html: ({ message }, status) => ({
    type: "text/html; charset=utf-8",
    text: `<!doctype html><html><head><title>${String(status)}</title></head><body><h1>${escapeHtml(message)}</h1></body></html>`,
  }),
  empty: () => ({ text: "" }),
};
