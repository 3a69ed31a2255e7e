import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Example } from "../support/example";
import { ROOT } from "../support/projects";

let example: Example;
beforeAll(async () => {
  example = await Example.start("adopt-existing");
});
afterAll(() => example.close());

const BIN = join(ROOT, "bin", "pulumi-mediasaur.js");

test("adopt-existing is what import writes, takes the files over without a write, and holds them from then on", async () => {
  const { emulator, folder } = example;
  const program = readFileSync(join(folder, "index.ts"), "utf8");
  const imported = await example.run(process.execPath, [BIN, "import", "media"]);
  expect(imported).toEqual({ code: 0, text: program });

  await example.init();
  await emulator.forget();
  expect((await example.up()).text).toContain("+ 6 created");
  expect(await emulator.writes()).toEqual([]);

  const { id } = await emulator.file("internal/prices.csv");
  await emulator.edit({ op: "visibility", id, visibility: "PUBLIC" });
  expect((await example.pulumi("refresh", "--yes", "--skip-preview", "--stack", "test")).text).toContain("~ 1 updated");
  expect((await example.up()).text).toContain("~ 1 updated");
  expect((await emulator.file("internal/prices.csv")).visibility).toBe("PRIVATE");
});
