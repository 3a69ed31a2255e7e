import { TestEmulator } from "../support/emulator";
import { linkedFolder } from "../support/projects";
import { PLUGINS, Project } from "./support";

// Programs for Node with pulumi-mediasaur/native: the classes of the main entry, by the resource plugin.

let emulator: TestEmulator;
let project: Project;

beforeAll(async () => {
  emulator = await TestEmulator.start();
  project = await Project.create(emulator, `name: node\nruntime: nodejs\nmain: index.js\n${PLUGINS}`, linkedFolder());
});

afterAll(async () => {
  project.remove();
  await emulator.close();
});

const program = (entry: string, resources: string): void => {
  project.write(
    "index.js",
    `"use strict";\nconst pulumi = require("@pulumi/pulumi");\nconst mediasaur = require("${entry}");\n${resources}`,
  );
};

const RESOURCES = `
new mediasaur.Bucket("media", { name: "media" });
const hero = new mediasaur.ManagedFile("hero", { bucket: "media", path: "site/hero.jpg", visibility: "PUBLIC" });
new mediasaur.ManagedFile("text", { bucket: "media", path: "site/a.txt", source: { upload: new pulumi.asset.StringAsset("a") } });
const site = new mediasaur.FileLayout("site", { bucket: "media", prefix: "img/", files: { one: { path: "img/1.png" }, two: { path: "img/2.png", visibility: "PRIVATE" } } });
exports.url = hero.url;
exports.one = site.files.apply((files) => files.one?.path);
`;

test("a stack goes over from the dynamic resources by another import: state only, no request that writes; and back", async () => {
  await emulator.seed({ "site/hero.jpg": "PUBLIC", "img/1.png": "PUBLIC", "img/2.png": "PRIVATE" });
  program("pulumi-mediasaur", RESOURCES);
  await project.up();
  const ids = Object.fromEntries((await emulator.files()).map(({ path, id }) => [path, id]));

  await emulator.forget();
  program("pulumi-mediasaur/native", RESOURCES);
  const preview = await project.succeed("preview");
  expect(preview).not.toMatch(/to (create|delete|replace)/);
  const text = await project.up();
  expect(text).not.toMatch(/\d (created|deleted|replaced)/);
  expect(await emulator.writes()).toEqual([]);
  expect(project.state()).toContain("::mediasaur:index:ManagedFile::hero");

  // From then on it is a native resource: moved in place, refreshed.
  program(
    "pulumi-mediasaur/native",
    RESOURCES.replace("site/hero.jpg", "site/top.jpg").replace("img/1.png", "img/first.png"),
  );
  await project.up();
  expect((await emulator.file("site/top.jpg")).id).toBe(ids["site/hero.jpg"]);
  expect(await project.outputs()).toMatchObject({ one: "img/first.png" });
  await project.succeed("refresh", "--yes", "--skip-preview", "--expect-no-changes");

  // The way back, by the reverse alias, is an update of state alone, after which refresh and destroy work.
  const back = RESOURCES.replace("site/hero.jpg", "site/top.jpg")
    .replace("img/1.png", "img/first.png")
    .replace(
      /(new mediasaur\.(ManagedFile|FileLayout)\(.*\})\)/g,
      '$1, { aliases: [{ type: "mediasaur:index:$2" }] })',
    );
  await emulator.forget();
  program("pulumi-mediasaur", back);
  await project.up();
  expect(await emulator.writes()).toEqual([]);
  await project.succeed("refresh", "--yes", "--skip-preview");
  await project.succeed("destroy", "--yes", "--skip-preview");
  expect(Object.keys(await emulator.layout()).sort()).toEqual(["img/2.png", "img/first.png", "site/top.jpg"]);
});

test("functions, getters and a provider of one's own work as in the main entry", async () => {
  await emulator.seed({ "a/x.txt": "PRIVATE", "a/y.txt": "PUBLIC" });
  const { baseUrl, uploadUrl, apiKey } = emulator.handle;
  program(
    "pulumi-mediasaur/native",
    `
module.exports = async () => {
  const own = new mediasaur.Provider("own", ${JSON.stringify({ apiKey, baseUrl, uploadUrl })});
  const files = await mediasaur.getFiles({ bucket: "media", match: "a/*" });
  const buckets = await mediasaur.getBuckets();
  const x = mediasaur.getFileOutput({ bucket: "media", path: "a/x.txt" }, { provider: own });
  const y = mediasaur.ManagedFile.get("y", "media/a/y.txt", { provider: own });
  return { files: files.map(({ path }) => path), buckets: buckets.map(({ name }) => name), size: x.size, y: y.path };
};`,
  );
  await project.up();
  expect(await project.outputs()).toEqual({
    files: ["a/x.txt", "a/y.txt"],
    buckets: ["media"],
    size: expect.any(Number) as number,
    y: "a/y.txt",
  });
  expect(project.state()).not.toContain(apiKey);
  await project.succeed("destroy", "--yes", "--skip-preview");
  expect(await emulator.layout()).toEqual({ "a/x.txt": "PRIVATE", "a/y.txt": "PUBLIC" });
});
