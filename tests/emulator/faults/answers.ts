import { send, uploadForm } from "../api";
import type { FaultCase } from "./bench";

/** Faults of a service that refuses. */
export const answerCases: readonly FaultCase[] = [
  ...[400, 401, 402, 403, 404, 408, 409, 413, 420, 422, 425, 429, 500, 502, 503, 504, 507].map((status): FaultCase => ({
    kind: "status",
    args: { status },
    does: "answers so, before the effect",
    check: async (bench) => {
      await bench.inject("deleteFile", { times: 1 });
      expect(await bench.remove("f_1")).toMatchObject({
        status,
        body: { detail: `Injected failure ${String(status)}` },
      });
      expect(await bench.paths()).toContain("a/1.txt");
      expect((await bench.remove("f_1")).status).toBe(204);
      expect(await bench.hits()).toBe(1);
    },
  })),
  {
    kind: "status",
    args: { status: 502 },
    does: "answers so after the effect when asked",
    check: async (bench) => {
      await bench.inject("deleteFile", { phase: "after" });
      expect((await bench.remove("f_1")).status).toBe(502);
      expect(await bench.paths()).not.toContain("a/1.txt");
    },
  },
  {
    kind: "status",
    args: { status: 402, message: "Plan", code: "quota", retry_after: 3 },
    does: "has the shape of the dialect",
    check: async (bench) => {
      await bench.emulator.setDialect({ "error.shape": "error_object" });
      await bench.inject("*");
      const { body, headers } = await bench.remove("f_1");
      expect([body, headers.get("retry-after")]).toEqual([{ error: { code: "quota", message: "Plan" } }, "3"]);
    },
  },
  {
    kind: "rate_limit",
    args: { retry_after: 7 },
    does: "says when to come back, in the way of the dialect or its own",
    check: async (bench) => {
      await bench.inject("*");
      const { status, headers } = await bench.get("/buckets");
      expect([status, headers.get("retry-after")]).toEqual([429, "7"]);
      await bench.inject("*", { args: { retry_after: 7, headers: "x_ratelimit_reset_ms" } });
      expect((await bench.get("/buckets")).headers.get("x-ratelimit-reset")).toBe("7000");
    },
  },
  {
    kind: "rate_limit",
    args: { per_second: 0.01, burst: 2 },
    does: "lets so many requests through, and more as time goes by",
    check: async (bench) => {
      await bench.inject("getFile");
      const one = () => bench.file("f_1");
      expect(await bench.statuses(one, one, one, one)).toEqual([200, 200, 429, 429]);
      expect(Number((await one()).headers.get("retry-after"))).toBeGreaterThan(90);
      await bench.advance(100_000);
      expect(await bench.statuses(one, one)).toEqual([200, 429]);
      await bench.advance(1_000_000);
      expect(await bench.statuses(one, one, one)).toEqual([200, 200, 429]);
      expect(await bench.hits()).toBe(5);
    },
  },
  {
    kind: "lost_auth",
    args: { calls: 2, reason: "key_revoked" },
    does: "revokes the key after so many calls",
    check: async (bench) => {
      await bench.inject("*");
      const one = () => bench.file("f_1");
      expect(await bench.statuses(one, one, one, one)).toEqual([200, 200, 401, 401]);
      expect((await bench.get("/buckets")).body.detail).toBe("API key was revoked");
    },
  },
  ...["token_expired", "clock_skew"].map((reason): FaultCase => ({
    kind: "lost_auth",
    args: { reason },
    does: "refuses upload tokens, and no keys",
    check: async (bench) => {
      await bench.inject("upload");
      expect((await bench.upload("n.txt")).status).toBe(200);
      expect((await bench.uploadWith(await bench.token("t.txt"), "t.txt")).status).toBe(401);
      expect(await bench.paths()).not.toContain("t.txt");
    },
  })),
  {
    kind: "lost_auth",
    args: { reason: "clock_skew", skew_ms: 60_000 },
    does: "refuses only what the clock ahead takes for expired",
    check: async (bench) => {
      await bench.inject("upload");
      const token = async (expires_in: number): Promise<string> =>
        (await send(bench.emulator, "POST", "/token", { bucket: "media", path: "t.txt", expires_in })).body.token;
      expect((await bench.uploadWith(await token(30), "t.txt")).status).toBe(401);
      expect((await bench.uploadWith(await token(300), "t.txt")).status).toBe(200);
    },
  },
  ...[402, 403, 413, 507].map((status): FaultCase => ({
    kind: "quota",
    args: { bytes: 10, status },
    does: "refuses what would be too much, and takes what is not",
    check: async (bench) => {
      await bench.inject("*");
      const statuses = await bench.statuses(
        () => bench.upload("n.txt", "12345"),
        () => bench.upload("n2.txt", "1234"),
        () => bench.copy("c", "f_3"),
        () => bench.file("f_1"),
      );
      expect(statuses).toEqual([status, 200, status, 200]);
      expect(await bench.paths()).toEqual(["a/1.txt", "a/2.txt", "a/3.txt", "n2.txt"]);
    },
  })),
  {
    kind: "secret_echo",
    args: { status: 500 },
    does: "repeats the key to the client, and not in the journal",
    check: async (bench) => {
      await bench.inject("getFile");
      const { status, body } = await bench.file("f_1");
      expect(status).toBe(500);
      expect(body.detail).toContain(`Bearer ${bench.emulator.apiKey}`);
      expect(JSON.stringify(await bench.emulator.requests())).not.toContain(bench.emulator.apiKey);
    },
  },
  {
    kind: "partial_upload",
    args: { bytes: 3 },
    does: "stores fewer bytes than came",
    check: async (bench) => {
      await bench.inject("upload");
      expect((await bench.upload("n.txt", "12345")).body.size).toBe(3);
      expect(await (await fetch(`${bench.emulator.baseUrl}/f/media/n.txt`)).text()).toBe("123");
    },
  },
  {
    kind: "partial_upload",
    does: "stores half of what came",
    check: async (bench) => {
      await bench.inject("upload", { times: 1 });
      expect((await bench.upload("n.txt", "12345678")).body.size).toBe(4);
      const form = uploadForm({ bucket: "media", path: "n.txt" }, "12345678");
      expect((await send(bench.emulator, "POST", "/", form)).body.size).toBe(8);
    },
  },
];
