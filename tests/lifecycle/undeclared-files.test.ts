import { Suite } from "./support";

// Whose file is it? On the real engine, whatever the order, the time and the options of a program.

const suite = Suite.declare({
  "del/kept.txt": "PRIVATE",
  "del/late.txt": "PRIVATE",
  "del/from-output.txt": "PRIVATE",
  "del/m.txt": "PRIVATE",
  "del/stray.txt": "PRIVATE",
  "pub/m.txt": "PRIVATE",
  "pub/stray.txt": "PRIVATE",
});

const DELETING = `const del = new mediasaur.FileLayout("del", {
  bucket: "media", prefix: "del/", unmanaged: "DELETE", files: { kept: { path: "del/kept.txt" } } });`;
const PUBLISHING = `const pub = new mediasaur.FileLayout("pub", {
  bucket: "media", prefix: "pub/", files: {}, rules: [{ match: "pub/**", visibility: "PUBLIC" }] });`;
const file = (name: string, path: string, more = ""): string =>
  `new mediasaur.ManagedFile("${name}", { bucket: "media", path: "${path}"${more} });`;

const urns = async (...names: string[]): Promise<string[]> =>
  (await suite.stack.state()).map(({ urn }) => urn).filter((urn) => names.some((name) => urn.endsWith(`::${name}`)));

test("a file is its declaration's, however late and from whatever output it is declared; a stray goes", async () => {
  suite.stack.program(`module.exports = async () => {
    ${DELETING}
    ${PUBLISHING}
    del.files.apply((files) => new mediasaur.ManagedFile("output", { bucket: "media", path: files.kept.path.replace("kept", "from-output") }));
    void new Promise((resolve) => setTimeout(resolve, 700)).then(() => { ${file("pm", "pub/m.txt")} });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    ${file("late", "del/late.txt")}
    del.unmanagedFiles.apply(() => { ${file("m", "del/m.txt")} });
    return { undeclared: del.unmanagedFiles, summary: del.summary, published: pub.summary };
  };`);
  const up = await suite.stack.up({ parallel: 1 });
  expect({ ...up, text: up.ok ? "" : up.text }).toMatchObject({ ok: true, text: "" });
  expect(await suite.emulator.layout()).toEqual({
    "del/from-output.txt": "PRIVATE",
    "del/kept.txt": "PRIVATE",
    "del/late.txt": "PRIVATE",
    "del/m.txt": "PRIVATE",
    "pub/m.txt": "PRIVATE",
    "pub/stray.txt": "PUBLIC",
  });
  expect(await suite.stack.outputs()).toEqual({
    undeclared: [],
    summary: '1 file: 1 PRIVATE; 0 undeclared under "del/"',
    published: "0 files",
  });
  // Now that it is known, nothing is left to do, and nothing is said.
  await suite.emulator.forget();
  expect((await suite.stack.up()).changes).toEqual({ same: 9 });
  expect(await suite.emulator.writes()).toEqual([]);
});

test("a run that leaves out a declaration touches nothing undeclared, and says which it is", async () => {
  const more = file("dm", "del/m.txt") + file("pm", "pub/m.txt") + file("other", "del/late.txt");
  suite.stack.program(
    more +
      `new mediasaur.FileLayout("del", { bucket: "media", prefix: "del/", files: { kept: { path: "del/kept.txt" } } });`,
  );
  await suite.stack.up();
  const before = await suite.emulator.layout();
  await suite.emulator.forget();
  // Both files get another path; with only the layouts targeted they are where they were.
  suite.stack.program(
    DELETING + PUBLISHING + file("dm", "del/m2.txt") + file("pm", "pub/m2.txt") + file("other", "del/late.txt"),
  );
  const targeted = await suite.stack.up({ target: ["**::del", "**::pub"] });
  expect(targeted).toMatchObject({ ok: true });
  expect(targeted.text).toMatch(
    /warning: del: what seems undeclared under "del\/" .* is left alone in this run, as "dm" .*--target/,
  );
  expect(await suite.emulator.layout()).toEqual(before);
  const excluded = await suite.stack.up({ exclude: await urns("pm") });
  expect(excluded).toMatchObject({ ok: true });
  expect(excluded.text).toContain('as "pm" was left out');
  expect(await suite.emulator.layout()).toEqual({ ...before, "del/m.txt": undefined, "del/m2.txt": "PRIVATE" });

  // Everything is declared: now the strays are dealt with, and nothing else.
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  expect(await suite.emulator.layout()).toEqual({
    "del/kept.txt": "PRIVATE",
    "del/late.txt": "PRIVATE",
    "del/m2.txt": "PRIVATE",
    "pub/m2.txt": "PRIVATE",
    "pub/stray.txt": "PUBLIC",
  });
});

test("what leaves the program is undeclared from the next up on; a program that fails or never ends touches nothing", async () => {
  suite.stack.program(PUBLISHING + file("pm", "pub/m.txt"));
  await suite.stack.up();
  await suite.emulator.edit({ op: "visibility", bucket: "media", path: "pub/stray.txt", visibility: "PRIVATE" });
  const before = await suite.emulator.layout();

  suite.stack.program(PUBLISHING + `throw new pulumi.RunError("enough");`);
  expect((await suite.stack.up()).ok).toBe(false);
  suite.stack.program(
    `module.exports = async () => { ${PUBLISHING} ${file("pm", "pub/m.txt")} await new Promise(() => {}); };`,
  );
  const unfinished = await suite.stack.up();
  expect(unfinished.text).toContain("is left alone in this run, as the program did not finish");
  expect(await suite.emulator.layout()).toEqual(before);

  suite.stack.program(PUBLISHING);
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  expect(await suite.emulator.layout()).toEqual({ ...before, "pub/stray.txt": "PUBLIC" });
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  expect(await suite.emulator.layout()).toMatchObject({ "pub/m.txt": "PUBLIC" });

  // Neither the layout nor what looks after it takes a file along.
  await suite.emulator.forget();
  expect(await suite.stack.destroy()).toMatchObject({ ok: true });
  expect(await suite.emulator.writes()).toEqual([]);
});

test("a declaration that fails, or waits for one, keeps undeclared files as they are", async () => {
  suite.stack.program(
    DELETING +
      `const bad = new mediasaur.ManagedFile("bad", { bucket: "media", path: "del/stray.txt", source: { copy: { path: "del/none.txt" } } });
       new mediasaur.ManagedFile("waits", { bucket: "media", path: bad.path.apply((path) => path.replace("stray", "late")) });`,
  );
  const before = await suite.emulator.layout();
  const up = await suite.stack.up({ continueOnError: true });
  expect(up.ok).toBe(false);
  expect(await suite.emulator.layout()).toEqual(before);
});
