import { figure } from "../support/figures";
import { Suite } from "./support";

const suite = Suite.declare({
  "in/hero.jpg": "PRIVATE",
  "site/a.jpg": "PUBLIC",
  "site/b.jpg": "PUBLIC",
  "site/drafts/post.md": "PRIVATE",
  "other/x.txt": "PRIVATE",
});

const RULES = `prefix: "site/", unmanaged: "REPORT", rules: [
  { match: "site/drafts/**", visibility: "PRIVATE" }, { match: "site/**", visibility: "PUBLIC" } ]`;

const site = (files: string, more = RULES): string =>
  `const site = new mediasaur.FileLayout("site", { bucket: "media", files: { ${files} }, ${more} });
   exports.summary = site.summary; exports.undeclared = site.unmanagedFiles; exports.files = site.files;\n`;

const HERO = `hero: { path: "site/hero.jpg", source: { adopt: { path: "in/hero.jpg" } } }`;

test("the life of a layout: preview, up, rearranged, drift without and with refresh, destroy", async () => {
  const { id } = await suite.emulator.file("in/hero.jpg");
  suite.stack.program(site(`${HERO}, a: { path: "site/a.jpg" }, b: { path: "site/b.jpg" }`));

  // A preview tells the plan, and writes nothing; what it does not know yet it does not show.
  const preview = await suite.stack.preview();
  expect(preview).toMatchObject({ ok: true, changes: { create: 2 } });
  expect(preview.text).toContain("site: 1 published, 1 moved, 2 taken over as they are; 2 requests");
  expect(preview.text).toContain("in/hero.jpg -> site/hero.jpg, becomes PUBLIC");
  expect(preview.text).toContain('warning: site: 1 undeclared: "site/drafts/post.md".');
  expect(preview.text).toMatch(/files\s*: \[unknown\]/);
  expect(await suite.emulator.writes()).toEqual([]);

  expect(await suite.stack.up()).toMatchObject({ ok: true });
  expect(await suite.emulator.writes()).toEqual(["moveFiles", "patchFile"]);
  const outputs = await suite.stack.outputs();
  const { url } = await suite.emulator.file("site/hero.jpg");
  expect(outputs["files"]).toMatchObject({ hero: { id, path: "site/hero.jpg", visibility: "PUBLIC", url } });
  expect(outputs["summary"]).toBe('3 files: 3 PUBLIC; 1 undeclared under "site/": 1 PRIVATE');
  expect(outputs["undeclared"]).toMatchObject([{ path: "site/drafts/post.md", visibility: "PRIVATE" }]);

  // Nothing to do: it looks, and writes nothing.
  await suite.emulator.forget();
  expect((await suite.stack.up()).changes).toEqual({ same: 2 });
  expect(await suite.emulator.writes()).toEqual([]);

  // Two files trade names, and one is hidden: by property, and in the words of the plan.
  suite.stack.program(site(`${HERO}, a: { path: "site/b.jpg" }, b: { path: "site/a.jpg", visibility: "PRIVATE" }`));
  const change = await suite.stack.preview({ diff: true });
  expect(change.text).toMatch(/~ path: "site\/a\.jpg" => "site\/b\.jpg"/);
  expect(change.text).toMatch(/\+ visibility: "PRIVATE"/);
  const up = await suite.stack.up();
  expect(up.text).toContain("site: 1 hidden, 2 renamed; 3 requests");
  expect(await suite.emulator.writes()).toHaveLength(3);
  expect(await suite.emulator.layout()).toMatchObject({ "site/a.jpg": "PRIVATE", "site/b.jpg": "PUBLIC" });

  // What was hidden by hand is found without a refresh, as the rules govern it.
  await suite.emulator.edit({ op: "visibility", bucket: "media", path: "site/hero.jpg", visibility: "PRIVATE" });
  expect((await suite.stack.preview()).text).toContain("site/hero.jpg becomes PUBLIC");
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { update: 1, same: 1 } });
  expect((await suite.emulator.file("site/hero.jpg")).visibility).toBe("PUBLIC");

  // A refresh records what was moved by hand; the preview shows it by property; the next up puts it back.
  await suite.emulator.edit({ op: "move", bucket: "media", path: "site/hero.jpg", to: "site/drafts/hero.jpg" });
  await suite.stack.refresh();
  expect((await suite.stack.outputs())["files"]).toBeDefined();
  expect((await suite.stack.preview({ diff: true })).text).toMatch(
    /~ path\s*: "site\/drafts\/hero\.jpg" => "site\/hero\.jpg"/,
  );
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  expect((await suite.emulator.file("site/hero.jpg")).id).toBe(id);
  expect((await suite.stack.up()).changes).toEqual({ same: 2 });

  // Files that were there before stay.
  await suite.emulator.forget();
  expect(await suite.stack.destroy()).toMatchObject({ ok: true });
  expect(await suite.emulator.writes()).toEqual([]);
  expect(await suite.emulator.files("media")).toHaveLength(5);
});

test("a bad layout fails the preview with one line for each mistake, and no stack", async () => {
  suite.stack.program(site(`a: { path: "/x" }, b: { path: "else/y" }, c: { path: "site/none.jpg" }`));
  const { ok, text } = await suite.stack.preview();
  expect(ok).toBe(false);
  expect(text).toContain('files.a.path: "/x" starts with a slash');
  expect(text).toContain(`"else/y" is outside of this layout's prefix, "site/"`);
  expect(text).not.toMatch(/\n\s+at /);
  suite.stack.program(site(HERO, `prefix: "site/", unmanaged: "FAIL"`));
  const failing = await suite.stack.preview();
  expect(failing.text).toContain('under "site/" in bucket "media" are 3 files that no declaration has');
  expect(failing.text).not.toMatch(/\n\s+at /);
});

test("a ManagedFile that becomes an entry of a layout stays, and files of other declarations are never undeclared", async () => {
  const copied = `{ path: "site/copy.jpg", source: { copy: { path: "site/a.jpg" } } }`;
  suite.stack.program(`new mediasaur.ManagedFile("copy", { bucket: "media", ...${copied} });\n`);
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  const { id } = await suite.emulator.file("site/copy.jpg");
  const all = `a: { path: "site/a.jpg" }, b: { path: "site/b.jpg" }, post: { path: "site/drafts/post.md" }`;
  const rules = `prefix: "site/", unmanaged: "DELETE"`;
  // The layout comes first in the program, and must not take what comes after it for undeclared.
  suite.stack.program(site(all, rules) + `new mediasaur.ManagedFile("copy", { bucket: "media", ...${copied} });\n`);
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { create: 1, same: 2 } });
  expect((await suite.emulator.file("site/copy.jpg")).id).toBe(id);
  suite.stack.program(site(`${all}, copy: { path: "site/copy.jpg" }`, rules));
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { delete: 1, update: 1, same: 1 } });
  expect((await suite.emulator.file("site/copy.jpg")).id).toBe(id);
  expect((await suite.stack.up()).changes).toEqual({ same: 2 });
});

test("state takes at most 900 bytes a file, and a thousand files take seconds", async () => {
  const thousand = Array.from({ length: 1000 }, (_, n) => `shop/products/photo-${String(n).padStart(4, "0")}.jpg`);
  await suite.emulator.seed(
    Object.fromEntries(thousand.map((path) => [path.replace("shop/", "incoming/"), "PRIVATE"])),
  );
  const program = (files: number): string =>
    `const files = {};
     for (let n = 0; n < ${String(files)}; n += 1) {
       const name = "photo-" + String(n).padStart(4, "0") + ".jpg";
       files["photo" + n] = { path: "shop/products/" + name, visibility: "PUBLIC",
         source: { adopt: { path: "incoming/products/" + name } } };
     }
     new mediasaur.FileLayout("shop", { bucket: "media", files });\n`;
  suite.stack.program(program(1));
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  const small = suite.stack.stateText().length;
  await suite.emulator.forget();
  suite.stack.program(program(1000));
  const start = Date.now();
  const { ok, text } = await suite.stack.up();
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  expect({ ok, text: ok ? "" : text }).toEqual({ ok: true, text: "" });
  const writes = await suite.emulator.writes();
  // Ten moves of a hundred files, and each file is published by a request of its own.
  expect(writes.filter((operation) => operation === "moveFiles")).toHaveLength(10);
  expect(writes).toHaveLength(1009);
  expect(text).toMatch(/shop: \d+ of 1009 requests done/);
  const bytes = Math.round((suite.stack.stateText().length - small) / 999);
  expect(bytes).toBeLessThanOrEqual(900);
  await suite.emulator.forget();
  expect((await suite.stack.up()).changes).toEqual({ same: 2 });
  expect(await suite.emulator.requests()).toEqual([]);
  figure("layout", `${String(bytes)} bytes of state a file, 1,000 files moved and published by one up in ${seconds} s`);
});
