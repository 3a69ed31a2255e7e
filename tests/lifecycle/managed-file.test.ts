import { Suite } from "./support";

const suite = Suite.declare({ "in/hero.jpg": "PRIVATE", "in/logo.svg": "PUBLIC", "docs/plan.txt": "PUBLIC" });

const hero = (args: string, options = "{}"): string =>
  `new mediasaur.ManagedFile("hero", { bucket: "media", ${args} }, ${options});\n`;

test("the life of a file: preview, up, move, rename, publish, drift, refresh, destroy", async () => {
  const { id } = await suite.emulator.file("in/hero.jpg");
  suite.stack.program(
    `const media = new mediasaur.Bucket("media", { name: "media" });
     const hero = new mediasaur.ManagedFile("hero", {
       bucket: media.name, path: "site/hero.jpg", visibility: "PRIVATE", source: { adopt: { path: "in/hero.jpg" } },
     });
     exports.count = media.fileCount; exports.id = hero.id; exports.fileId = hero.fileId; exports.url = hero.url; exports.path = hero.path;`,
  );

  // A preview reads, and writes nothing.
  const preview = await suite.stack.preview();
  expect(preview).toMatchObject({ ok: true, changes: { create: 2 } });
  expect(await suite.emulator.writes()).toEqual([]);

  // The first up adopts the file and moves it.
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  expect(await suite.emulator.writes()).toEqual(["moveFiles"]);
  expect(await suite.emulator.file("site/hero.jpg")).toMatchObject({ id, visibility: "PRIVATE" });
  expect(await suite.stack.outputs()).toEqual({ count: 3, id, fileId: id, path: "site/hero.jpg" });

  // Nothing to do.
  await suite.emulator.forget();
  expect((await suite.stack.up()).changes).toEqual({ same: 2 });
  expect(await suite.emulator.writes()).toEqual([]);

  // Renamed, moved and published: the same file, by moves and PATCHes, neither copied nor deleted.
  suite.stack.program(
    hero(`path: "site/images/front.jpg", visibility: "PUBLIC", source: { adopt: { path: "in/hero.jpg" } }`),
  );
  const change = await suite.stack.preview({ diff: true });
  expect(change.text).toMatch(/~ path\s*: "site\/hero\.jpg" => "site\/images\/front\.jpg"/);
  expect(change.text).toMatch(/~ visibility: "PRIVATE" => "PUBLIC"/);
  expect(await suite.emulator.writes()).toEqual([]);
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { update: 1 } });
  expect((await suite.emulator.writes()).sort()).toEqual(["moveFiles", "patchFile"]);
  expect(await suite.emulator.file("site/images/front.jpg")).toMatchObject({ id, visibility: "PUBLIC" });

  // Somebody hides it and moves it: refresh finds out, preview shows it by property, and up puts it back.
  await suite.emulator.edit({ op: "visibility", id, visibility: "PRIVATE" });
  await suite.emulator.edit({ op: "move", id, to: "lost/front.jpg" });
  expect(await suite.stack.refresh()).toMatchObject({ ok: true, changes: { update: 1 } });
  const drift = await suite.stack.preview({ diff: true });
  expect(drift.text).toMatch(/~ path\s*: "lost\/front\.jpg" => "site\/images\/front\.jpg"/);
  expect(drift.text).toMatch(/~ visibility: "PRIVATE" => "PUBLIC"/);
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { update: 1 } });
  expect(await suite.emulator.file("site/images/front.jpg")).toMatchObject({ id, visibility: "PUBLIC" });
  expect((await suite.stack.up()).changes).not.toHaveProperty("update");

  // Destroy leaves a file that was there before the program.
  await suite.emulator.forget();
  expect(await suite.stack.destroy()).toMatchObject({ ok: true });
  expect(await suite.emulator.writes()).toEqual([]);
  expect(await suite.stack.state()).toEqual([]);
});

test("drift that the program ignores stays", async () => {
  const { id } = await suite.emulator.file("docs/plan.txt");
  suite.stack.program(hero(`path: "docs/plan.txt", visibility: "PUBLIC"`, `{ ignoreChanges: ["visibility"] }`));
  await suite.stack.up();
  await suite.emulator.edit({ op: "visibility", id, visibility: "PRIVATE" });
  await suite.stack.refresh();
  expect((await suite.stack.preview()).changes).toEqual({ same: 2 });
  await suite.stack.up();
  expect((await suite.emulator.file("docs/plan.txt")).visibility).toBe("PRIVATE");
});

test("a file that was deleted outside leaves state at refresh, and the next preview says what is missing", async () => {
  const { id } = await suite.emulator.file("docs/plan.txt");
  suite.stack.program(hero(`path: "docs/plan.txt"`));
  await suite.stack.up();
  await suite.emulator.edit({ op: "delete", id });
  expect(await suite.stack.refresh()).toMatchObject({ ok: true, changes: { delete: 1 } });
  const preview = await suite.stack.preview();
  expect(preview.ok).toBe(false);
  expect(preview.text).toContain(`there is no file at "docs/plan.txt" in bucket "media"`);
});

test("destroy deletes a file whose deletion policy says so, with the key of the last up", async () => {
  suite.stack.program(hero(`path: "docs/plan.txt", deletionPolicy: "DELETE"`));
  await suite.stack.up();
  expect(await suite.stack.destroy()).toMatchObject({ ok: true });
  expect(await suite.emulator.layout()).toEqual({ "in/hero.jpg": "PRIVATE", "in/logo.svg": "PUBLIC" });
});

test("another bucket replaces the resource, and leaves the old file alone", async () => {
  await suite.emulator.seed({ "a.txt": "PUBLIC" }, { other: { files: [{ path: "a.txt", content: "of the other" }] } });
  suite.stack.program(`new mediasaur.ManagedFile("a", { bucket: "media", path: "a.txt" });`);
  await suite.stack.up();
  suite.stack.program(`exports.id = new mediasaur.ManagedFile("a", { bucket: "other", path: "a.txt" }).fileId;`);
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { replace: 1 } });
  expect((await suite.stack.outputs()).id).toBe((await suite.emulator.file("a.txt", "other")).id);
  expect(await suite.emulator.writes()).toEqual([]);
});

test("a resource that was renamed without an alias keeps its file, though its policy is DELETE", async () => {
  suite.stack.program(hero(`path: "docs/plan.txt", deletionPolicy: "DELETE"`));
  await suite.stack.up();
  suite.stack.program(
    `new mediasaur.ManagedFile("renamed", { bucket: "media", path: "docs/plan.txt", deletionPolicy: "DELETE" });`,
  );
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { create: 1, delete: 1 } });
  expect(await suite.emulator.layout()).toHaveProperty(["docs/plan.txt"]);
});

test("the key is nowhere in state or output, and the provider is the same text in every resource", async () => {
  suite.stack.program(
    hero(`path: "docs/plan.txt"`) +
      `new mediasaur.ManagedFile("logo", { bucket: "media", path: "in/logo.svg" });\nnew mediasaur.Bucket("media", { name: "media" });`,
  );
  const { text } = await suite.stack.up();
  const key = suite.emulator.handle.apiKey;
  expect(text).not.toContain(key);
  expect(suite.stack.stateText()).not.toContain(key);
  expect(suite.stack.stateText()).not.toContain("signature=");
  const providers = (await suite.stack.state())
    .filter(({ type }) => type.endsWith(":ManagedFile"))
    .flatMap(({ inputs, outputs }) => [inputs?.__provider, outputs?.__provider]);
  expect(providers).toHaveLength(4);
  expect(new Set(providers).size).toBe(1);
});
