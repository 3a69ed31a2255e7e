import type { ErrorCode } from "../../../provider/client";
import type { Meaning, Step } from "./table";
import type { WireFault } from "./wire";

/** What goes wrong in one cell, and what that means. */
export interface Script {
  name: string;
  /** One for each request in turn. */
  steps: readonly Step[];
  /** What the emulator does, one rule a step, without the operation. */
  faults?: readonly Record<string, unknown>[];
  /** What happens on the way, one for each step. */
  wire?: readonly WireFault[];
  /** The service has never answered before. */
  cold?: true;
  /** Milliseconds for which the service asks to wait. */
  waitMs?: number;
}

const ONE: readonly ["before" | "after", string][] = [
  ["before", "before the effect"],
  ["after", "after the effect"],
];
const FOREVER = 7;

function emulated(
  name: string,
  means: Meaning,
  code: ErrorCode,
  kind: string,
  args: Record<string, unknown> = {},
  phase?: "before" | "after",
): Script {
  const effect = phase === "after" || means === "fine";
  return {
    name,
    steps: [{ means, code, effect }],
    faults: [{ kind, args, times: 1, ...(phase === undefined ? {} : { phase }) }],
  };
}

function wired(name: string, means: Meaning, code: ErrorCode, fault: WireFault, effect = false): Script {
  return { name, steps: [{ means, code, effect }], wire: [fault] };
}

/** The same, one after the other. */
function then(name: string, ...scripts: readonly Script[]): Script {
  const all = <T>(pick: (script: Script) => readonly T[] | undefined): T[] =>
    scripts.flatMap((each) => pick(each) ?? []);
  const wire = all((each) => each.wire);
  return {
    name,
    steps: all((each) => each.steps),
    ...(wire.length > 0 ? { wire } : { faults: all((each) => each.faults) }),
  };
}

function forever(script: Script): Script {
  return then(`${script.name}, for ever`, ...Array.from({ length: FOREVER }, () => script));
}

const status = (code: number, means: Meaning, error: ErrorCode, phase: "before" | "after" = "before"): Script =>
  emulated(
    `${String(code)}${phase === "after" ? " after the effect" : ""}`,
    means,
    error,
    "status",
    { status: code },
    phase,
  );

const body = (name: string, form: string, means: Meaning, code: ErrorCode = "bad_answer"): Script =>
  emulated(name, means, code, "garbage", { body: form }, "after");

const rate = (style: string, waitMs: number): Script => ({
  ...emulated(`429, ${style}`, "slow_down", "rate_limited", "rate_limit", { headers: style, retry_after: 3 }),
  waitMs,
});

const reset = ONE.map(([phase, when]) => emulated(`reset ${when}`, "lost", "unreachable", "reset", {}, phase));
const stall = wired("no answer", "silent", "timeout", "stall");
const refuse = wired("nobody listens", "not_sent", "unreachable", "listener_closed");
const lost500 = status(500, "lost", "server_error");

/** All scripts: each is tried with each operation. */
export const SCRIPTS: readonly Script[] = [
  ...reset,
  ...ONE.map(([phase, when]) => emulated(`closed without a byte, ${when}`, "lost", "unreachable", "close", {}, phase)),
  emulated("an idle connection is closed", "idle_closed", "unreachable", "keepalive_close"),
  refuse,
  { ...forever(refuse), cold: true, name: "nobody has ever listened" },
  stall,
  wired("no answer, after the effect", "silent", "timeout", "stall_after", true),
  wired("headers, then nothing", "unreadable", "bad_answer", "stall_in_body", true),
  wired("headers a few bytes at a time", "fine", "internal", "slow_headers", true),
  wired("something that is no HTTP", "lost", "unreachable", "no_http"),
  wired("a length that is too short", "unreadable", "bad_answer", "short_length", true),
  emulated("cut short of its length", "unreadable", "bad_answer", "truncate", { bytes: 5 }, "after"),
  emulated("cut between chunks", "unreadable", "bad_answer", "truncate", { bytes: 5, framing: "chunked" }, "after"),
  emulated("cut cleanly", "unreadable", "bad_answer", "truncate", { bytes: 5, framing: "clean" }, "after"),
  body("JSON that lacks its last byte", "cut_json", "unreadable"),
  body("200 with a page", "html", "unreadable", "wrong_base_url"),
  { ...body("200 with a page, at first contact", "html", "wrong_place", "wrong_base_url"), cold: true },
  emulated("502 with a page", "lost", "server_error", "garbage", { body: "html_502" }, "before"),
  body("200 with text", "text", "unreadable"),
  body("200 with nothing", "empty", "unreadable"),
  body("204", "no_content_204", "unreadable"),
  body("broken gzip", "gzip_broken", "unreadable"),
  body("a byte order mark", "bom", "fine"),
  body("a wrong content type", "wrong_type", "fine"),
  body("null", "null", "lacking"),
  body("an empty object", "object", "lacking"),
  body("an empty list", "list", "empty_list"),
  rate("retry_after_s", 3000),
  rate("retry_after_date", 2000),
  rate("x_ratelimit_reset_ms", 3000),
  rate("epoch", 3000),
  rate("none", 0),
  { ...wired("429, retry-after-ms", "slow_down", "rate_limited", "wait_in_ms"), waitMs: 700 },
  forever(emulated("429", "slow_down", "rate_limited", "rate_limit", { headers: "none" })),
  status(420, "slow_down", "rate_limited"),
  ...[500, 502, 503, 504].flatMap((code) => ONE.map(([phase]) => status(code, "lost", "server_error", phase))),
  status(408, "lost", "timeout"),
  status(425, "lost", "server_error"),
  ...([400, 422] as const).map((code) => status(code, "refused", "invalid_request")),
  status(401, "refused", "unauthorized"),
  status(403, "refused", "forbidden"),
  status(404, "missing", "not_found"),
  status(507, "refused", "quota_exceeded"),
  then("500, then 400", lost500, status(400, "refused", "invalid_request")),
  then("reset after the effect, then 409", reset[1]!, status(409, "conflict", "path_taken")),
  status(409, "conflict", "path_taken"),
  then("429, then reset, then 503", rate("none", 0), reset[0]!, status(503, "lost", "server_error")),
  forever(lost500),
  forever(reset[0]!),
  forever(stall),
  emulated("sent on within the origin", "elsewhere", "redirected", "redirect", { status: 307 }),
  emulated("sent on to another origin", "refused", "redirected", "redirect", { origin: "http://127.0.0.1:9" }),
  emulated("500 that repeats the key", "lost", "server_error", "secret_echo", {}),
  emulated("403 that repeats the key", "refused", "forbidden", "secret_echo", { status: 403 }),
];
