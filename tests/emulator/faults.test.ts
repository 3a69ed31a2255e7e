import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_API_KEY, startEmulator, type Emulator, type FaultRule } from "mediasaur-emulator";
import { send, uploadForm } from "./api";
import { startCommand } from "./command";
import { answerCases } from "./faults/answers";
import { FaultBench, seed, type FaultCase } from "./faults/bench";
import { effectCases } from "./faults/effects";
import { wireCases } from "./faults/wire";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ seed });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const cases: readonly FaultCase[] = [...wireCases, ...answerCases, ...effectCases];

/** The kinds that only a process of its own can be tested with: below. */
const withCommand = ["crash"];

interface Kind {
  args: Record<string, string>;
  phases: string[];
  operations: string[];
}

describe("every kind of fault", () => {
  const kinds = async (): Promise<Record<string, Kind>> =>
    (await emulator.control("GET", "kinds")) as Record<string, Kind>;

  /** The arguments that choose between things that a fault can do. */
  const forms = ["form", "body", "framing", "reason", "do", "only"];

  it("has a test, and so has each of its forms", async () => {
    const all = await kinds();
    expect(Object.keys(all).sort()).toEqual([...new Set([...withCommand, ...cases.map(({ kind }) => kind)])].sort());
    const values = Object.entries(all).flatMap(([kind, { args }]) =>
      Object.entries(args)
        .filter(([name]) => forms.includes(name))
        .flatMap(([name, about]) => about.split(" | ").map((value) => `${kind}.${name}=${value}`)),
    );
    const tested = cases.flatMap(({ kind, args = {} }) =>
      Object.entries(args).map(([name, value]) => `${kind}.${name}=${String(value)}`),
    );
    expect(values.filter((value) => !tested.includes(value))).toEqual([]);
  });

  it("says what it does, when, to what and with what", async () => {
    expect((await kinds())["page_drift"]).toMatchObject({
      about: expect.any(String),
      phases: ["before"],
      operations: ["listFiles"],
      args: { form: "insert | delete | ignore_offset | repeat_page | shrink_limit" },
    });
  });

  it.each(cases.map((one) => ({ ...one, shown: one.args === undefined ? "" : ` ${JSON.stringify(one.args)}` })))(
    "$kind$shown $does",
    async (one) => {
      await one.check(new FaultBench(emulator, one));
    },
  );
});

describe("crash", () => {
  it.each([
    ["after", "is killed once the effect is persisted", true],
    ["before", "is killed just before the effect is persisted", false],
  ])("%s: %s", async (persist, _, isThere) => {
    const dataDir = mkdtempSync(join(tmpdir(), "crash-"));
    const rule = JSON.stringify({ op: "upload", kind: "crash", args: { persist } });
    const run = await startCommand("--port", "0", "--data", dataDir, "--fault", rule);
    const running = { baseUrl: run.baseUrl, apiKey: DEFAULT_API_KEY };
    await expect(send(running, "POST", "/", uploadForm({ bucket: "media", path: "n.txt" }))).rejects.toThrow();
    expect(await run.ended).toEqual({ code: null, signal: "SIGKILL" });
    const next = await startEmulator({ dataDir });
    expect((await next.state()).files.map(({ path }) => path)).toEqual(isThere ? ["n.txt"] : []);
    await next.close();
    rmSync(dataDir, { recursive: true });
  });
});

describe("rules", () => {
  const rules = async (): Promise<(FaultRule & { hits: number })[]> =>
    ((await emulator.control("GET", "faults")) as { faults: (FaultRule & { hits: number })[] }).faults;
  const statusOf = async (id: string): Promise<number> => (await send(emulator, "GET", `/files/${id}`)).status;
  const failing = { op: "getFile", kind: "status", args: { status: 500 } };

  it("skip, then count", async () => {
    await emulator.setFaults([{ ...failing, skip: 1, times: 2 }]);
    const seen = [];
    for (let n = 0; n < 5; n++) seen.push(await statusOf("f_1"));
    expect(seen).toEqual([200, 500, 500, 200, 200]);
  });

  it("are tried in order, and the first that fires wins", async () => {
    await emulator.setFaults([
      { ...failing, times: 1 },
      { ...failing, args: { status: 503 } },
    ]);
    expect([await statusOf("f_1"), await statusOf("f_1")]).toEqual([500, 503]);
  });

  it("match on bucket, path, id and header", async () => {
    const expectHit = async (match: object, hit: boolean): Promise<void> => {
      await emulator.setFaults([{ ...failing, match }]);
      expect(await statusOf("f_1")).toBe(hit ? 500 : 200);
    };
    await expectHit({ bucket: "media" }, true);
    await expectHit({ bucket: "other" }, false);
    await expectHit({ path_glob: "a/*" }, true);
    await expectHit({ path_glob: "*" }, false);
    await expectHit({ path_glob: "**/1.*" }, true);
    await expectHit({ file_id: "f_1" }, true);
    await expectHit({ file_id: "f_2" }, false);
    await expectHit({ header: { authorization: "*" } }, true);
    await expectHit({ header: { "x-none": "*" } }, false);
  });

  it("fire by chance, the same way for the same seed", async () => {
    const run = async (seed: number): Promise<string> => {
      await emulator.setFaults([{ ...failing, probability: 0.5, seed }]);
      const seen = [];
      for (let n = 0; n < 16; n++) seen.push(await statusOf("f_1"));
      return seen.join();
    };
    const first = await run(3);
    expect(first).toContain("200");
    expect(first).toContain("500");
    expect(await run(3)).toBe(first);
  });

  it.each([
    [{ ...failing, op: "explode" }, 'unknown operation "explode"'],
    [{ ...failing, kind: "explode" }, 'unknown kind of fault "explode"'],
    [{ op: "*", kind: "crash" }, "ends the process"],
    [{ op: "getFile", kind: "page_drift" }, "happens to listFiles only"],
    [{ op: "*", kind: "garbage", args: { body: "sand" } }, 'body = "sand": html'],
    [{ op: "*", kind: "foreign_writer", args: { do: "sing" } }, "create | move | delete"],
    [{ ...failing, args: { status: 200 } }, "status = 200"],
    [{ op: "*", kind: "status" }, "needs args.status"],
    [{ op: "*", kind: "reset", args: { ms: 1 } }, 'no argument "ms"'],
    [{ op: "*", kind: "truncate", phase: "before" }, "phases after"],
    [{ ...failing, match: { path: "x" } }, 'match on "path"'],
    [{ ...failing, when: 1 }, 'unknown field "when"'],
  ])("are refused when they could do nothing: %j", async (rule, message) => {
    await emulator.setFaults([failing]);
    await expect(emulator.setFaults([rule as FaultRule])).rejects.toThrow(message);
    expect(await rules()).toMatchObject([failing]);
    await expect(startEmulator({ faults: [rule as FaultRule] })).rejects.toThrow(message);
  });

  it("never befall the control surface", async () => {
    await emulator.setFaults([{ op: "*", kind: "reset" }]);
    expect((await send(emulator, "GET", "/_emulator/health")).status).toBe(200);
    await emulator.setFaults([{ op: "*", kind: "status", args: { status: 500 } }]);
    for (const path of [
      "health",
      "state",
      "requests",
      "routes",
      "dialect",
      "dialects",
      "presets",
      "faults",
      "kinds",
      "ui",
    ]) {
      expect([path, (await send(emulator, "GET", `/_emulator/${path}`)).status]).toEqual([path, 200]);
    }
    expect((await rules())[0]?.hits).toBe(0);
  });
});
