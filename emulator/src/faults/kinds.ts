import type { Answer } from "../answer";
import type { Dialect } from "../dialects";
import { ApiFailure } from "../failure";
import { renderError } from "../render/error";
import { rateHeaders } from "../render/rate-headers";
import { garbage } from "./garbage";

/** When a fault happens, seen from the request's effect. */
export type FaultPhase = "before" | "after";

/** What a fault knows of the request that it happens to. */
export interface FaultScene {
  readonly args: Readonly<Record<string, unknown>>;
  readonly dialect: Dialect;
  readonly now: number;
  /** Path and query of the request. */
  readonly url: string;
  /** What the request was to be answered with; undefined before its effect. */
  readonly answer: Answer | undefined;
}

/** A kind of fault: its phases (the first is the default), what its arguments may be, and what it makes of an answer. */
export interface FaultKind {
  readonly phases: readonly FaultPhase[];
  readonly args: Readonly<Record<string, (value: unknown) => boolean>>;
  readonly required?: readonly string[];
  /** The answer in place of the real one; undefined lets the request go on. */
  readonly happen: (scene: FaultScene) => Promise<Answer | undefined> | Answer | undefined;
}

const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 0;
const isNumber = (value: unknown): boolean => typeof value === "number" && value >= 0;
const isText = (value: unknown): boolean => typeof value === "string";
const isStatus = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 400 && Number(value) < 600;
const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);

/** Every kind of fault, as data; null for one that is known, but not built yet. */
export const faultKinds: Readonly<Record<string, FaultKind | null>> = {
  latency: {
    phases: ["before", "after"],
    args: { ms: isNumber, jitter: isNumber },
    required: ["ms"],
    happen: async ({ args, answer }) => {
      const ms = Number(args["ms"]) + Math.random() * Number(args["jitter"] ?? 0);
      await new Promise((resolve) => setTimeout(resolve, ms));
      return answer;
    },
  },
  status: {
    phases: ["before", "after"],
    args: { status: isStatus, message: isText, code: isText, retry_after: isNumber },
    required: ["status"],
    happen: ({ args, dialect, now }) => {
      const status = Number(args["status"]);
      const wait = args["retry_after"];
      const headers = wait === undefined ? {} : rateHeaders(dialect["rate.headers"], Number(wait), now);
      const message = text(args["message"], `Injected failure ${String(status)}`);
      return renderError(new ApiFailure(status, text(args["code"], "injected"), message, undefined, headers), dialect);
    },
  },
  rate_limit: {
    phases: ["before"],
    args: {
      retry_after: isNumber,
      headers: oneOf("retry_after_s", "retry_after_date", "x_ratelimit_reset_ms", "epoch", "none"),
    },
    happen: ({ args, dialect, now }) => {
      const form = (args["headers"] ?? dialect["rate.headers"]) as Dialect["rate.headers"];
      const headers = rateHeaders(form, Number(args["retry_after"] ?? 1), now);
      return renderError(new ApiFailure(429, "rate_limited", "Too many requests", undefined, headers), dialect);
    },
  },
  reset: { phases: ["before", "after"], args: {}, happen: () => ({ status: 0, wire: { kind: "reset" } }) },
  close: { phases: ["before", "after"], args: {}, happen: () => ({ status: 0, wire: { kind: "close" } }) },
  truncate: {
    phases: ["after"],
    args: { bytes: isCount, framing: oneOf("declared", "chunked", "clean") },
    happen: ({ args, answer }) => {
      if (answer === undefined) return undefined;
      const framing = (args["framing"] ?? "declared") as "declared" | "chunked" | "clean";
      return { ...answer, wire: { kind: "cut", after: Number(args["bytes"] ?? 10), framing } };
    },
  },
  garbage: {
    phases: ["after", "before"],
    args: { body: oneOf(...Object.keys(garbage)), status: isCount },
    happen: ({ args }) => ({ status: Number(args["status"] ?? 200), ...garbage[text(args["body"], "html")] }),
  },
  redirect: {
    phases: ["before"],
    args: { status: oneOf(301, 302, 303, 307, 308), location: isText, origin: isText },
    happen: ({ args, url }) => ({
      status: Number(args["status"] ?? 307),
      headers: { location: text(args["location"], `${text(args["origin"], "")}${url}`) },
      text: "",
    }),
  },
  partial_bulk: {
    phases: ["before"],
    args: { index: isCount, form: oneOf("207", "200_errors", "silent") },
    // The operation itself leaves the item out: see `BulkOutcome`.
    happen: () => undefined,
  },
  refuse: null,
  stale_list: null,
  stale_get: null,
  page_drift: null,
  partial_upload: null,
  lost_auth: null,
  quota: null,
  foreign_writer: null,
  crash: null,
  secret_echo: null,
  keepalive_close: null,
};

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
