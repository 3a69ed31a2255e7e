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

/** The milliseconds to the headers of an answer, and to its end. */
async function timed(bench: FaultBench): Promise<readonly [headers: number, end: number, text: string]> {
  const { baseUrl, apiKey } = bench.emulator;
  const start = performance.now();
  const response = await fetch(`${baseUrl}/files/f_1`, { headers: { authorization: `Bearer ${apiKey}` } });
  const headers = performance.now() - start;
  const text = await response.text();
  return [headers, performance.now() - start, text];
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
    args: { ms: 60, jitter: 20, form: "wait" },
    does: "waits before the answer, the same time for the same seed",
    check: async (bench) => {
      await bench.inject("getFile");
      const [headers, , text] = await timed(bench);
      expect(headers).toBeGreaterThanOrEqual(59);
      expect(JSON.parse(text)).toMatchObject({ id: "f_1" });
    },
  },
  {
    kind: "latency",
    args: { ms: 120, form: "headers_then_stall" },
    does: "sends headers, and the body later",
    check: async (bench) => {
      await bench.inject("getFile");
      const [headers, end, text] = await timed(bench);
      expect(end - headers).toBeGreaterThan(60);
      expect(JSON.parse(text)).toMatchObject({ id: "f_1" });
      expect((await bench.emulator.requests())[0]).toMatchObject({ fault: "latency", status: 200 });
    },
  },
  {
    kind: "latency",
    args: { ms: 120, form: "dribble" },
    does: "sends the body a few bytes at a time",
    check: async (bench) => {
      await bench.inject("getFile");
      const { baseUrl, apiKey } = bench.emulator;
      const response = await fetch(`${baseUrl}/files/f_1`, { headers: { authorization: `Bearer ${apiKey}` } });
      const chunks: string[] = [];
      const decoder = new TextDecoder();
      const reader = response.body!.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read())
        chunks.push(decoder.decode(part.value));
      expect(chunks.length).toBeGreaterThan(2);
      expect(JSON.parse(chunks.join(""))).toMatchObject({ id: "f_1" });
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
    args: { ms: 150 },
    does: "has nobody listen for a while, and then again",
    check: async (bench) => {
      await bench.inject("getFile", { times: 1 });
      await expect(bench.file("f_1")).rejects.toThrow();
      await expect(bench.file("f_1")).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
      expect(await bench.hits()).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 250));
      expect((await bench.file("f_1")).status).toBe(200);
    },
  },
  {
    kind: "refuse",
    args: { ms: 60_000 },
    does: "ends with a reset",
    check: async (bench) => {
      await bench.inject("getFile", { times: 1 });
      await expect(bench.file("f_1")).rejects.toThrow();
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
