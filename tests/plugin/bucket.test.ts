import { linkedFolder, providerText, removeFolder } from "../support/projects";
import { Plugin } from "../support/plugin";
import { TestEmulator } from "../support/emulator";

let emulator: TestEmulator;
let folder: string;
let plugin: Plugin;
let provider: string;

beforeAll(async () => {
  emulator = await TestEmulator.start();
  folder = linkedFolder();
  provider = providerText(folder, "bucket");
  await emulator.seed({ "a/x.txt": "PUBLIC", "a/y.txt": "PUBLIC" });
  plugin = await Plugin.start(folder);
  await plugin.configure(emulator.config);
});

afterAll(async () => {
  await plugin.kill();
  await emulator.close();
  removeFolder(folder);
});

describe("a Bucket", () => {
  test("is read as it is, with the API's own answer", async () => {
    const { id, props } = await plugin.read("media", { __provider: provider });
    expect(id).toBe("media");
    expect(props).toMatchObject({ name: "media", fileCount: 2, usedBytes: 36, plan: expect.any(String) as string });
    expect(props.details).toMatchObject({ name: "media", usage: { file_count: 2, storage_bytes: 36 } });
    expect(await emulator.writes()).toEqual([]);
  });

  test("that is missing fails in one line, which tells no stack", async () => {
    await expect(plugin.read("nope", { __provider: provider })).rejects.toThrow(
      `bucket "nope" is missing, or not visible to this API key`,
    );
    // The engine shows the error; what the process itself prints is shown as well.
    expect(plugin.stderr.join("")).toBe("pulumi-mediasaur: about not_found: docs/errors.md#not_found\n");
  });

  test("whose name must be encoded is asked for by that name", async () => {
    await expect(plugin.read("a b?c", { __provider: provider })).rejects.toThrow(`bucket "a b?c" is missing`);
    expect((await emulator.requests()).at(-1)?.path).toContain("a%20b%3Fc");
  });
});
