import { fileLayout, managedFile, textAsset, type Declaration } from "../support/declarations";
import { Engine } from "../support/engine";
import { Host } from "../support/host";

// Adoptions by path whose source another declaration of the same run takes the place of.

let host: Host;
let engine: Engine;

beforeAll(async () => {
  host = await Host.open();
});

beforeEach(async () => {
  await host.emulator.seed({ "a/1.txt": "PUBLIC", "b/2.txt": "PRIVATE", "4.txt": "PUBLIC", "b/4.txt": "PRIVATE" });
  engine = new Engine(host);
});

afterAll(() => host.close());

/** Two runs reach what is declared: each path of `wanted` has the content that was at first at another path. */
async function reaches(program: Declaration[], wanted: Record<string, string>): Promise<void> {
  await engine.up(program, { parallel: 1 });
  const { errors } = await engine.up(program, { refresh: true });
  expect(errors).toEqual([]);
  const files = await host.emulator.files("media");
  const contents = await Promise.all(
    files.map(async ({ path, signed_url }) => [path, await (await fetch(signed_url)).text()]),
  );
  expect(Object.fromEntries(contents)).toMatchObject(wanted);
  expect(files.filter(({ path }) => path.startsWith(".mediasaur-tmp"))).toEqual([]);
}

test("an upload and an adoption of the file that was at its path, the upload first", async () => {
  await reaches(
    [
      managedFile("up", { path: "b/2.txt", source: { upload: textAsset("new") } }),
      managedFile("kept", { path: "c/old.txt", source: { adopt: { path: "b/2.txt" } } }),
    ],
    { "b/2.txt": "new", "c/old.txt": "content of b/2.txt" },
  );
});

test("two files that trade places as they are adopted by path", async () => {
  await reaches(
    [
      managedFile("one", { path: "b/2.txt", source: { adopt: { path: "a/1.txt" } } }),
      managedFile("two", { path: "a/1.txt", source: { adopt: { path: "b/2.txt" } } }),
    ],
    { "a/1.txt": "content of b/2.txt", "b/2.txt": "content of a/1.txt" },
  );
});

test("a chain of adoptions by path, the one that needs room first", async () => {
  await reaches(
    [
      managedFile("m4", { path: "b/4.txt", source: { adopt: { path: "4.txt" } } }),
      managedFile("m0", { path: "c/4.txt", source: { adopt: { path: "b/4.txt" } } }),
    ],
    { "b/4.txt": "content of 4.txt", "c/4.txt": "content of b/4.txt" },
  );
});

test("a ManagedFile and a layout's key that trade places as they are adopted by path", async () => {
  await reaches(
    [
      managedFile("one", { path: "b/2.txt", source: { adopt: { path: "a/1.txt" } } }),
      fileLayout("site", { files: { two: { path: "a/1.txt", source: { adopt: { path: "b/2.txt" } } } } }),
    ],
    { "a/1.txt": "content of b/2.txt", "b/2.txt": "content of a/1.txt" },
  );
});

test("keys of two layouts of which one takes the place of what the other adopts", async () => {
  await reaches(
    [
      fileLayout("first", { files: { one: { path: "b/2.txt", source: { adopt: { path: "a/1.txt" } } } } }),
      fileLayout("second", { files: { two: { path: "c/2.txt", source: { adopt: { path: "b/2.txt" } } } } }),
    ],
    { "b/2.txt": "content of a/1.txt", "c/2.txt": "content of b/2.txt" },
  );
});
