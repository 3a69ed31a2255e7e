import type { Dialect } from "../dialect/dialects";
import { ApiFailure } from "../failure";
import { findFile } from "../operations/lookup";
import { renderError } from "../render/error";
import { rateHeaders } from "../render/rate-headers";
import { amount, count, failingStatus, oneOf, positive, text, textOr } from "./arguments";
import type { FaultKinds, FaultScene } from "./kind";

/** What the service refuses, rightly or not. */
export const answerKinds: FaultKinds = {
  status: {
    about: "a failure in the shape of the dialect",
    phases: ["before", "after"],
    args: { status: failingStatus, message: text, code: text, retry_after: amount },
    required: ["status"],
    happen: ({ args, call: { dialect }, around }) => {
      const status = Number(args["status"]);
      const wait = args["retry_after"];
      const headers = wait === undefined ? {} : rateHeaders(dialect["rate.headers"], Number(wait), around.clock.now());
      const message = textOr(args["message"], `Injected failure ${String(status)}`);
      return renderError(
        new ApiFailure(status, textOr(args["code"], "injected"), message, undefined, headers),
        dialect,
      );
    },
  },
  rate_limit: {
    about: "429: always, or for what exceeds so many requests a second, with bursts up to as many",
    phases: ["before"],
    args: {
      retry_after: amount,
      headers: oneOf("retry_after_s", "retry_after_date", "x_ratelimit_reset_ms", "epoch", "none"),
      per_second: { about: "a number above 0", accepts: (value) => typeof value === "number" && value > 0 },
      burst: positive,
    },
    applies: (scene) => scene.args["per_second"] === undefined || !takeToken(scene),
    happen: ({ args, call: { dialect }, around, memory }) => {
      const form = (args["headers"] ?? dialect["rate.headers"]) as Dialect["rate.headers"];
      const headers = rateHeaders(form, Number(args["retry_after"] ?? memory.get("wait") ?? 1), around.clock.now());
      return renderError(new ApiFailure(429, "rate_limited", "Too many requests", undefined, headers), dialect);
    },
  },
  lost_auth: {
    about:
      "401: a key that is revoked after so many calls, an upload token that has expired, or does so by a clock that is ahead",
    phases: ["before"],
    args: {
      calls: count,
      reason: oneOf("key_revoked", "token_expired", "clock_skew"),
      skew_ms: amount,
      status: oneOf(401, 403),
    },
    applies: ({ args, memory, call: { claims }, around }) => {
      const reason = args["reason"] ?? "key_revoked";
      if (reason !== "key_revoked" && claims === undefined) return false;
      const ahead = around.clock.now() + Number(args["skew_ms"] ?? 3_600_000);
      if (reason === "clock_skew" && claims !== undefined && claims.exp * 1000 > ahead) return false;
      const calls = (memory.get("calls") ?? 0) + 1;
      memory.set("calls", calls);
      return calls > Number(args["calls"] ?? 0);
    },
    happen: ({ args, call: { dialect } }) => {
      const message =
        args["reason"] === undefined || args["reason"] === "key_revoked" ? "API key was revoked" : "Token has expired";
      return renderError(new ApiFailure(Number(args["status"] ?? 401), "unauthorized", message), dialect);
    },
  },
  quota: {
    about: "a bucket that can hold so many bytes and no more",
    phases: ["before"],
    args: { bytes: count, status: oneOf(402, 403, 413, 507) },
    required: ["bytes"],
    operations: ["upload", "copyFiles"],
    applies: (scene) => {
      const { bucket, bytes } = arriving(scene);
      return scene.around.store.buckets.usage(bucket).storageBytes + bytes > Number(scene.args["bytes"]);
    },
    happen: ({ args, call: { dialect } }) =>
      renderError(
        new ApiFailure(Number(args["status"] ?? 507), "quota_exceeded", "The plan's storage is used up"),
        dialect,
      ),
  },
  secret_echo: {
    about: "a failure whose message repeats the Authorization header",
    phases: ["before", "after"],
    args: { status: failingStatus },
    happen: ({ args, headers, call: { dialect } }) => {
      const message = `Unexpected header "Authorization: ${headers.authorization ?? ""}"`;
      return renderError(new ApiFailure(Number(args["status"] ?? 500), "injected", message), dialect);
    },
  },
};

/** Takes a token from the bucket, which fills by the emulator's clock; notes how long to wait where there is none. */
function takeToken({ args, memory, around }: FaultScene): boolean {
  const rate = Number(args["per_second"]);
  const size = Number(args["burst"] ?? Math.max(1, Math.floor(rate)));
  const now = around.clock.now();
  const since = (now - (memory.get("at") ?? now)) / 1000;
  const level = Math.min(size, (memory.get("level") ?? size) + since * rate);
  memory.set("at", now);
  memory.set("level", level >= 1 ? level - 1 : level);
  memory.set("wait", level >= 1 ? 0 : (1 - level) / rate);
  return level >= 1;
}

function arriving({ operation, call, around }: FaultScene): { readonly bucket: string; readonly bytes: number } {
  const body = (call.body ?? {}) as {
    target_bucket?: string;
    file_ids?: readonly string[];
    source_path?: string;
    source_bucket?: string;
  };
  if (operation === "upload") {
    const { fields = {}, content } = call.upload ?? {};
    const bucket = fields["bucket"] ?? call.claims?.bucket ?? (call.query["bucket"] as string | undefined);
    return { bucket: bucket ?? "", bytes: content?.size ?? 0 };
  }
  const byId = (body.file_ids ?? []).map((id) => findFile(around.store, id, call.dialect));
  const byPath = body.source_path === undefined ? [] : around.store.at(body.source_bucket ?? "", body.source_path);
  const bytes = [...byId, ...byPath].reduce((sum, file) => sum + (file?.size ?? 0), 0);
  return { bucket: body.target_bucket ?? "", bytes };
}
