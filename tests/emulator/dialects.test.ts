import { dialects, presets, startEmulator, type Emulator } from "mediasaur-emulator";
import { send, uploadForm, type Reply } from "./api";
import { Bench, seed, type SwitchCase } from "./switches/bench";
import { bulkCases } from "./switches/bulk";
import { errorCases, listCases, objectCases } from "./switches/reads";
import { patchCases, pathCases, uploadCases } from "./switches/writes";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator({ seed });
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const cases: readonly SwitchCase[] = [
  ...listCases,
  ...objectCases,
  ...errorCases,
  ...uploadCases,
  ...patchCases,
  ...pathCases,
  ...bulkCases,
];

const inDialect = (dialect: string, method: string, path: string, body?: unknown): Promise<Reply> =>
  send(emulator, method, path, body, { "x-emulator-dialect": dialect });

it("wraps a single bucket as it does a file, by its own name where the wrapper is named after it", async () => {
  const bucket = { name: "media", plan: "pro", usage: { file_count: 3 } };
  for (const [envelope, body] of [
    ["bare", bucket],
    ["data", { data: bucket }],
    ["file", { bucket }],
    ["success_data", { success: true, data: bucket }],
  ] as const) {
    expect((await inDialect(`object.envelope=${envelope}`, "GET", "/buckets/media")).body).toMatchObject(body);
  }
});

describe("every value of every switch", () => {
  it("has a test", () => {
    const tested = new Set(cases.map(({ dialect }) => dialect.split(":")[0]));
    const values = Object.entries(dialects).flatMap(([name, { values }]) => values.map((value) => `${name}=${value}`));
    expect(values.filter((value) => !tested.has(value))).toEqual([]);
  });

  it.each(cases)("$dialect: $does", async ({ dialect, check }) => {
    const [name = "", value = ""] = dialect.split("=");
    await emulator.setDialect({ [name]: value });
    await check(new Bench(emulator));
  });
});

describe("switches", () => {
  it("are listed with their values and what these take", async () => {
    const listed = (await emulator.control("GET", "dialects")) as typeof dialects;
    expect(listed).toEqual(JSON.parse(JSON.stringify(dialects)));
    expect(listed.consistency).toEqual({
      about: expect.any(String),
      values: ["immediate", "list_lag", "detail_lag"],
      takes: { list_lag: "lag", detail_lag: "lag" },
    });
  });

  it.each([
    [{ "list.colour": "red" }, 'unknown dialect switch "list.colour"'],
    [{ "list.envelope": "red" }, 'no value "red"'],
    [{ "list.envelope": "bare:3" }, 'the value "bare" takes no argument'],
    [{ consistency: "list_lag:soon" }, 'the argument of "list_lag" is a count of reads'],
    [{ consistency: "list_lag:" }, 'the argument of "list_lag" is a count of reads'],
    [{ consistency: "list_log:3" }, 'no value "list_log:3"'],
    [{ "key.scope": "subset_404:" }, "names of buckets"],
    [{ preset: "s3-like" }, 'unknown preset "s3-like"'],
  ])("are refused when unknown: %j", async (switches: Record<string, string>, message) => {
    await expect(emulator.setDialect(switches)).rejects.toThrow(message);
    await expect(startEmulator({ dialect: switches })).rejects.toThrow(message);
    expect(await emulator.control("GET", "dialect")).toMatchObject({ "list.envelope": "files_total" });
  });

  it("are refused in a header, in text, and when they have the name of something else", async () => {
    await expect(startEmulator({ dialect: "list.envelope" })).rejects.toThrow("neither switch=value nor a file");
    expect((await inDialect("list.envelope=red", "GET", "/buckets")).status).toBe(422);
    expect((await send(emulator, "PUT", "/_emulator/dialect", { toString: "x" })).status).toBe(422);
  });

  it("hold for one request in its header, for all when set, and from the start", async () => {
    expect((await inDialect("bucket.envelope=bare,bucket.plan=null", "GET", "/buckets")).body).toMatchObject([
      { plan: null },
      {},
    ]);
    expect((await send(emulator, "GET", "/buckets")).body).toHaveProperty("buckets");
    await emulator.setDialect({ "bucket.envelope": "data" });
    expect((await send(emulator, "GET", "/buckets")).body).toHaveProperty("data");
    const other = await startEmulator({ dialect: "bucket.envelope=bare, bucket.usage=absent" });
    await other.reset();
    expect((await send(other, "GET", "/buckets")).body).toEqual([
      expect.not.objectContaining({ usage: expect.anything() }),
    ]);
    await other.close();
  });

  it("leave the control surface as it is", async () => {
    await emulator.setDialect({ preset: "hostile" });
    const { files } = await emulator.state("media");
    expect(files.map(({ id }) => id)).toEqual(["f_3", "f_1", "f_2"]);
  });
});

describe("presets", () => {
  const inForce = (): Promise<unknown> => emulator.control("GET", "dialect");

  it("are listed, each a choice of switches that there are", async () => {
    expect(Object.keys((await emulator.control("GET", "presets")) as object)).toEqual(Object.keys(presets));
    expect(Object.keys(presets)).toEqual([
      "default",
      "fastapi",
      "supabase-like",
      "imagekit-like",
      "bunny-like",
      "b2-like",
      "uploadthing-like",
      "uploadcare-like",
      "hostile",
    ]);
  });

  it.each(Object.entries(presets))(
    "%s can be put in force, and every operation answers",
    async (preset, { switches }) => {
      await emulator.setDialect({ preset });
      expect(await inForce()).toMatchObject(switches);
      await emulator.setDialect({ preset, ...switches });
      const bench = new Bench(emulator);
      const token = await send(emulator, "POST", "/token", { bucket: "media", path: "n.txt" });
      const replies = [
        token,
        await bench.get("/buckets"),
        await bench.get("/buckets/media"),
        await bench.get("/files?bucket=media"),
        await bench.file("f_1"),
        await bench.patch("f_1", { visibility: "PUBLIC" }),
        await bench.copy("c"),
        await bench.move("c", "f_2"),
        await send(emulator, "POST", "/", uploadForm({ bucket: "media", path: "n.txt" }), {
          authorization: `Bearer ${token.body.token as string}`,
        }),
        await bench.remove("f_3"),
      ];
      expect(replies.filter(({ status }) => status >= 500)).toEqual([]);
      if (preset !== "hostile") expect(replies.filter(({ status }) => status >= 300)).toEqual([]);
    },
  );

  it("are whole: what was set before is gone, and switches beside them come on top", async () => {
    await emulator.setDialect({ "object.case": "pascal" });
    await emulator.setDialect({ preset: "supabase-like", "move.id": "new" });
    expect(await inForce()).toMatchObject({ "object.case": "snake", "list.envelope": "bare", "move.id": "new" });
    await emulator.setDialect({ "move.id": "kept" });
    expect(await inForce()).toMatchObject({ "list.envelope": "bare", "move.id": "kept" });
    expect((await inDialect("bunny-like,object.case=camel", "GET", "/files/f_1")).body).toMatchObject({ path: "a/" });
  });

  it.each(["supabase-like", "supabase-like,move.id=new"])("may be named at the start: %s", async (dialect) => {
    const other = await startEmulator({ dialect });
    expect(await other.control("GET", "dialect")).toMatchObject({ "error.status": "always_400_body_code" });
    await other.close();
  });

  it("have the hostile one differ in every switch that has a less convenient value", () => {
    const convenient = ["upload.token", "delete.repeat"];
    const named = Object.keys(presets.hostile.switches);
    expect(Object.keys(dialects).filter((name) => !named.includes(name))).toEqual(convenient);
  });
});
