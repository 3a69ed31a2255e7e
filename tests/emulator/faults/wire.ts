import { Agent, get as httpGet, type ClientRequest } from "node:http";
import type { FaultBench, FaultCase } from "./bench";

const garbage = (
  body: string,
  does: string,
  check: (bench: FaultBench, response: Response) => Promise<void>,
): FaultCase => ({
  kind: "garbage",
  args: { body },
  does: `${body}: ${does}`,
  check: async (bench) => {
    await bench.inject("listFiles");
    const { baseUrl, apiKey } = bench.emulator;
    const headers = { authorization: `Bearer ${apiKey}` };
    await check(bench, await fetch(`${baseUrl}/files?bucket=media`, { headers }));
  },
});

const says = (body: string, type: string, text: string | RegExp, status = 200): FaultCase =>
  garbage(body, `answers ${String(status)} and ${type}`, async (_, response) => {
    expect([response.status, response.headers.get("content-type")]).toEqual([status, expect.stringContaining(type)]);
    expect(await response.text()).toMatch(typeof text === "string" ? new RegExp(`^${text}$`) : text);
  });

/** Longer than any test goes on: what waits for so long is still waiting when something else has come. */
const FOR_EVER_MS = 600_000;

/** A read of a file that can be given up. */
function slowly(bench: FaultBench): { answer: Promise<Response>; giveUp: () => void } {
  const { baseUrl, apiKey } = bench.emulator;
  const abort = new AbortController();
  const { signal } = abort;
  const answer = fetch(`${baseUrl}/files/f_1`, { signal, headers: { authorization: `Bearer ${apiKey}` } });
  answer.catch(() => undefined);
  return { answer, giveUp: () => abort.abort() };
}

/** Whether something is still to come when requests that were begun after it, one after the other, have been answered. */
async function isOutrun(bench: FaultBench, slow: Promise<unknown>): Promise<boolean> {
  const others = async (): Promise<boolean> => {
    for (let round = 0; round < 5; round += 1) expect((await bench.get("/buckets")).status).toBe(200);
    return true;
  };
  const ended = slow.then(
    () => false,
    () => false,
  );
  return Promise.race([ended, others()]);
}

/** What a request over an agent came to: its status, or the code of its failure. */
function over(agent: Agent, bench: FaultBench): Promise<number | string | undefined> {
  return new Promise((resolve) => {
    const { baseUrl, apiKey } = bench.emulator;
    const request: ClientRequest = httpGet(
      `${baseUrl}/files/f_1`,
      { agent, headers: { authorization: `Bearer ${apiKey}` } },
      (response) => response.resume().once("end", () => resolve(response.statusCode)),
    );
    request.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}

/** Faults between the service and its client. */
export const wireCases: readonly FaultCase[] = [
  {
    kind: "latency",
    args: { ms: 20, jitter: 20, form: "wait" },
    does: "waits before the answer",
    check: async (bench) => {
      await bench.inject("getFile");
      expect(await bench.file("f_1")).toMatchObject({ status: 200, body: { id: "f_1" } });
      await bench.inject("getFile", { args: { ms: FOR_EVER_MS } });
      const { answer, giveUp } = slowly(bench);
      expect(await isOutrun(bench, answer)).toBe(true);
      giveUp();
    },
  },
  {
    kind: "latency",
    args: { ms: 20, form: "headers_then_stall" },
    does: "sends headers, and the body later",
    check: async (bench) => {
      await bench.inject("getFile");
      expect(await bench.file("f_1")).toMatchObject({ status: 200, body: { id: "f_1" } });
      expect((await bench.emulator.requests())[0]).toMatchObject({ fault: "latency", status: 200 });
      await bench.inject("getFile", { args: { ms: FOR_EVER_MS, form: "headers_then_stall" } });
      const { answer, giveUp } = slowly(bench);
      const response = await answer;
      expect(response.status).toBe(200);
      expect(await isOutrun(bench, response.text())).toBe(true);
      giveUp();
    },
  },
  {
    kind: "latency",
    args: { ms: 20, form: "dribble" },
    does: "sends the body a few bytes at a time",
    check: async (bench) => {
      await bench.inject("getFile");
      expect(await bench.file("f_1")).toMatchObject({ status: 200, body: { id: "f_1" } });
      await bench.inject("getFile", { args: { ms: 5_000, form: "dribble" } });
      const { answer, giveUp } = slowly(bench);
      const response = await answer;
      const { value: first } = await response.body!.getReader().read();
      expect(first!.length).toBeLessThan(Number(response.headers.get("content-length")));
      giveUp();
    },
  },
  ...["reset", "close"].flatMap((kind): FaultCase[] => [
    {
      kind,
      does: "before the effect leaves everything as it was",
      check: async (bench) => {
        await bench.inject("deleteFile");
        await expect(bench.remove("f_1")).rejects.toThrow();
        expect(await bench.paths()).toContain("a/1.txt");
        expect(await bench.emulator.requests()).toMatchObject([{ status: null, fault: kind }]);
      },
    },
    {
      kind,
      does: "after the effect loses the answer only",
      check: async (bench) => {
        await bench.inject("upload", { phase: "after" });
        await expect(bench.upload("u.txt")).rejects.toThrow();
        expect(await bench.paths()).toContain("u.txt");
      },
    },
  ]),
  {
    kind: "refuse",
    args: { ms: 20 },
    does: "has nobody listen for a while, and then again",
    check: async (bench) => {
      await bench.inject("getFile", { times: 1 });
      await expect(bench.file("f_1")).rejects.toThrow();
      let status: number | undefined;
      while (status === undefined)
        status = await bench.file("f_1").then(
          (reply) => reply.status,
          () => undefined,
        );
      expect(status).toBe(200);
    },
  },
  {
    kind: "refuse",
    args: { ms: 60_000 },
    does: "refuses connections, and ends with a reset",
    check: async (bench) => {
      await bench.inject("getFile", { times: 1 });
      await expect(bench.file("f_1")).rejects.toThrow();
      await expect(bench.file("f_1")).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
      expect(await bench.hits()).toBe(1);
      await bench.emulator.reset();
      expect((await bench.file("f_1")).status).toBe(200);
    },
  },
  {
    kind: "refuse",
    args: { attempts: 3 },
    does: "cuts so many requests, whatever they are, but for the control surface",
    check: async (bench) => {
      await bench.inject("getFile", { times: 1 });
      await expect(bench.file("f_1")).rejects.toThrow();
      await expect(bench.get("/buckets")).rejects.toThrow();
      expect((await bench.get("/_emulator/health")).status).toBe(200);
      await expect(bench.file("f_1")).rejects.toThrow();
      expect((await bench.file("f_1")).status).toBe(200);
      expect((await bench.emulator.requests()).map(({ fault }) => fault)).toEqual(["refuse", "refuse", "refuse", null]);
    },
  },
  {
    kind: "keepalive_close",
    does: "closes a connection at its second request, never at its first",
    check: async (bench) => {
      await bench.inject("getFile");
      const kept = new Agent({ keepAlive: true, maxSockets: 1 });
      expect([await over(kept, bench), await over(kept, bench), await over(kept, bench)]).toEqual([
        200,
        "ECONNRESET",
        200,
      ]);
      kept.destroy();
      const fresh = new Agent({ keepAlive: false });
      expect([await over(fresh, bench), await over(fresh, bench)]).toEqual([200, 200]);
      expect(await bench.hits()).toBe(1);
    },
  },
  ...["declared", "chunked"].map((framing): FaultCase => ({
    kind: "truncate",
    args: { bytes: 5, framing },
    does: "cuts the body",
    check: async (bench) => {
      await bench.inject("getFile");
      await expect(bench.file("f_1")).rejects.toThrow();
    },
  })),
  {
    kind: "truncate",
    args: { bytes: 5, framing: "clean" },
    does: "ends the body as though it were whole",
    check: async (bench) => {
      await bench.inject("getFile");
      expect(await bench.file("f_1")).toMatchObject({ status: 200, body: '{"id"' });
    },
  },
  says("html", "text/html", /<html>/),
  says("html_502", "text/html", /502 Bad Gateway/, 502),
  says("text", "text/plain", "OK"),
  says("empty", "application/json", ""),
  says("null", "application/json", "null"),
  says("list", "application/json", "\\[\\]"),
  says("object", "application/json", "\\{\\}"),
  says("wrong_type", "text/plain", /^\{"files":/),
  says("cut_json", "application/json", /^\{"files":.*[^}]$/),
  garbage("no_content_204", "answers 204 to a GET", async (_, response) => {
    expect([response.status, await response.text()]).toEqual([204, ""]);
  }),
  garbage("bom", "begins the body with a byte order mark", async (_, response) => {
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 4).toString("hex")).toBe("efbbbf7b");
  }),
  garbage("gzip_broken", "says gzip, and breaks off within", async (_, response) => {
    expect(response.headers.get("content-encoding")).toBe("gzip");
    await expect(response.text()).rejects.toThrow();
  }),
  garbage("duplicate_keys", "has every key twice, the second time null", async (_, response) => {
    const text = await response.text();
    expect(text.match(/"files":/g)).toHaveLength(2);
    expect(JSON.parse(text)).toEqual({ files: null, total: null });
  }),
  garbage("huge", "is as large as asked", async (bench) => {
    await bench.inject("listFiles", { args: { body: "huge", bytes: 3_000_000 } });
    const { body } = await bench.get("/files?bucket=media");
    expect(JSON.stringify(body)).toHaveLength(3_000_000);
  }),
  {
    kind: "redirect",
    args: { status: 302, origin: "http://127.0.0.2:9" },
    does: "sends the client to another origin",
    check: async (bench) => {
      await bench.inject("getFile");
      const { status, headers } = await bench.file("f_1");
      expect([status, headers.get("location")]).toEqual([302, "http://127.0.0.2:9/files/f_1"]);
    },
  },
  {
    kind: "redirect",
    does: "sends the client to the same path, or to a location",
    check: async (bench) => {
      await bench.inject("getFile");
      expect((await bench.file("f_1")).headers.get("location")).toBe("/files/f_1");
      await bench.inject("getFile", { args: { status: 308, location: "/elsewhere" } });
      expect((await bench.file("f_1")).headers.get("location")).toBe("/elsewhere");
    },
  },
];
