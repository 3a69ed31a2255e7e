import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type EmulatorOptions } from "mediasaur-emulator";
import { send, uploadForm } from "./api";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "seed-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const seedFile = (text: string): string => {
  const path = join(folder, "seed.json");
  writeFileSync(path, text);
  return path;
};

describe("seeds", () => {
  it("are one empty bucket where none is given", async () => {
    const emulator = await startEmulator();
    expect(await emulator.state()).toMatchObject({ buckets: [{ name: "media", file_count: 0 }], files: [] });
    await emulator.close();
  });

  it("may be a folder of real files", async () => {
    mkdirSync(join(folder, "media", "a"), { recursive: true });
    mkdirSync(join(folder, "empty"));
    writeFileSync(join(folder, "media", "a", "b.txt"), "small");
    writeFileSync(join(folder, "media", "large.bin"), Buffer.alloc(200_000, 7));
    const emulator = await startEmulator({ seed: folder });
    const { buckets, files } = await emulator.state();
    expect(buckets.map(({ name }) => name)).toEqual(["empty", "media"]);
    expect(files).toMatchObject([
      { path: "a/b.txt", size: 5, visibility: "PUBLIC" },
      { path: "large.bin", size: 200_000 },
    ]);
    const bytes = Buffer.from(await (await fetch(files[1]?.url ?? "")).arrayBuffer());
    expect(bytes.equals(Buffer.alloc(200_000, 7))).toBe(true);
    await emulator.close();
  });

  it("may be a JSON file, with bytes made up for a size", async () => {
    const seed = seedFile('{"buckets":{"media":{"files":[{"path":"x.bin","size":1000000,"id":"f_x"}]}}}');
    const emulator = await startEmulator({ seed });
    const read = async (): Promise<Buffer> =>
      Buffer.from(await (await fetch(`${emulator.baseUrl}/f/media/x.bin`)).arrayBuffer());
    const bytes = await read();
    expect(bytes.length).toBe(1_000_000);
    expect((await read()).equals(bytes)).toBe(true);
    await emulator.close();
  });

  it.each<[string, EmulatorOptions["seed"] | (() => string), string]>([
    ["no such file", "nowhere.json", 'seed "nowhere.json" does not exist'],
    ["no JSON", () => seedFile("{"), "is not valid JSON"],
    ["no buckets", () => seedFile("{}"), "buckets must be an object"],
    ["an unknown field", () => seedFile('{"buckets":{"media":{"fils":[]}}}'), 'bucket "media": unknown field "fils"'],
    ["a bad path", { buckets: { media: { files: [{ path: "/a" }] } } }, '"/a" is not a valid path'],
    ["a path twice", { buckets: { media: { files: [{ path: "a" }, { path: "a" }] } } }, 'two files at "a"'],
    ["both contents", { buckets: { media: { files: [{ path: "a", size: 1, content: "" }] } } }, "exclude each other"],
  ])("are refused in one line: %s", async (_, seed, message) => {
    const given = typeof seed === "function" ? seed() : seed;
    const failure = await startEmulator({ seed: given }).then(
      () => new Error("started"),
      (error: unknown) => error as Error,
    );
    expect(failure.message).toContain(message);
    expect(failure.message).not.toContain("\n");
  });

  it("are for the first start of a data folder, and for resets", async () => {
    const options = { dataDir: join(folder, "data"), seed: { buckets: { media: { files: [{ path: "a.txt" }] } } } };
    const first = await startEmulator(options);
    await send(first, "POST", "/", uploadForm({ bucket: "media", path: "b.txt" }));
    await first.close();
    const second = await startEmulator(options);
    expect((await second.state()).files.map(({ path }) => path)).toEqual(["a.txt", "b.txt"]);
    await second.reset();
    expect((await second.state()).files.map(({ path }) => path)).toEqual(["a.txt"]);
    await second.close();
  });
});
