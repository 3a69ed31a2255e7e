import { createHash } from "node:crypto";
import type { Props } from "../support/plugin";
import { Suite, type Held } from "./support";

const suite = Suite.declare();

const asset = (text: string): Props => ({
  "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
  hash: createHash("sha256").update(text).digest("hex"),
  text,
});

const upload = (path: string, text: string, more: Props = {}): Props => ({
  bucket: "media",
  path,
  visibility: "PRIVATE",
  source: { upload: asset(text) },
  ...more,
});

async function made(name: string, args: Props): Promise<Held> {
  await suite.newRun();
  const held = await suite.engine.create(name, args);
  await suite.newRun();
  return held;
}

describe("what is deleted", () => {
  beforeEach(async () => {
    await suite.emulator.seed({ "a/1.txt": "PRIVATE", "a/2.txt": "PRIVATE" }, { other: { files: [] } });
  });

  test("is not the file of a declaration that nothing has replaced yet, as with deleteBeforeReplace", async () => {
    const held = await made("m", upload("b/x.txt", "x"));
    const { replaces } = await suite.engine.diff("m", held, upload("b/x.txt", "x", { bucket: "other" }));
    expect(replaces).toEqual(["bucket"]);
    await expect(suite.engine.delete(held)).rejects.toThrow(
      /"m" would lose it before what replaces it is made.*deleteBeforeReplace/,
    );
    expect(Object.keys(await suite.emulator.layout())).toContain("b/x.txt");
  });

  test("is the file of a declaration that was replaced, once the new one is there", async () => {
    const held = await made("m", upload("b/x.txt", "x"));
    await suite.engine.diff("m", held, upload("b/x.txt", "x", { bucket: "other" }));
    await suite.engine.create("m", upload("b/x.txt", "x", { bucket: "other" }));
    await suite.engine.delete(held);
    expect(Object.keys(await suite.emulator.layout())).toEqual(["a/1.txt", "a/2.txt"]);
    expect(Object.keys(await suite.emulator.layout("other"))).toEqual(["b/x.txt"]);
  });

  test("is the old file of a declaration that was replaced under another name, by an alias", async () => {
    const held = await made("old", upload("b/x.txt", "x"));
    const renamed = await suite.engine.update("new", held, upload("b/x.txt", "x"));
    await suite.newRun();
    await suite.engine.diff("new", renamed, upload("b/x.txt", "x", { bucket: "other" }));
    await suite.engine.create("new", upload("b/x.txt", "x", { bucket: "other" }));
    await suite.engine.delete(renamed);
    expect(Object.keys(await suite.emulator.layout())).toEqual(["a/1.txt", "a/2.txt"]);
  });

  test("is not a file whose place another declaration of the run names, and has not come to have", async () => {
    const held = await made("old", upload("b/x.txt", "x"));
    await suite.engine.check("new", upload("b/x.txt", "x"));
    await expect(suite.engine.delete(held)).rejects.toThrow(/is not deleted: "new" declares its place.*aliases/);
    expect(Object.keys(await suite.emulator.layout())).toContain("b/x.txt");
  });
});

describe("two declarations that exchange their files", () => {
  beforeEach(async () => {
    await suite.emulator.seed({ "a/1.txt": "PRIVATE", "a/2.txt": "PRIVATE" });
  });

  const adopt = (id: string, path: string): Props => ({ bucket: "media", path, source: { adopt: { id } } });

  test("each get the other's", async () => {
    const { id: one } = await suite.emulator.file("a/1.txt");
    const { id: two } = await suite.emulator.file("a/2.txt");
    const m1 = await made("m1", adopt(one, "a/1.txt"));
    const m2 = await made("m2", adopt(two, "a/2.txt"));
    expect(await suite.engine.diff("m1", m1, adopt(two, "a/2.txt"))).toMatchObject({ replaces: ["source"] });
    expect(await suite.engine.diff("m2", m2, adopt(one, "a/1.txt"))).toMatchObject({ replaces: ["source"] });
    const [n1, n2] = [
      await suite.engine.create("m1", adopt(two, "a/2.txt")),
      await suite.engine.create("m2", adopt(one, "a/1.txt")),
    ];
    expect([n1.outs.fileId, n2.outs.fileId]).toEqual([two, one]);
    await suite.engine.delete(m1);
    await suite.engine.delete(m2);
    expect(Object.keys(await suite.emulator.layout())).toEqual(["a/1.txt", "a/2.txt"]);
  });

  test("a file that a declaration lets go of is free for a new one", async () => {
    const { id: one } = await suite.emulator.file("a/1.txt");
    const { id: two } = await suite.emulator.file("a/2.txt");
    const m1 = await made("m1", adopt(one, "a/1.txt"));
    expect(await suite.engine.diff("m1", m1, adopt(two, "b/2.txt"))).toMatchObject({ replaces: ["source"] });
    const m3 = await suite.engine.create("m3", adopt(one, "a/1.txt"));
    expect(m3.outs.fileId).toBe(one);
  });
});
