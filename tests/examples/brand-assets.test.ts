import { Example } from "../support/example";

let example: Example;
beforeAll(async () => {
  example = await Example.start("brand-assets");
});
afterAll(() => example.close());

test("brand-assets copies across buckets once, leaves the originals, and takes its copies away again", async () => {
  const { emulator } = example;
  const originals = await emulator.files("brand");
  await example.init();
  expect((await example.up()).text).toContain("+ 4 created");
  expect(await emulator.layout("media")).toMatchObject({
    "site/brand/logo.svg": "PUBLIC",
    "site/brand/logo-print.svg": "PUBLIC",
    "site/brand/brand-sans.txt": "PUBLIC",
  });
  const copy = await emulator.file("site/brand/logo.svg");
  expect(copy.sha256).toBe((await emulator.file("logo/primary.svg", "brand")).sha256);
  expect((await emulator.writes()).filter((write) => write === "copyFiles")).toHaveLength(3);

  await emulator.forget();
  expect((await example.up()).text).toContain("4 unchanged");
  expect(await emulator.writes()).toEqual([]);

  expect((await example.pulumi("destroy", "--yes", "--skip-preview", "--stack", "test")).code).toBe(0);
  expect(Object.keys(await emulator.layout("media"))).toEqual(["site/index.html"]);
  const ids = (files: { id: string; path: string }[]): string[] => files.map(({ id, path }) => `${id} ${path}`);
  expect(ids(await emulator.files("brand"))).toEqual(ids(originals));
});
