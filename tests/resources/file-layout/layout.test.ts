import { TestEmulator } from "../../support/emulator";
import { LayoutStack, textAsset } from "./support";

let emulator: TestEmulator;
let stack: LayoutStack;

beforeAll(async () => {
  emulator = await TestEmulator.start();
});

afterAll(() => emulator.close());

beforeEach(async () => {
  await emulator.seed({
    "site/a.jpg": "PUBLIC",
    "site/b.jpg": "PUBLIC",
    "site/drafts/c.md": "PRIVATE",
    "in/d.jpg": "PRIVATE",
    "other/e.jpg": "PUBLIC",
  });
  stack = new LayoutStack(emulator);
});

const a = { path: "site/a.jpg" };
const b = { path: "site/b.jpg" };
const d = { path: "site/d.jpg", source: { adopt: { path: "in/d.jpg" } } };

test("files that are where they are declared are taken over without a write", async () => {
  await stack.up({ files: { a, b } });
  expect(await emulator.writes()).toEqual([]);
  const { id, url, size } = await emulator.file("site/a.jpg");
  expect(stack.state?.files["a"]).toEqual({
    id,
    path: "site/a.jpg",
    visibility: "PUBLIC",
    url,
    size,
    contentType: "image/jpeg",
    origin: "adopted",
  });
  expect(stack.state?.summary).toBe("2 files: 2 PUBLIC");
});

test("an unchanged layout that governs nothing makes no request", async () => {
  await stack.up({ files: { a, b } });
  await emulator.forget();
  expect(await stack.up({ files: { a, b } })).toBe(false);
  expect(await emulator.requests()).toEqual([]);
});

test("files are adopted, moved, renamed, published and hidden in place", async () => {
  await stack.up({ files: { a, b, d } });
  expect(await emulator.writes()).toEqual(["moveFiles"]);
  const before = await emulator.files("media");
  await stack.up({
    files: {
      a: { path: "site/img/front.jpg", visibility: "PRIVATE" },
      b: { path: "site/img/b.jpg" },
      d: { ...d, visibility: "PUBLIC" },
    },
  });
  const idOf = (path: string): string | undefined => before.find((file) => file.path === path)?.id;
  expect(await emulator.file("site/img/front.jpg")).toMatchObject({ id: idOf("site/a.jpg"), visibility: "PRIVATE" });
  expect(await emulator.file("site/img/b.jpg")).toMatchObject({ id: idOf("site/b.jpg"), visibility: "PUBLIC" });
  expect(await emulator.file("site/d.jpg")).toMatchObject({ visibility: "PUBLIC" });
  expect(stack.paths()).toEqual({ a: "site/img/front.jpg", b: "site/img/b.jpg", d: "site/d.jpg" });
  expect(stack.state?.files["a"]).not.toHaveProperty("url");
  expect(
    await stack.up({
      files: {
        a: { path: "site/img/front.jpg", visibility: "PRIVATE" },
        b: { path: "site/img/b.jpg" },
        d: { ...d, visibility: "PUBLIC" },
      },
    }),
  ).toBe(false);
});

test("two folders of 100 files trade places in 3 writes", async () => {
  const files: Record<string, string> = {};
  for (let n = 0; n < 100; n += 1) {
    files[`x/${String(n)}.jpg`] = "PUBLIC";
    files[`y/${String(n)}.jpg`] = "PUBLIC";
  }
  await emulator.seed(files);
  const layout = (x: string, y: string) => ({
    files: Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [
        [`x${String(n)}`, { path: `${x}/${String(n)}.jpg` }],
        [`y${String(n)}`, { path: `${y}/${String(n)}.jpg` }],
      ]).flat(),
    ),
  });
  await stack.up(layout("x", "y"));
  const before = new Map((await emulator.files("media")).map(({ path, id }) => [path, id]));
  await stack.up(layout("y", "x"));
  expect(await emulator.writes()).toEqual(["moveFiles", "moveFiles", "moveFiles"]);
  expect((await emulator.file("y/7.jpg")).id).toBe(before.get("x/7.jpg"));
  expect((await emulator.file("x/99.jpg")).id).toBe(before.get("y/99.jpg"));
});

test("copies and uploads come to their places, and another content takes the place of the old one", async () => {
  const files = (text: string) => ({
    copy: { path: "site/copy.jpg", source: { copy: { path: "site/a.jpg" } } },
    text: { path: "site/text.txt", visibility: "PRIVATE", source: { upload: textAsset(text) } },
  });
  await stack.up({ files: files("one") });
  const one = await emulator.file("site/text.txt");
  expect(one).toMatchObject({ size: 3, visibility: "PRIVATE" });
  expect(await emulator.file("site/copy.jpg")).toMatchObject({ visibility: "PUBLIC" });
  expect(stack.state?.files).toMatchObject({ copy: { origin: "copied" }, text: { origin: "uploaded" } });
  expect(await stack.up({ files: files("one") })).toBe(false);
  await stack.up({ files: files("another") });
  const other = await emulator.file("site/text.txt");
  expect(other).toMatchObject({ size: 7, visibility: "PRIVATE" });
  expect(other.id).not.toBe(one.id);
  expect((await emulator.files("media")).map(({ path }) => path)).not.toContain(".mediasaur-tmp");
  expect(await emulator.files("media")).toHaveLength(7);
  expect(await stack.up({ files: files("another") })).toBe(false);
  await stack.destroy();
  expect(await emulator.files("media")).toHaveLength(5);
});

test("a key that leaves is kept where the file was there before, and deleted where the program made it", async () => {
  const text = { path: "site/text.txt", source: { upload: textAsset("one") } };
  await stack.up({ files: { a, text } });
  await stack.up({ files: { b } });
  expect(Object.keys(await emulator.layout())).toContain("site/a.jpg");
  expect(Object.keys(await emulator.layout())).not.toContain("site/text.txt");
  expect(stack.paths()).toEqual({ b: "site/b.jpg" });
});

test("another key with the same path and source changes state only", async () => {
  const text = { path: "site/text.txt", source: { upload: textAsset("one") } };
  await stack.up({ files: { a, d, text } });
  await emulator.forget();
  expect(await stack.up({ files: { a2: a, d2: d, text2: text } })).toBe(true);
  expect(await emulator.writes()).toEqual([]);
  expect(stack.paths()).toEqual({ a2: "site/a.jpg", d2: "site/d.jpg", text2: "site/text.txt" });
  expect(stack.state?.files["text2"]).toMatchObject({ origin: "uploaded" });
});

describe("rules", () => {
  const rules = [
    { match: "site/drafts/**", visibility: "PRIVATE" },
    { match: "site/**", visibility: "PUBLIC" },
  ];
  const layout = { files: { a, d }, prefix: "site/", rules };

  test("hold for declared files without a visibility of their own, and for undeclared ones, the first match first", async () => {
    await emulator.edit({ op: "visibility", bucket: "media", path: "site/b.jpg", visibility: "PRIVATE" });
    await stack.up(layout);
    expect(await emulator.layout()).toMatchObject({
      "site/a.jpg": "PUBLIC",
      "site/b.jpg": "PUBLIC",
      "site/d.jpg": "PUBLIC",
      "site/drafts/c.md": "PRIVATE",
      "other/e.jpg": "PUBLIC",
    });
    await emulator.forget();
    expect(await stack.up(layout)).toBe(false);
    expect(await emulator.writes()).toEqual([]);
  });
});
