import { createHash } from "node:crypto";
import type { Props } from "../support/plugin";
import { Suite } from "./support";

// Stores answer in other ways than the emulator does by default: late, with other ids, in other words.

const suite = Suite.declare();

const textAsset = (text: string): Props => ({
  "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
  hash: createHash("sha256").update(text).digest("hex"),
  text,
});

beforeEach(async () => {
  await suite.emulator.seed({ "a/x.txt": "PUBLIC", "a/y.txt": "PRIVATE" });
});

describe("a store that gives a file another id when it moves", () => {
  const args = { bucket: "media", path: "a/x.txt" };

  test("an update that was killed before state was written is found again", async () => {
    await suite.emulator.dialect({ "move.id": "new" });
    await suite.newRun();
    const held = await suite.engine.create("x", args);
    await suite.engine.update("x", held, { ...args, path: "c/x.txt" });
    await suite.newRun();
    const again = await suite.engine.update("x", held, { ...args, path: "c/x.txt" });
    expect(again.outs.fileId).toBe((await suite.emulator.file("c/x.txt")).id);
    expect(await suite.emulator.layout()).toEqual({ "a/y.txt": "PRIVATE", "c/x.txt": "PUBLIC" });
  });

  test("a stranger of the same size at the declared path is not taken for the file", async () => {
    await suite.newRun();
    const held = await suite.engine.create("x", args);
    const { size } = await suite.emulator.file("a/x.txt");
    await suite.emulator.edit({ op: "delete", id: held.id });
    await suite.emulator.edit({ op: "put", bucket: "media", path: "c/x.txt", content: "s".repeat(size) });
    await suite.newRun();
    const update = suite.engine.update("x", held, { ...args, path: "c/x.txt", visibility: "PRIVATE" });
    await expect(update).rejects.toThrow("is gone");
  });
});

describe.each([
  [{}],
  [{ consistency: "detail_lag:2" }],
  [{ consistency: "list_lag:2" }],
  [{ "delete.kind": "lag:2" }],
  [{ "delete.kind": "soft_gone_marker" }],
  [{ "move.id": "new" }],
  [{ "move.id": "new", consistency: "list_lag:2" }],
  [{ "move.answer": "202_async:2", "copy.answer": "202_async:2" }],
  [{ "upload.answer": "202_processing:2" }],
  [{ "upload.answer": "url_only" }],
  [{ "upload.conflict": "409", "copy.conflict": "overwrite", "move.conflict": "overwrite" }],
  [{ "upload.default_visibility": "PRIVATE", "copy.visibility": "default" }],
  [{ "object.path": "directory" }],
  [{ "object.path": "full_leading_slash", "object.visibility": "is_public", "object.id": "uuid" }],
  [{ "list.filter": "dir_one_level", "list.rows": "sparse", "list.max_limit": "10" }],
  [{ "patch.answer": "204", "move.answer": "204", "copy.answer": "204", "delete.answer": "202" }],
])("a store with %j", (dialect) => {
  test("a file is adopted, moved and renamed, hidden, found by refresh, and deleted", async () => {
    await suite.emulator.dialect(dialect);
    await suite.newRun();
    const args = { bucket: "media", deletionPolicy: "DELETE" };
    const held = await suite.engine.create("x", { ...args, path: "b/x.txt", source: { adopt: { path: "a/x.txt" } } });
    await suite.newRun();
    const moved = await suite.engine.update("x", held, { ...args, path: "c/z.txt", visibility: "PRIVATE" });
    expect(await suite.emulator.layout()).toEqual({ "a/y.txt": "PRIVATE", "c/z.txt": "PRIVATE" });
    expect(moved.outs.fileId).toBe((await suite.emulator.file("c/z.txt")).id);
    await suite.newRun();
    const found = await suite.engine.refresh(moved);
    expect(found?.outs).toMatchObject({ path: "c/z.txt", visibility: "PRIVATE" });
    await suite.emulator.forget();
    await suite.newRun();
    const same = await suite.engine.update("x", found!, { ...args, path: "c/z.txt", visibility: "PRIVATE" });
    expect(await suite.emulator.writes()).toEqual([]);
    await suite.engine.delete(same);
    expect(await suite.emulator.layout()).toEqual({ "a/y.txt": "PRIVATE" });
  });

  test("files are uploaded and copied, get another content, and leave nothing beside", async () => {
    await suite.emulator.dialect(dialect);
    await suite.newRun();
    const upload = (text: string): Props => ({
      bucket: "media",
      path: "b/u.txt",
      visibility: "PUBLIC",
      source: { upload: textAsset(text) },
    });
    const held = await suite.engine.create("u", upload("one"));
    const copy = { bucket: "media", path: "b/c.txt", visibility: "PRIVATE", source: { copy: { path: "a/x.txt" } } };
    await suite.engine.create("c", copy);
    await suite.newRun();
    const after = await suite.engine.update("u", held, upload("number two"));
    expect(await suite.emulator.layout()).toEqual({
      "a/x.txt": "PUBLIC",
      "a/y.txt": "PRIVATE",
      "b/c.txt": "PRIVATE",
      "b/u.txt": "PUBLIC",
    });
    const file = await suite.emulator.file("b/u.txt");
    expect(after.outs.fileId).toBe(file.id);
    expect(await (await fetch(file.signed_url)).text()).toBe("number two");
  });
});
