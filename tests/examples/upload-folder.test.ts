import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Example } from "../support/example";

let example: Example;
beforeAll(async () => {
  example = await Example.start("upload-folder");
});
afterAll(() => example.close());

const uploads = async (): Promise<number> =>
  (await example.emulator.writes()).filter((write) => write === "upload").length;

test("upload-folder sends what is new or has changed, and deletes what is gone", async () => {
  const { emulator, folder } = example;
  await example.init();
  expect((await example.up()).text).toContain("+ 5 created");
  expect(await emulator.layout()).toEqual({
    "readme.txt": "PUBLIC",
    "site/index.html": "PUBLIC",
    "site/styles/main.css": "PUBLIC",
    "site/images/logo.svg": "PUBLIC",
    "site/internal/notes.txt": "PRIVATE",
  });
  expect(await uploads()).toBe(4);

  await emulator.forget();
  expect((await example.up()).text).toContain("5 unchanged");
  expect(await emulator.writes()).toEqual([]);

  writeFileSync(join(folder, "files", "styles", "main.css"), "body { color: black; }");
  writeFileSync(join(folder, "files", "new.txt"), "new");
  rmSync(join(folder, "files", "images"), { recursive: true });
  const { text } = await example.up();
  expect(text).toContain("+ 1 created");
  expect(text).toContain("~ 1 updated");
  expect(text).toContain("- 1 deleted");
  expect(await uploads()).toBe(2);
  expect((await emulator.file("site/styles/main.css")).size).toBe("body { color: black; }".length);
  expect(await emulator.layout()).not.toHaveProperty(["site/images/logo.svg"]);
});
