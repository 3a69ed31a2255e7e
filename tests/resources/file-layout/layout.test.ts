import { figure } from "../../support/figures";
import { TestEmulator } from "../../support/emulator";
import { createFileLayout, deleteFileLayout } from "../../../provider/resources";
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

test("paths that differ only in case are taken over where the store keeps them apart", async () => {
  await emulator.seed({ "README.md": "PUBLIC", "readme.md": "PUBLIC" });
  const files = { upper: { path: "README.md" }, lower: { path: "readme.md" } };
  expect(await stack.preview({ files })).toMatchObject({ changes: true });
  await stack.up({ files });
  expect(stack.paths()).toEqual({ upper: "README.md", lower: "readme.md" });
  expect(await emulator.writes()).toEqual([]);
  await stack.up({ files: { upper: files.lower, lower: files.upper } });
  expect(stack.paths()).toEqual({ upper: "readme.md", lower: "README.md" });
  await stack.up({ files: { upper: files.lower, lower: { ...files.upper, source: { upload: textAsset("new") } } } });
  expect((await emulator.file("README.md")).size).toBe(3);
});

test("after a refresh the summary of a layout that governs nothing is as the files are", async () => {
  await stack.up({ files: { a, b } });
  await emulator.edit({ op: "visibility", bucket: "media", path: "site/a.jpg", visibility: "PRIVATE" });
  await stack.refresh();
  expect(stack.state?.summary).toBe("2 files: 1 PUBLIC, 1 PRIVATE");
  await emulator.edit({ op: "delete", bucket: "media", path: "site/a.jpg" });
  await stack.refresh();
  expect(stack.state?.summary).toBe("1 file: 1 PUBLIC");
});

test("an undeclared file that has left the folder is not deleted, though a listing still shows it there", async () => {
  await stack.up({ files: { a }, prefix: "site/", unmanaged: "REPORT" });
  await emulator.dialect({ consistency: "list_lag:9" });
  await emulator.edit({ op: "move", bucket: "media", path: "site/b.jpg", to: "keep/b.jpg" });
  await stack.up({ files: { a }, prefix: "site/", unmanaged: "DELETE" });
  expect(Object.keys(await emulator.layout())).toEqual(["in/d.jpg", "keep/b.jpg", "other/e.jpg", "site/a.jpg"]);
});

test("a replacement of the layout that takes over the same files leaves them there", async () => {
  await stack.up({ files: { a, b }, deletionPolicy: "DELETE" });
  const before = stack.state!;
  const session = stack.newRun();
  await createFileLayout(session, stack.inputs as never);
  await deleteFileLayout(() => session, before);
  expect(Object.keys(await emulator.layout())).toContain("site/a.jpg");
  await deleteFileLayout(() => stack.newRun(), before);
  expect(Object.keys(await emulator.layout())).not.toContain("site/a.jpg");
});

describe("in a store that gives a file another id when it moves", () => {
  const note = (path: string, more = {}) => ({ files: { note: { path, ...more } } });

  beforeEach(() => emulator.dialect({ "move.id": "new" }));

  test("a move that was killed before state was written is found again, and told", async () => {
    await stack.up(note("site/a.jpg", { visibility: "PUBLIC" }));
    const before = stack.state!;
    await stack.up(note("new/a.jpg", { visibility: "PUBLIC" }));
    stack.state = before;
    await stack.up(note("new/a.jpg", { visibility: "PUBLIC" }));
    const { id } = await emulator.file("new/a.jpg");
    expect(stack.state.files["note"]).toMatchObject({ id, origin: "adopted" });
    await stack.session.warnings.flush();
    expect(stack.warned).toEqual([expect.stringContaining("they are taken over where they are")]);
  });

  test("a stranger's file at the place of an upload that is gone is not taken for it", async () => {
    const upload = { source: { upload: textAsset("hello") } };
    await stack.up(note("site/note.txt", upload));
    await emulator.edit({ op: "delete", bucket: "media", path: "site/note.txt" });
    await emulator.edit({ op: "put", bucket: "media", path: "site/memo.txt", content: "olleh", visibility: "PUBLIC" });
    await expect(stack.up(note("site/memo.txt", upload))).rejects.toThrow('"site/memo.txt" in bucket "media" is held');
  });
});

test("requests wait for whoever else moves their files", async () => {
  await stack.up({ files: { a, b } });
  const session = stack.newRun();
  const held = jest.spyOn(session.locks, "holdAll");
  await stack.upIn(session, { files: { a: { path: "new/a.jpg" }, b: { path: "new/b.jpg" } } });
  const ids = Object.values(stack.state?.files ?? {}).map(({ id }) => id);
  expect(held.mock.calls.map(([keys]) => [...keys].sort())).toEqual([ids.sort()]);
});

test("what is refused of a layout that exists says what is wrong", async () => {
  await stack.up({ files: { a } });
  const twice = { b, c: { path: "site/c.jpg", source: { adopt: { path: "site/b.jpg" } } } };
  await expect(stack.preview({ files: { a, ...twice } })).rejects.toThrow("declared_twice: files.c.source: ");
  const alike = { path: "site/A.jpg", source: { copy: { path: "site/a.jpg" } } };
  await expect(stack.preview({ files: { a, alike } })).rejects.toThrow("invalid_declaration: files.alike.path: ");
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
  figure("layout", "two folders of 100 files trade places in 3 writes");
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

  test("find what was changed by hand without a refresh, and the next up puts it right", async () => {
    await stack.up(layout);
    await emulator.edit({ op: "visibility", bucket: "media", path: "site/drafts/c.md", visibility: "PUBLIC" });
    await emulator.edit({ op: "visibility", bucket: "media", path: "site/a.jpg", visibility: "PRIVATE" });
    await emulator.edit({ op: "move", bucket: "media", path: "site/d.jpg", to: "site/e.jpg" });
    await emulator.forget();
    expect((await stack.preview(layout)).changes).toBe(true);
    expect(stack.told.join("\n")).toContain("site: 1 published, 1 hidden, 1 renamed; 3 requests");
    expect(await emulator.writes()).toEqual([]);
    await stack.up(layout);
    expect(await emulator.layout()).toMatchObject({
      "site/a.jpg": "PUBLIC",
      "site/d.jpg": "PUBLIC",
      "site/drafts/c.md": "PRIVATE",
    });
    expect(await stack.up(layout)).toBe(false);
  });

  test("are outdone by a visibility of the file's own, with a warning where that is more public", async () => {
    const open = { ...layout, files: { c: { path: "site/drafts/c.md", visibility: "PUBLIC" } } };
    await stack.preview(open);
    await stack.session.warnings.flush();
    expect(stack.warned.join()).toContain('1 declared PUBLIC where the rules say PRIVATE: "site/drafts/c.md"');
    await stack.up(open);
    expect((await emulator.file("site/drafts/c.md")).visibility).toBe("PUBLIC");
  });
});

describe("undeclared files under the prefix", () => {
  const layout = (unmanaged: string, more = {}) => ({ files: { a }, prefix: "site/", unmanaged, ...more });

  test("are reported, and a report that changed is a change", async () => {
    await stack.up(layout("REPORT"));
    expect(stack.state?.unmanagedFiles?.map(({ path }) => path)).toEqual(["site/b.jpg", "site/drafts/c.md"]);
    expect(stack.state?.summary).toBe('1 file: 1 PUBLIC; 2 undeclared under "site/": 1 PUBLIC, 1 PRIVATE');
    expect(await stack.up(layout("REPORT"))).toBe(false);
    await emulator.edit({ op: "delete", bucket: "media", path: "site/b.jpg" });
    expect(await stack.up(layout("REPORT"))).toBe(true);
    expect(stack.state?.summary).toBe('1 file: 1 PUBLIC; 1 undeclared under "site/": 1 PRIVATE');
    expect(await emulator.writes()).toEqual([]);
  });

  test("fail the preview where the program says so, and not a refresh", async () => {
    await expect(stack.preview(layout("FAIL"))).rejects.toThrow(
      /^unmanaged: under "site\/".* 2 files .*"site\/b.jpg", "site\/drafts\/c.md"/,
    );
    const all = { files: { a, b, c: { path: "site/drafts/c.md" } }, prefix: "site/", unmanaged: "FAIL" };
    await stack.up(all);
    await emulator.edit({ op: "put", bucket: "media", path: "site/new.txt", content: "new" });
    await stack.refresh();
    await expect(stack.preview(all)).rejects.toThrow(
      'unmanaged_files: under "site/" in bucket "media" is a file that no declaration has: "site/new.txt"',
    );
  });

  test("are deleted after everything else, where the program says so", async () => {
    await stack.up({ ...layout("DELETE"), files: { a, d } });
    expect(await emulator.writes()).toEqual(["moveFiles", "deleteFile", "deleteFile"]);
    expect(Object.keys(await emulator.layout())).toEqual(["other/e.jpg", "site/a.jpg", "site/d.jpg"]);
    expect(await stack.up({ ...layout("DELETE"), files: { a, d } })).toBe(false);
  });

  test("are not deleted beyond maxDeletes: the preview refuses, and nothing is done", async () => {
    await expect(stack.preview(layout("DELETE", { maxDeletes: 1 }))).rejects.toThrow(
      /^maxDeletes: site would delete 2 files, and maxDeletes is 1/,
    );
    await stack.up(layout("IGNORE"));
    await expect(stack.up(layout("DELETE", { maxDeletes: 1 }))).rejects.toThrow("too_many_deletes");
    expect(await emulator.writes()).toEqual([]);
  });

  test("are left alone where another declaration has them", async () => {
    const more = { __elsewhere: ["site/drafts/c.md"] };
    const session = stack.newRun();
    session.claims.claimFile((await emulator.file("site/b.jpg")).id, "hero");
    await stack.upIn(session, layout("DELETE", more));
    expect(await emulator.writes()).toEqual([]);
  });
});

test("the keys that leave count for maxDeletes, where their files are deleted", async () => {
  const made = Object.fromEntries(
    Array.from({ length: 11 }, (_, n) => [
      `t${String(n)}`,
      { path: `t/${String(n)}.txt`, source: { upload: textAsset(String(n)) } },
    ]),
  );
  await stack.up({ files: { a, ...made } });
  await emulator.forget();
  await expect(stack.preview({ files: { a } })).rejects.toThrow("site would delete 11 files, and maxDeletes is 10");
  await expect(stack.up({ files: { a } })).rejects.toThrow("too_many_deletes");
  expect(await emulator.writes()).toEqual([]);
  await stack.up({ files: { a }, maxDeletes: 11 });
  expect(await emulator.files("media")).toHaveLength(5);
});

describe("what is refused in a preview", () => {
  test.each([
    [
      "a path outside of the prefix",
      { files: { e: { path: "other/e.jpg" } }, prefix: "site/" },
      'files.e.path: "other/e.jpg" is outside',
    ],
    ["a bad path", { files: { e: { path: "/e.jpg" } } }, "files.e.path: "],
    ["the same path twice", { files: { a, b: a } }, 'files.b.path: "site/a.jpg" is declared twice: by files.a'],
    [
      "paths that differ only in case",
      { files: { a, b: { path: "site/A.jpg", source: { copy: { path: "site/a.jpg" } } } } },
      'files.b.path: "site/A.jpg" differs only in case from "site/a.jpg" of files.a',
    ],
    [
      "a field that no file has",
      { files: { a: { ...a, deletionPolicy: "DELETE" } } },
      "files.a.deletionPolicy: is set for the whole",
    ],
    ["a bad rule", { files: { a }, rules: [{ match: "site/**", visibility: "public" }] }, "rules[0].visibility: "],
    [
      "a rule that can't match",
      { files: { a }, rules: [{ match: "/site/**", visibility: "PUBLIC" }] },
      "rules[0].match: ",
    ],
    ["a bad choice", { files: { a }, unmanaged: "REMOVE" }, "unmanaged: "],
    ["a bad count", { files: { a }, maxDeletes: -1 }, "maxDeletes: "],
    ["a bad prefix", { files: { a }, prefix: "/site/" }, "prefix: "],
    ["a file that is not there", { files: { x: { path: "site/x.jpg" } } }, "files.x.path: there is no file"],
    [
      "a source that is not there",
      { files: { x: { path: "site/x.jpg", source: { adopt: { path: "in/x.jpg" } } } } },
      "files.x.source: ",
    ],
    [
      "an original that is not there",
      { files: { x: { path: "site/x.jpg", source: { copy: { path: "in/x.jpg" } } } } },
      "files.x.source: ",
    ],
    ["a bucket that is not there", { bucket: "none", files: { a } }, "bucket: "],
    [
      "one file by two keys",
      { files: { a, b: { path: "site/n.jpg", source: { adopt: { path: "site/a.jpg" } } } } },
      "is declared twice",
    ],
  ])("%s", async (_what, layout, message) => {
    await expect(stack.preview(layout)).rejects.toThrow(message);
    expect(await emulator.writes()).toEqual([]);
  });

  test("another file to adopt, while the old one holds the path", async () => {
    await stack.up({ files: { a } });
    const other = { a: { ...a, source: { adopt: { path: "site/b.jpg" } } } };
    await expect(stack.preview({ files: other })).rejects.toThrow('which still holds "site/a.jpg"');
    await stack.up({ files: { a: { path: "site/new.jpg", source: { adopt: { path: "site/b.jpg" } } } } });
    expect(Object.keys(await emulator.layout())).toEqual(expect.arrayContaining(["site/a.jpg", "site/new.jpg"]));
  });

  test("a path or a file that another declaration of the run has", async () => {
    await stack.preview({ files: { a } });
    const other = new LayoutStack(emulator, "other");
    other.newRun(stack.session);
    await expect(other.look({ files: { x: a } })).rejects.toThrow(
      'files.x.path: "site/a.jpg" in bucket "media" is declared twice: by "site.files.a" as well',
    );
    const { id } = await emulator.file("site/a.jpg");
    await expect(other.look({ files: { x: { path: "site/x.jpg", source: { adopt: { id } } } } })).rejects.toThrow(
      'by "site.files.a" as well',
    );
  });
});

test("what is not known yet is not guessed at", async () => {
  const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const layout = { files: { a, x: { path: UNKNOWN } }, prefix: "site/", unmanaged: "FAIL" };
  expect(await stack.preview(layout)).toEqual({ changes: true, replaces: [] });
  expect(await stack.preview({ files: UNKNOWN })).toEqual({ changes: true, replaces: [] });
  const text = { path: "site/t.txt", source: { upload: textAsset("one") } };
  await stack.up({ files: { a, text }, maxDeletes: 0 });
  // A key of which nothing is known has not left.
  expect(await stack.preview({ files: { a, text: UNKNOWN }, maxDeletes: 0 })).toEqual({ changes: true, replaces: [] });
  expect((await stack.preview({ bucket: "other", files: { a, text } })).replaces).toEqual(["bucket"]);
});

test("a place that another file holds is refused before anything is written, and the preview warns of it", async () => {
  const layout = { files: { a: { path: "site/b.jpg", source: { adopt: { path: "site/a.jpg" } } }, d } };
  await stack.preview(layout);
  await stack.session.warnings.flush();
  const { id } = await emulator.file("site/b.jpg");
  expect(stack.warned.join()).toContain(
    `"site/b.jpg" is held by file ${id}, which no declaration moves away: the update will be refused`,
  );
  await expect(stack.up(layout)).rejects.toThrow('"site/b.jpg" in bucket "media" is held by');
  expect(await emulator.writes()).toEqual([]);
});

test("refresh records what was changed by hand, by property, and drops the key of a file that is gone", async () => {
  await stack.up({ files: { a: { ...a, visibility: "PUBLIC" }, b, d } });
  await emulator.edit({ op: "visibility", bucket: "media", path: "site/a.jpg", visibility: "PRIVATE" });
  await emulator.edit({ op: "move", bucket: "media", path: "site/b.jpg", to: "far/b2.jpg" });
  await emulator.edit({ op: "delete", bucket: "media", path: "site/d.jpg" });
  await stack.refresh();
  expect(stack.inputs["declared"]).toEqual({
    a: { path: "site/a.jpg", visibility: "PRIVATE" },
    b: { path: "far/b2.jpg" },
  });
  await expect(stack.preview({ files: { a: { ...a, visibility: "PUBLIC" }, b, d } })).rejects.toThrow(
    'files.d.source: there is no file at "in/d.jpg"',
  );
  await stack.up({ files: { a: { ...a, visibility: "PUBLIC" }, b } });
  expect(await emulator.layout()).toMatchObject({ "site/a.jpg": "PUBLIC", "site/b.jpg": "PUBLIC" });
});

test("destroy deletes what the program made, and leaves what was there", async () => {
  const text = { path: "site/text.txt", source: { upload: textAsset("one") } };
  await stack.up({ files: { a, text } });
  await stack.destroy();
  expect(Object.keys(await emulator.layout())).toHaveLength(5);
  await stack.up({ files: { a, b }, deletionPolicy: "DELETE" });
  await stack.destroy();
  expect(Object.keys(await emulator.layout())).toHaveLength(3);
});

test("in a bucket that is much larger than the layout, only the folders that matter are listed", async () => {
  const far = Array.from({ length: 2500 }, (_, n) => `bulk/${String(n % 50)}/${String(n)}.bin`);
  const seed: Record<string, string> = { "site/a.jpg": "PUBLIC", "site/img/b.jpg": "PUBLIC", "in/x/c.jpg": "PRIVATE" };
  await emulator.seed({ ...seed, ...Object.fromEntries(far.map((path) => [path, "PRIVATE"])) });
  const byId = await emulator.file("bulk/7/57.bin");
  const files = {
    a: { path: "site/img/a.jpg", source: { adopt: { path: "site/a.jpg" } } },
    b: { path: "site/img/b.jpg" },
    c: { path: "site/c.jpg", source: { adopt: { path: "in/x/c.jpg" } } },
    d: { path: "site/d.bin", source: { adopt: { id: byId.id } } },
  };
  await stack.up({ files, prefix: "site/", unmanaged: "REPORT" });
  expect(await emulator.layout()).toMatchObject({ "site/img/a.jpg": "PUBLIC", "site/c.jpg": "PRIVATE" });
  expect((await emulator.file("site/d.bin")).id).toBe(byId.id);
  expect(stack.state?.unmanagedFiles).toEqual([]);
  await emulator.forget();
  expect(await stack.up({ files, prefix: "site/", unmanaged: "REPORT" })).toBe(false);
  // Listing everything would take 26 pages.
  expect((await emulator.requests()).length).toBeLessThanOrEqual(10);
});

test("a plan is told once in a run", async () => {
  const paths = Array.from({ length: 320 }, (_, n) => `p/${String(n)}.txt`);
  await emulator.seed(Object.fromEntries(paths.map((path) => [path, "PRIVATE"])));
  const files = Object.fromEntries(paths.map((path, n) => [`k${String(n)}`, { path, visibility: "PUBLIC" }]));
  await stack.up({ files });
  expect(stack.told.filter((line) => line.startsWith("site: 320 "))).toHaveLength(1);
});
