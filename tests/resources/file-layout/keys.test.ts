import { TestEmulator } from "../../support/emulator";
import { LayoutStack, textAsset } from "./support";

let emulator: TestEmulator;

beforeAll(async () => {
  emulator = await TestEmulator.start();
});
afterAll(() => emulator.close());

const NAMES = ["constructor", "toString", "valueOf", "hasOwnProperty", "__MACOSX/a", "a.b[0]", "with space", "длинный"];

test("any key works, whatever it means elsewhere: a second up changes nothing, and a key that leaves takes its file along", async () => {
  await emulator.seed({});
  const stack = new LayoutStack(emulator);
  const files = Object.fromEntries(
    NAMES.map((name, index) => [name, { path: `site/${String(index)}.txt`, source: { upload: textAsset(name) } }]),
  );
  await stack.up({ files });
  expect(await stack.up({ files })).toBe(false);
  await stack.refresh();
  expect(await stack.up({ files })).toBe(false);
  await stack.up({ files: Object.fromEntries(Object.entries(files).slice(3)) });
  expect(Object.keys(await emulator.layout())).toEqual([3, 4, 5, 6, 7].map((index) => `site/${String(index)}.txt`));
});

test("a key that has a meaning of its own is refused before anything is done", async () => {
  const stack = new LayoutStack(emulator);
  for (const key of ["", "__proto__", "__provider"]) {
    const files = JSON.parse(`{ ${JSON.stringify(key)}: { "path": "site/x.txt" } }`) as Record<string, unknown>;
    await expect(stack.up({ files })).rejects.toThrow(/is a key that can't be used/);
  }
});
