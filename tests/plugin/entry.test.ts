import { linkedFolder, packedFolder, providerText, removeFolder } from "../support/projects";
import { Plugin } from "../support/plugin";
import { TestEmulator } from "../support/emulator";
import { OneFile } from "./support";

// What Pulumi stores with every resource, and runs again at the next refresh, update and destroy: also long after the
// program that wrote it was built.

let emulator: TestEmulator;
const folders = { packed: "", linked: "" };

beforeAll(async () => {
  emulator = await TestEmulator.start();
  folders.packed = packedFolder();
  folders.linked = linkedFolder();
});

afterAll(async () => {
  await emulator.close();
  removeFolder(folders.packed);
  removeFolder(folders.linked);
});

beforeEach(async () => {
  await emulator.seed({ "a/x.txt": "PUBLIC" });
});

describe("the provider as state keeps it", () => {
  test.each(["managed-file", "bucket"])(
    "of the installed package is the name of %s, in at most 400 bytes",
    (subpath) => {
      const text = providerText(folders.packed, subpath);
      expect(text).toContain(`require("pulumi-mediasaur/provider/${subpath}")`);
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(400);
    },
  );

  test("of the installed package holds nothing of this build", () => {
    const text = providerText(folders.packed, "managed-file");
    // The whole of it is this, and any earlier or later build gives the same.
    expect(text.replace(/\s+/g, " ").trim()).toBe(
      `exports.handler = __f0; const provider = require("pulumi-mediasaur/provider/managed-file"); ` +
        `function __f0() { return (function() { with({ this: undefined, arguments: undefined }) { ` +
        `return () => provider; } }).apply(undefined, undefined).apply(this, arguments); }`,
    );
  });

  test("of a linked package holds no path, no dependency and no value of this machine", () => {
    const text = providerText(folders.linked, "managed-file");
    expect(text).toContain(`require("pulumi-mediasaur/provider/runtime")`);
    expect(text).not.toContain("axios");
    expect(text).not.toContain(process.cwd());
    expect(Buffer.byteLength(text)).toBeLessThan(4000);
  });

  test.each(["packed", "linked"] as const)(
    "works where the package is %s: create, refresh, update, delete",
    async (form) => {
      const folder = folders[form];
      let plugin = await Plugin.start(folder);
      try {
        await plugin.configure(emulator.config);
        const engine = OneFile.of(plugin, providerText(folder, "managed-file"));
        const held = await engine.create("x", { bucket: "media", path: "a/x.txt", deletionPolicy: "DELETE" });
        const found = await engine.refresh(held);
        const moved = await engine.update("x", found!, { bucket: "media", path: "b/y.txt", deletionPolicy: "DELETE" });
        expect(await emulator.layout()).toEqual({ "b/y.txt": "PUBLIC" });
        expect(moved.outs.__provider).toBe(providerText(folder, "managed-file"));
        await plugin.kill();
        // The process of another run: one that declares the file would not delete it.
        plugin = await Plugin.start(folder);
        await plugin.configure(emulator.config);
        await OneFile.of(plugin, providerText(folder, "managed-file")).delete(moved);
        expect(await emulator.layout()).toEqual({});
      } finally {
        await plugin.kill();
      }
    },
  );

  test("written where the package was installed runs where it is linked, and the other way round", async () => {
    for (const [from, to] of [
      [folders.packed, folders.linked],
      [folders.linked, folders.packed],
    ] as const) {
      const plugin = await Plugin.start(to);
      try {
        await plugin.configure(emulator.config);
        const engine = OneFile.of(plugin, providerText(from, "managed-file"));
        const held = await engine.create("x", { bucket: "media", path: "a/x.txt" });
        expect((await engine.refresh(held))?.outs.path).toBe("a/x.txt");
        await engine.delete(held);
      } finally {
        await plugin.kill();
      }
    }
  });
});

describe("the process", () => {
  test("serves calls that arrive while it is being configured", async () => {
    const plugin = await Plugin.start(folders.linked);
    try {
      await plugin.configure(emulator.config);
      const engine = OneFile.of(plugin, providerText(folders.linked, "managed-file"));
      // The first of them makes the process load and configure the provider; the others do not wait for it.
      const checks = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          engine.check(`f${String(index)}`, { bucket: "media", path: "a/x.txt" }),
        ),
      );
      const refused = checks.filter((failures) => failures.length > 0);
      expect(refused).toHaveLength(19);
      expect(new Set(refused.map(([failure]) => failure?.property))).toEqual(new Set(["path"]));
    } finally {
      await plugin.kill();
    }
  });

  test("works on many files at the same time", async () => {
    const paths = Array.from({ length: 40 }, (_, index) => `many/${String(index)}.txt`);
    await emulator.seed(Object.fromEntries(paths.map((path) => [path, "PUBLIC"])));
    const plugin = await Plugin.start(folders.linked);
    try {
      await plugin.configure(emulator.config);
      const engine = OneFile.of(plugin, providerText(folders.linked, "managed-file"));
      const held = await Promise.all(paths.map((path) => engine.create(path, { bucket: "media", path })));
      await Promise.all(
        held.map((one, index) =>
          engine.update(paths[index]!, one, {
            bucket: "media",
            path: `sorted/${String(index)}.bin`,
            visibility: "PRIVATE",
          }),
        ),
      );
      const layout = await emulator.layout();
      expect(Object.keys(layout).sort()).toEqual(paths.map((_, index) => `sorted/${String(index)}.bin`).sort());
      expect(new Set(Object.values(layout))).toEqual(new Set(["PRIVATE"]));
      const ids = new Map((await emulator.files()).map((file) => [file.path, file.id]));
      expect(held.map((one) => one.id)).toEqual(paths.map((_, index) => ids.get(`sorted/${String(index)}.bin`)));
    } finally {
      await plugin.kill();
    }
  });
});
