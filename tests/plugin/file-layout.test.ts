import { figure } from "../support/figures";
import { TestEmulator } from "../support/emulator";
import { Plugin, type ProviderError, type Props } from "../support/plugin";
import { linkedFolder, providerText, removeFolder } from "../support/projects";

let emulator: TestEmulator;
let folder: string;
let layouts: string;
let files: string;
let plugin: Plugin;

beforeAll(async () => {
  emulator = await TestEmulator.start();
  folder = linkedFolder();
  layouts = providerText(folder, "file-layout");
  files = providerText(folder, "managed-file");
});

afterAll(async () => {
  await emulator.close();
  removeFolder(folder);
});

beforeEach(async () => {
  await emulator.seed({ "site/a.jpg": "PUBLIC", "site/b.jpg": "PUBLIC", "in/c.jpg": "PRIVATE" });
  await newRun();
});

afterEach(() => plugin.kill());

async function newRun(): Promise<void> {
  await (plugin as Plugin | undefined)?.kill();
  plugin = await Plugin.start(folder);
  await plugin.configure(emulator.config);
}

const layout = (declared: Props, more: Props = {}, name = "site"): Props => ({
  bucket: "media",
  declared,
  ...more,
  __declaration: name,
  __provider: layouts,
});
const managed = (name: string, args: Props): Props => ({
  bucket: "media",
  ...args,
  __declaration: name,
  __provider: files,
});

async function create(news: Props): Promise<{ id: string; outs: Props }> {
  const { failures } = await plugin.check({}, news);
  expect(failures).toEqual([]);
  return plugin.create(news);
}

test("an existing tree of 1,000 files is adopted with pages of listing and no write, and is unchanged after that", async () => {
  const paths = Array.from({ length: 1000 }, (_, n) => `tree/${String(n % 25)}/${String(n)}.jpg`);
  await emulator.seed(Object.fromEntries(paths.map((path) => [path, "PUBLIC"])));
  const news = layout(Object.fromEntries(paths.map((path, n) => [`k${String(n)}`, { path, visibility: "PUBLIC" }])));
  const { id, outs } = await create(news);
  const requests = (await emulator.requests()).map(({ operation }) => operation);
  expect(await emulator.writes()).toEqual([]);
  // The bucket, and ten pages each for the check and for the creation.
  expect(requests.length).toBeLessThanOrEqual(22);
  expect(new Set(requests)).toEqual(new Set(["getBucket", "listFiles"]));
  await newRun();
  await emulator.forget();
  expect((await plugin.check(news, news)).failures).toEqual([]);
  expect(await plugin.diff(id, outs, news)).toEqual({ changes: false, replaces: [] });
  expect(await emulator.requests()).toEqual([]);
  const governed = { ...news, rules: [{ match: "tree/**", visibility: "PUBLIC" }] };
  const updated = await plugin.update(id, outs, governed);
  await newRun();
  await emulator.forget();
  expect(await plugin.diff(id, updated, governed)).toEqual({ changes: false, replaces: [] });
  const looks = (await emulator.requests()).length;
  expect(looks).toBeLessThanOrEqual(11);
  await newRun();
  await emulator.forget();
  const read = await plugin.read(id, updated);
  expect(read.props["files"]).toEqual(updated["files"]);
  const reads = (await emulator.requests()).length;
  expect(reads).toBeLessThanOrEqual(12);
  figure(
    "layout",
    `1,000 files adopted by ${String(requests.length)} requests and 0 writes; an unchanged up takes 0, with rules ${String(looks)}; refresh ${String(reads)}`,
  );
});

test("a layout and a ManagedFile that declare one file, or one path, are refused in the preview, whichever comes first", async () => {
  const { id } = await emulator.file("site/a.jpg");
  expect((await plugin.check({}, layout({ a: { path: "site/a.jpg" } }))).failures).toEqual([]);
  expect((await plugin.check({}, managed("hero", { path: "site/a.jpg" }))).failures).toEqual([
    { property: "path", reason: '"site/a.jpg" in bucket "media" is declared twice: by "site.files.a" as well' },
  ]);
  const other = await plugin.check({}, managed("hero", { path: "site/n.jpg", source: { adopt: { id } } }));
  expect(other.failures[0]?.reason).toContain('is declared twice: by "site.files.a" as well');
  await newRun();
  expect((await plugin.check({}, managed("hero", { path: "site/a.jpg" }))).failures).toEqual([]);
  const { failures } = await plugin.check({}, layout({ a: { path: "site/n.jpg", source: { adopt: { id } } } }));
  expect(failures).toEqual([
    { property: "files.a.source", reason: `file ${id} ("site/a.jpg") is declared twice: by "hero" as well` },
  ]);
});

test("a replacement asks twice about one layout, and that is not twice declared", async () => {
  const news = layout({ a: { path: "site/a.jpg" } });
  expect((await plugin.check(news, news)).failures).toEqual([]);
  expect((await plugin.check({}, news)).failures).toEqual([]);
});

test("a layout takes the place that a ManagedFile of the same run leaves", async () => {
  const hero = managed("hero", { path: "site/a.jpg" });
  const { id, outs } = await create(hero);
  const moved = managed("hero", { path: "site/z.jpg" });
  await newRun();
  const news = layout({ c: { path: "site/a.jpg", source: { adopt: { path: "in/c.jpg" } } } });
  expect((await plugin.check({}, news)).failures).toEqual([]);
  const creating = plugin.create(news);
  expect((await plugin.check(hero, moved)).failures).toEqual([]);
  expect((await plugin.diff(id, outs, moved)).changes).toBe(true);
  await Promise.all([creating, plugin.update(id, outs, moved)]);
  expect(Object.keys(await emulator.layout())).toEqual(["site/a.jpg", "site/b.jpg", "site/z.jpg"]);
  expect((await emulator.file("site/z.jpg")).id).toBe(id);
});

test("a ManagedFile takes the place that a layout of the same run leaves", async () => {
  const before = layout({ a: { path: "site/a.jpg" }, b: { path: "site/b.jpg" } });
  const { id, outs } = await create(before);
  await newRun();
  const after = layout({ a: { path: "site/a2.jpg" }, b: { path: "site/b.jpg" } });
  const hero = managed("hero", { path: "site/a.jpg", source: { adopt: { path: "in/c.jpg" } } });
  expect((await plugin.check({}, hero)).failures).toEqual([]);
  const creating = plugin.create(hero);
  expect((await plugin.check(before, after)).failures).toEqual([]);
  expect((await plugin.diff(id, outs, after)).changes).toBe(true);
  await Promise.all([creating, plugin.update(id, outs, after)]);
  expect(Object.keys(await emulator.layout())).toEqual(["site/a.jpg", "site/a2.jpg", "site/b.jpg"]);
});

test("what a program sets to null it leaves out", async () => {
  const none = { prefix: null, rules: null, unmanaged: null, maxDeletes: null, deletionPolicy: null };
  const plain = layout({ a: { path: "site/a.jpg" } });
  const news = layout({ a: { path: "site/a.jpg", visibility: null, source: { adopt: null } } }, none);
  expect(await plugin.check({}, layout({ a: { path: "site/a.jpg", visibility: null, source: null } }, none))).toEqual({
    inputs: plain,
    failures: [],
  });
  const { failures } = await plugin.check({}, news);
  expect(failures.map(({ property }) => property)).toEqual(["files.a.source"]);
  const { id, outs } = await plugin.create(plain);
  expect(await plugin.diff(id, outs, plain)).toEqual({ changes: false, replaces: [] });
  expect(Object.keys(outs).filter((key) => key in none)).toEqual([]);
});

test("a half-done update keeps what was reached, with the provider, and the next one goes on from there", async () => {
  const before = layout({ a: { path: "site/a.jpg" }, b: { path: "site/b.jpg" } });
  const { id, outs } = await create(before);
  const after = layout({ a: { path: "x/a.jpg", visibility: "PRIVATE" }, b: { path: "y/b2.jpg" } });
  await emulator.faults([{ op: "moveFiles", kind: "status", args: { status: 403 } }]);
  const error = await plugin.update(id, outs, after).then(
    () => undefined,
    (failure: unknown) => failure as ProviderError,
  );
  await emulator.faults([]);
  expect(error?.partial?.id).toBe(id);
  expect(error?.partial?.properties["__provider"]).toBe(layouts);
  expect(error?.partial?.reasons.join()).toContain('the next "pulumi up" goes on from there.');
  const reached = error!.partial!.properties;
  await newRun();
  expect((await plugin.diff(id, reached, after)).changes).toBe(true);
  await plugin.update(id, reached, after);
  expect(await emulator.layout()).toEqual({ "in/c.jpg": "PRIVATE", "x/a.jpg": "PRIVATE", "y/b2.jpg": "PUBLIC" });
});

test("what is deleted needs the service; what stays needs not even a key", async () => {
  const { id, outs } = await create(layout({ a: { path: "site/a.jpg" } }));
  await plugin.kill();
  plugin = await Plugin.start(folder);
  await plugin.configure({});
  await plugin.delete(id, outs);
  await expect(plugin.delete(id, { ...outs, deletionPolicy: "DELETE" })).rejects.toThrow("mediasaur:apiKey");
});
