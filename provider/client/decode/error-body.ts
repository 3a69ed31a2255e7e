import { redact } from "../redaction/redact";
import { ALIASES, foldedKeys, pick } from "./aliases";
import { isObject, type Body, type JsonObject } from "./body";
import { isEntity, unwrap, wrappedIn } from "./envelope";
import { countOf, textOf } from "./values";

/** What a failure said about itself. */
export interface ErrorBody {
  /** For people, redacted and cut. */
  text?: string;
  /** For programs: one token. */
  token?: string;
  /** The status that the body claims. */
  status?: number;
  /** The service's own name for the request. */
  requestId?: string;
}

const LONGEST_TEXT = 500;
const LONGEST_READ = 4000;
const REQUEST_ID_HEADERS = ["x-request-id", "x-ik-requestid", "cf-ray", "x-amzn-trace-id"];
const TOKEN = /^[A-Za-z][A-Za-z0-9_.:-]*$/;

/** Reads whatever shape of error body. */
export function readErrorBody(body: Body, headers: Readonly<Record<string, string>> = {}): ErrorBody {
  const error: ErrorBody = {};
  const object = body.kind === "json" && isObject(body.value) ? body.value : {};
  const inner = foldedKeys(object).get("error");
  const nested = isObject(inner) ? inner : {};
  const text =
    body.kind === "text"
      ? body.text
      : body.kind === "json" && typeof body.value === "string"
        ? body.value
        : (textIn(object) ??
          wrappedIn(object)
            .map(textIn)
            .find((words) => words !== undefined));
  if (text !== undefined) error.text = cut(redact(text.slice(0, LONGEST_READ)));
  const token = tokenIn(object, nested);
  if (token !== undefined) error.token = redact(token).slice(0, 80);
  const status = [
    pick(object, ["status_code", "status"]),
    pick(nested, ["status_code", "status", "code"]),
    pick(object, ["code"]),
  ]
    .map(countOf)
    .find((candidate) => candidate !== undefined && candidate >= 400 && candidate <= 599);
  if (status !== undefined) error.status = status;
  const header = REQUEST_ID_HEADERS.map((name) => headers[name]).find((value) => value);
  const requestId = header ?? textOf(pick(object, ALIASES.requestId)) ?? textOf(pick(nested, ALIASES.requestId));
  if (requestId !== undefined) error.requestId = requestId;
  return error;
}

/** Whether a success is none: it says so itself, and is about nothing else. */
export function claimsFailure(body: Body): boolean {
  if (body.kind !== "json" || !isObject(body.value)) return false;
  const object = body.value;
  if (pick(object, ["success"]) === false || pick(object, ["ok"]) === false) return true;
  const said = pick(object, ["error"]);
  const failed = (said !== undefined && said !== false && said !== "") || isErrorWord(pick(object, ["status"]));
  if (!failed || isEntity(object)) return false;
  const inner = unwrap(object);
  return !(isObject(inner) && isEntity(inner)) && !Object.values(object).some(Array.isArray);
}

function isErrorWord(value: unknown): boolean {
  return typeof value === "string" && value.toLowerCase() === "error";
}

function textIn(object: JsonObject): string | undefined {
  const folded = foldedKeys(object);
  const error = folded.get("error");
  const errors = folded.get("errors");
  const first: unknown = Array.isArray(errors) ? (errors as unknown[])[0] : undefined;
  const candidates = [
    typeof error === "string" && !TOKEN.test(error) ? error : undefined,
    isObject(error) ? (textIn(error) ?? sentence(foldedKeys(error).get("message"))) : undefined,
    sentence(folded.get("message")),
    sentence(folded.get("detail")),
    isObject(first)
      ? (sentence(pick(first, ["message"])) ?? sentence(pick(first, ["detail", "msg"])))
      : sentence(first),
    sentence(folded.get("title")),
    sentence(folded.get("msg")),
    sentence(folded.get("errordescription")),
    typeof error === "string" ? error : undefined,
  ];
  return candidates.find((text) => text !== undefined && text !== "");
}

/** A text, or a list of texts, or a list of validation failures `{loc, msg}`. */
function sentence(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (!Array.isArray(value)) return undefined;
  const parts = (value as unknown[]).slice(0, 10).map((part) => {
    if (typeof part === "string") return part;
    if (!isObject(part)) return undefined;
    const text = textOf(pick(part, ["msg", "message", "detail"]));
    const place = pick(part, ["loc", "field", "path"]);
    const where = Array.isArray(place) ? place.filter((each) => typeof each !== "object").join(".") : textOf(place);
    return text === undefined ? undefined : where ? `${where}: ${text}` : text;
  });
  return parts.filter((part) => part !== undefined).join("; ") || undefined;
}

function tokenIn(object: JsonObject, nested: JsonObject): string | undefined {
  const candidates = [
    pick(nested, ["code"]),
    pick(object, ["code"]),
    pick(object, ["error_code"]),
    pick(object, ["name"]),
    pick(object, ["category"]),
    pick(object, ["error"]),
    pick(nested, ["type", "name"]),
  ];
  return candidates.find((value): value is string => typeof value === "string" && TOKEN.test(value));
}

function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}...` : text;
}
