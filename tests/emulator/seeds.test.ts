import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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
    ["no path", { buckets: { media: { files: [{ path: "" }] } } }, '"" is not a valid path'],
    ["what can't be kept", { buckets: { media: { files: [{ path: "a\0b" }] } } }, "is not a valid path"],
    ["half a character", { buckets: { media: { files: [{ path: "\ud83d.txt" }] } } }, "is not a valid path"],
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

  describe("of a folder with links", () => {
    const media = (): string => join(folder, "seed", "media");
    const failure = (): Promise<string> =>
      startEmulator({ seed: join(folder, "seed") }).then(
        () => "started",
        (error: unknown) => (error as Error).message,
      );
    beforeEach(() => {
      mkdirSync(join(media(), "a"), { recursive: true });
      writeFileSync(join(media(), "a", "b.txt"), "b");
      writeFileSync(join(folder, "secret.txt"), "secret");
      mkdirSync(join(folder, "seed-of-others"));
      writeFileSync(join(folder, "seed-of-others", "x.txt"), "x");
    });

    it("follow those that stay in it", async () => {
      symlinkSync("a/b.txt", join(media(), "c.txt"));
      symlinkSync("a", join(media(), "d"));
      symlinkSync("media/a", join(folder, "seed", "other"));
      symlinkSync(join(folder, "seed"), join(folder, "link"));
      const emulator = await startEmulator({ seed: join(folder, "link") });
      const { files } = await emulator.state();
      expect(files.map(({ bucket, path }) => `${bucket}/${path}`)).toEqual([
        "media/a/b.txt",
        "media/c.txt",
        "media/d/b.txt",
        "other/b.txt",
      ]);
      expect(await (await fetch(files[1]?.url ?? "")).text()).toBe("b");
      await emulator.close();
    });

    it.each<[string, () => void, string]>([
      [
        "a file outside",
        () => {
          symlinkSync(join(folder, "secret.txt"), join(media(), "x"));
        },
        '"media/x" is a link that leaves the folder',
      ],
      [
        "a folder outside",
        () => {
          symlinkSync("/etc", join(media(), "a", "x"));
        },
        '"media/a/x" is a link that leaves the folder',
      ],
      [
        "a bucket outside",
        () => {
          symlinkSync("..", join(folder, "seed", "x"));
        },
        '"x" is a link that leaves the folder',
      ],
      [
        "a folder outside whose name begins as its own",
        () => {
          symlinkSync("../../seed-of-others", join(media(), "x"));
        },
        '"media/x" is a link that leaves the folder',
      ],
      [
        "a way out over a link inside",
        () => {
          symlinkSync("../..", join(media(), "y"));
          symlinkSync("y/secret.txt", join(media(), "x"));
        },
        '"media/x" is a link that leaves the folder',
      ],
      [
        "itself",
        () => {
          symlinkSync("x", join(media(), "x"));
        },
        '"media/x" is a link that leads to itself',
      ],
      [
        "nowhere",
        () => {
          symlinkSync("none", join(media(), "x"));
        },
        '"media/x" is a link that leads nowhere',
      ],
      [
        "the folder it is in",
        () => {
          symlinkSync(".", join(media(), "a", "x"));
        },
        '"media/a/x" is a link to a folder that it is in',
      ],
      [
        "the folder of all buckets",
        () => {
          symlinkSync("../..", join(media(), "a", "x"));
        },
        '"media/a/x" is a link to a folder that it is in',
      ],
      [
        "each other",
        () => {
          mkdirSync(join(media(), "c"));
          symlinkSync("../c", join(media(), "a", "x"));
          symlinkSync("../a", join(media(), "c", "x"));
        },
        '"media/a/x/x" is a link to a folder that it is in',
      ],
    ])("are refused in one line where one leads to %s", async (_, link, message) => {
      link();
      expect(await failure()).toBe(`seed "${join(folder, "seed")}": ${message}`);
    });
  });

  it("may hold any key, whatever requests may make", async () => {
    const paths = [
      "other/",
      "a//b",
      "./x",
      "../y",
      "/lead",
      "a/./b",
      "a/../c",
      " ",
      "//",
      "é",
      "%2F",
      "a?b#c",
      "\\",
      "\u{1f600}",
      "x\n",
    ];
    const files = paths.map((path, index) => ({ path, id: `id ${String(index)}/..`, content: `content of ${path}` }));
    const emulator = await startEmulator({ seed: { buckets: { media: { files } } } });
    const state = await emulator.state();
    expect(state.files.map(({ path }) => path).sort()).toEqual([...paths].sort());
    for (const { id, path, url, signed_url } of state.files) {
      expect((await send(emulator, "GET", `/files/${encodeURIComponent(id)}`)).body).toMatchObject({ id, path });
      for (const address of [url, signed_url]) expect(await (await fetch(address)).text()).toBe(`content of ${path}`);
    }
    const { body } = await send(emulator, "GET", "/files?bucket=media");
    expect(body.files.map((file: { path: string }) => file.path)).toEqual(paths);
    await emulator.close();
  });

  it("are added to by edits, which may make any key, too", async () => {
    const emulator = await startEmulator();
    const edit = (wanted: object): Promise<unknown> => emulator.control("POST", "edit", wanted);
    await edit({ op: "put", bucket: "media", path: "other/", id: "f_marker" });
    await edit({ op: "put", bucket: "media", path: "a/b", id: "f_b" });
    await edit({ op: "put", bucket: "media", path: "c", id: "f_c" });
    await edit({ op: "move", id: "f_b", to: "a//b" });
    await edit({ op: "rename", id: "f_c", name: ".." });
    expect((await emulator.state()).files.map(({ path }) => path)).toEqual(["..", "a//b", "other/"]);
    for (const to of ["", "a\0b", "\ud800"])
      await expect(edit({ op: "move", id: "f_b", to })).rejects.toThrow(/not a valid|holds a NUL/);
    // What is there can be moved, copied, renamed and deleted by requests.
    const move = { bucket: "media", file_ids: ["f_b", "f_marker"], target_path: "x" };
    expect((await send(emulator, "POST", "/files/move", move)).status).toBe(200);
    const copy = { source_bucket: "media", target_bucket: "media", source_path: "x/", target_path: "y" };
    expect((await send(emulator, "POST", "/files/copy", copy)).status).toBe(200);
    expect((await send(emulator, "POST", "/files/move", { ...move, target_path: "" })).status).toBe(422);
    expect((await send(emulator, "PATCH", "/files/f_marker", { name: "m" })).body).toMatchObject({ path: "x/m" });
    expect((await send(emulator, "DELETE", "/files/f_c")).status).toBe(204);
    expect((await emulator.state()).files.map(({ path }) => path)).toEqual(["x/b", "x/m", "y/"]);
    for (const path of ["a//b", "other/", "./x", "/x", ""]) {
      const refused = await send(emulator, "POST", "/", uploadForm({ bucket: "media", path }));
      expect([path, refused.status]).toEqual([path, 422]);
    }
    await emulator.close();
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
