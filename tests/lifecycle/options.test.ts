import { TestEmulator } from "../support/emulator";
import { Suite } from "./support";

// Pulumi's own options and features, as ManagedFiles take them.

const suite = Suite.declare(
  { "a.txt": "PUBLIC", "b.txt": "PUBLIC" },
  { brand: { files: [{ path: "logo.svg", content: "<svg/>" }] } },
);

const file = (name: string, args: string, options = "{}"): string =>
  `const ${name} = new mediasaur.ManagedFile("${name}", { bucket: "media", ${args} }, ${options});\n`;

test("protect keeps a file from being deleted with its declaration", async () => {
  suite.stack.program(file("a", `path: "a.txt", deletionPolicy: "DELETE"`, `{ protect: true }`));
  await suite.stack.up();
  expect((await suite.stack.destroy()).ok).toBe(false);
  expect(await suite.emulator.layout()).toHaveProperty(["a.txt"]);
});

test("retainOnDelete leaves a file though its policy is DELETE", async () => {
  suite.stack.program(file("a", `path: "a.txt", deletionPolicy: "DELETE"`, `{ retainOnDelete: true }`));
  await suite.stack.up();
  expect((await suite.stack.destroy()).ok).toBe(true);
  expect(await suite.emulator.layout()).toHaveProperty(["a.txt"]);
});

test("a forced replacement takes the same files over, and what it replaces takes none of them along", async () => {
  suite.stack.program(
    file("a", `path: "a.txt", deletionPolicy: "DELETE"`) +
      file("note", `path: "note.txt", source: { upload: new pulumi.asset.StringAsset("note") }`) +
      `new mediasaur.FileLayout("a", { bucket: "media", files: { b: { path: "b.txt" } }, deletionPolicy: "DELETE" });\n`,
  );
  await suite.stack.up();
  const before = await suite.emulator.layout();
  const replace = (await suite.stack.state()).map(({ urn }) => urn);
  expect(await suite.stack.up({ replace })).toMatchObject({ ok: true, changes: { replace: 3 } });
  expect(await suite.emulator.layout()).toEqual(before);
  expect((await suite.stack.up()).changes).toEqual({ same: 4 });
  expect(await suite.stack.destroy()).toMatchObject({ ok: true });
  expect(await suite.emulator.layout()).toEqual({ "note.txt": "PUBLIC" });
});

test("an alias renames a resource without a change", async () => {
  suite.stack.program(file("a", `path: "a.txt", visibility: "PUBLIC"`));
  await suite.stack.up();
  await suite.emulator.forget();
  suite.stack.program(file("renamed", `path: "a.txt", visibility: "PUBLIC"`, `{ aliases: [{ name: "a" }] }`));
  expect((await suite.stack.up()).changes).toEqual({ same: 2 });
  expect(await suite.emulator.writes()).toEqual([]);
});

test("dependsOn lets a file be copied from where another declaration brings it", async () => {
  suite.stack.program(
    file("a", `path: "site/a.txt", source: { adopt: { path: "a.txt" } }`) +
      file("c", `path: "site/c.txt", source: { copy: { path: "site/a.txt" } }`, `{ dependsOn: [a] }`),
  );
  expect(await suite.stack.preview()).toMatchObject({ ok: true, changes: { create: 3 } });
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  expect(Object.keys(await suite.emulator.layout())).toEqual(["b.txt", "site/a.txt", "site/c.txt"]);
});

test("outputs of other resources are taken for any input, unknown in preview as they are", async () => {
  suite.stack.program(
    file("a", `path: "site/a.txt", source: { adopt: { path: "a.txt" } }`) +
      `new mediasaur.ManagedFile("c", {
         bucket: a.bucket, path: pulumi.interpolate\`copies/\${a.fileId}.txt\`, visibility: a.visibility,
         source: { copy: { id: a.fileId } }, deletionPolicy: a.origin.apply(() => "RETAIN"),
       });`,
  );
  const { id } = await suite.emulator.file("a.txt");
  expect(await suite.stack.preview()).toMatchObject({ ok: true });
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  expect(Object.keys(await suite.emulator.layout())).toEqual(["b.txt", `copies/${id}.txt`, "site/a.txt"]);
});

test("a secret input stays secret in state", async () => {
  suite.stack.program(
    `new mediasaur.ManagedFile("a", { bucket: "media", path: pulumi.secret("hush/a.txt"), source: { adopt: { path: "a.txt" } } });`,
  );
  const { text } = await suite.stack.up();
  expect(await suite.emulator.layout()).toHaveProperty(["hush/a.txt"]);
  expect(text).not.toContain("hush/a.txt");
});

test("uploads: a changed content is an update, unchanged content is not sent again", async () => {
  const upload = (text: string): string =>
    file("u", `path: "site/u.txt", visibility: "PUBLIC", source: { upload: new pulumi.asset.StringAsset("${text}") }`) +
    "exports.url = u.url;";
  suite.stack.program(upload("one"));
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { create: 2 } });
  await suite.emulator.forget();
  expect((await suite.stack.up()).changes).toEqual({ same: 2 });
  expect(await suite.emulator.writes()).toEqual([]);
  suite.stack.program(upload("two"));
  expect((await suite.stack.preview({ diff: true })).text).toContain("~ source");
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { update: 1 } });
  const { url } = (await suite.stack.outputs()) as { url: string };
  expect(await (await fetch(url)).text()).toBe("two");
  expect(Object.keys(await suite.emulator.layout())).toEqual(["a.txt", "b.txt", "site/u.txt"]);
  expect(await suite.stack.refresh()).toMatchObject({ ok: true });
  expect((await suite.stack.up()).changes).toEqual({ same: 2 });
  expect(await suite.stack.destroy()).toMatchObject({ ok: true });
  expect(Object.keys(await suite.emulator.layout())).toEqual(["a.txt", "b.txt"]);
});

test.each([1, 16])("a swap and a cycle end right in one up, at --parallel %d", async (parallel) => {
  const all = parallel > 1;
  const paths = all ? ["x/1", "x/2", "y/3", "y/4", "y/5"] : ["x/1", "x/2"];
  const turned = all ? ["x/2", "x/1", "y/4", "y/5", "y/3"] : ["x/2", "x/1"];
  await suite.emulator.seed(Object.fromEntries(paths.map((path) => [path, "PUBLIC"])));
  const program = (at: string[]): string =>
    at.map((path, index) => file(`f${String(index)}`, `path: "${path}"`)).join("");
  suite.stack.program(program(paths));
  await suite.stack.up();
  const before = new Map((await suite.emulator.files("media")).map((one) => [one.path, one.id]));
  suite.stack.program(program(turned));
  const preview = await suite.stack.preview();
  expect(preview.text).not.toContain("warning");
  expect(await suite.stack.up({ parallel })).toMatchObject({ ok: true, changes: { update: paths.length } });
  const after = new Map((await suite.emulator.files("media")).map((one) => [one.path, one.id]));
  expect(turned.map((path) => after.get(path))).toEqual(paths.map((path) => before.get(path)));
  expect((await suite.stack.up()).changes).toEqual({ same: paths.length + 1 });
});

test("up --refresh heals what was changed outside", async () => {
  suite.stack.program(file("a", `path: "a.txt", visibility: "PUBLIC"`));
  await suite.stack.up();
  await suite.emulator.edit({ op: "visibility", bucket: "media", path: "a.txt", visibility: "PRIVATE" });
  expect(await suite.stack.up({ refresh: true })).toMatchObject({ ok: true });
  expect((await suite.emulator.file("a.txt")).visibility).toBe("PUBLIC");
});

test("a key that was rotated after the last up: destroy takes the environment's, and says how where there is none", async () => {
  const old = await TestEmulator.start({ apiKey: "sk_old_0123456789" });
  await old.seed({ "a.txt": "PUBLIC" });
  await suite.stack.stack.setAllConfig({ ...old.stackConfig });
  suite.stack.program(file("a", `path: "a.txt", deletionPolicy: "DELETE"`));
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  // The service does not take the key of the last up any more.
  await old.faults([
    {
      op: "*",
      kind: "status",
      phase: "before",
      match: { header: { authorization: "Bearer sk_old_0123456789" } },
      args: { status: 401 },
    },
  ]);
  const { ok, text } = await suite.stack.destroy();
  expect(ok).toBe(false);
  expect(text).toMatch(/401.*--run-program.*MEDIASAUR_API_KEY/s);
  expect(text).not.toContain("sk_old");
  await old.close();
});

test("lookups answer in preview, with the stack's secret key", async () => {
  suite.stack.program(
    `module.exports = (async () => {
       const files = await mediasaur.getFiles({ bucket: "media", match: "*.txt" });
       const one = mediasaur.getFileOutput({ bucket: "media", path: "b.txt" });
       return { paths: files.map((f) => f.path), size: one.size, buckets: (await mediasaur.getBuckets()).length };
     })();`,
  );
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  expect(await suite.stack.outputs()).toEqual({ paths: ["a.txt", "b.txt"], size: 16, buckets: 2 });
  expect(await suite.emulator.writes()).toEqual([]);
});
