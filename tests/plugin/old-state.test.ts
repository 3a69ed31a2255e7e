import { linkedFolder, removeFolder } from "../support/projects";
import { Plugin, type Props } from "../support/plugin";
import { TestEmulator } from "../support/emulator";
import recorded from "./state-0.1.0.json";

// State as version 0.1.0 wrote it. It is never regenerated: a user's stack may hold it for years.

let emulator: TestEmulator;
let folder: string;
let plugin: Plugin;

beforeAll(async () => {
  emulator = await TestEmulator.start();
  folder = linkedFolder();
});

afterAll(async () => {
  await emulator.close();
  removeFolder(folder);
});

beforeEach(async () => {
  await emulator.seed({ "site/hero.txt": { id: "f_recorded", visibility: "PUBLIC" } });
  plugin = await Plugin.start(folder);
  await plugin.configure(emulator.config);
});

afterEach(async () => {
  await plugin.kill();
});

const { id, inputs, outputs } = recorded as { id: string; inputs: Props; outputs: Props };

describe("state that an earlier version wrote", () => {
  test("shows no change where the program is the same", async () => {
    expect(await plugin.diff(id, outputs, inputs)).toEqual({ changes: false, replaces: [] });
  });

  test("is refreshed", async () => {
    await emulator.edit({ op: "move", id, to: "site/other.txt" });
    const found = await plugin.read(id, outputs);
    expect(found.props).toMatchObject({ path: "site/other.txt", fileId: id, __provider: outputs.__provider });
    expect(found.inputs).toEqual({ ...inputs, path: "site/other.txt" });
  });

  test("is updated", async () => {
    const after = await plugin.update(id, outputs, { ...inputs, path: "site/front.txt", visibility: "PRIVATE" });
    expect(after).toMatchObject({ path: "site/front.txt", visibility: "PRIVATE" });
    expect(await emulator.layout()).toEqual({ "site/front.txt": "PRIVATE" });
  });

  test("is destroyed", async () => {
    await plugin.delete(id, outputs);
    expect(await emulator.layout()).toEqual({});
  });
});
