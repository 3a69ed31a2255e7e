import type { Dialect } from "../dialect/dialects";

/** The headers that say when to try again. */
export function rateHeaders(form: Dialect["rate.headers"], seconds: number, now: number): Record<string, string> {
  switch (form) {
    case "retry_after_s":
      return { "retry-after": String(Math.ceil(seconds)) };
    case "retry_after_date":
      return { "retry-after": new Date(now + Math.ceil(seconds) * 1000).toUTCString() };
    case "x_ratelimit_reset_ms":
      return {
        "x-ratelimit-limit": "10",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(Math.ceil(seconds * 1000)),
      };
    case "epoch":
      return { "x-ratelimit-reset": String(Math.ceil(now / 1000 + seconds)) };
    case "none":
      return {};
  }
}
