import { Suite } from "./support";

const suite = Suite.declare({
  "site/a.txt": "PUBLIC",
  "site/b.txt": "PUBLIC",
  "other/x.txt": "PRIVATE",
});

const site = (files: string, more = ""): string =>
  `new mediasaur.FileLayout("site", { bucket: "media", prefix: "site/", files: { ${files} }, ${more} });\n`;

const AB = `a: { path: "site/a.txt" }, b: { path: "site/b.txt" }`;

test("a refresh says what it finds and judges nothing: an undeclared file where these forbid an update", async () => {
  suite.stack.program(site(AB, `unmanaged: "FAIL"`));
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  await suite.emulator.edit({ op: "put", bucket: "media", path: "site/new.txt", content: "new" });
  expect((await suite.stack.preview()).text).toContain("is a file that no declaration has");
  const refresh = await suite.stack.refresh();
  expect(refresh).toMatchObject({ ok: true });

  // The switch that the message advises, with a refresh before it.
  suite.stack.program(site(AB, `unmanaged: "REPORT"`));
  expect(await suite.stack.up({ refresh: true })).toMatchObject({ ok: true });
});

test("a refresh drops what was deleted outside, and tells no plan", async () => {
  suite.stack.program(site(AB, `rules: [{ match: "site/**", visibility: "PUBLIC" }]`));
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  await suite.emulator.edit({ op: "delete", bucket: "media", path: "site/a.txt" });
  await suite.emulator.edit({ op: "visibility", bucket: "media", path: "site/b.txt", visibility: "PRIVATE" });
  const { ok, text } = await suite.stack.refresh();
  expect({ ok, tells: text.includes("becomes") }).toEqual({ ok: true, tells: false });
  const [layout] = await suite.stack.state();
  expect(layout?.outputs).toMatchObject({ files: { b: { visibility: "PRIVATE" } }, summary: "1 file: 1 PRIVATE" });
  expect((await suite.stack.preview()).text).toContain("there is no file at");
});

test("after a refresh only what differs is shown, and no upload whose content is the same", async () => {
  const upload = `visibility: "PUBLIC", source: { upload: new pulumi.asset.StringAsset("hello") }`;
  suite.stack.program(
    site(`note: { path: "site/note.txt", ${upload} }`) +
      `new mediasaur.ManagedFile("memo", { bucket: "media", path: "site/memo.txt", ${upload} });\n`,
  );
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  for (const path of ["site/note.txt", "site/memo.txt"]) {
    await suite.emulator.edit({ op: "visibility", bucket: "media", path, visibility: "PRIVATE" });
  }
  expect(await suite.stack.refresh()).toMatchObject({ ok: true });
  const { text } = await suite.stack.preview({ diff: true });
  expect(text.match(/~ visibility\s*: "PRIVATE" => "PUBLIC"/g)).toHaveLength(2);
  expect(text).not.toMatch(/[~+-] (source|upload)/);
  await suite.emulator.forget();
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { update: 2 } });
  expect(await suite.emulator.writes()).toEqual(["patchFile", "patchFile"]);
  expect((await suite.stack.up()).changes).toEqual({ same: 3 });
});

test("a declaration that takes a file over under another name does so after a refresh as well", async () => {
  const declared = (name: string): string =>
    `new mediasaur.ManagedFile("${name}", { bucket: "media", path: "site/a.txt" });\n`;
  suite.stack.program(declared("before"));
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  suite.stack.program(declared("after"));
  expect(await suite.stack.up({ refresh: true })).toMatchObject({ ok: true, changes: { create: 1, delete: 1 } });
  expect((await suite.emulator.file("site/a.txt")).visibility).toBe("PUBLIC");
});

test("a ManagedFile of the same name as a layout is another declaration", async () => {
  suite.stack.program(
    `const layout = new mediasaur.FileLayout("site", { bucket: "media", prefix: "site/", unmanaged: "DELETE",
       files: { a: { path: "site/a.txt" } } });
     new mediasaur.ManagedFile("site", { bucket: "media", path: "site/b.txt" }, { dependsOn: [layout] });\n`,
  );
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { create: 4 } });
  expect(await suite.emulator.layout()).toMatchObject({ "site/a.txt": "PUBLIC", "site/b.txt": "PUBLIC" });
});
