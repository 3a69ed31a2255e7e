import { UNKNOWN } from "../../provider/model/unknown";
import type { StepFailed } from "../support/steps";
import { Suite, type Held } from "./support";

const suite = Suite.declare();

beforeEach(async () => {
  await suite.emulator.seed({ "a/x.txt": "PUBLIC", "a/y.txt": "PRIVATE", "b/x.txt": "PUBLIC" });
  await suite.newRun();
});

const media = { bucket: "media" };

async function adopted(name: string, args: Record<string, unknown>): Promise<Held> {
  const held = await suite.engine.create(name, { ...media, ...args });
  await suite.emulator.forget();
  await suite.newRun();
  return held;
}

describe("create", () => {
  test("takes no file over that another declaration of the run has", async () => {
    const held = await suite.engine.create("x", { ...media, path: "a/x.txt" });
    const thief = { ...media, path: "c/x.txt", source: { adopt: { path: "a/x.txt" } } };
    // Without the check, which a file that was only just made passes.
    const create = suite.plugin.create(suite.engine.inputs("thief", thief));
    await expect(create).rejects.toThrow(/declared_twice.*by "thief" and by "x"/);
    expect((await suite.emulator.file("a/x.txt")).id).toBe(held.id);
  });

  test("keeps no token and no signature in state", async () => {
    const metadata = { camera: "old", link: "https://x.test/y?X-Amz-Signature=0a1b", upload_token: "abcdefgh" };
    await suite.emulator.seed({ "a/x.txt": { visibility: "PUBLIC", metadata } });
    const { outs } = await suite.engine.create("x", { ...media, path: "a/x.txt" });
    expect(outs.metadata).toEqual({
      camera: "old",
      link: "https://x.test/y?[redacted]",
      upload_token: "[redacted]",
    });
  });

  test("takes over the file that is at the path, and writes nothing where it is as declared", async () => {
    await suite.emulator.seed({ "a/x.txt": { visibility: "PUBLIC", metadata: { camera: "old" } } });
    const { id } = await suite.emulator.file("a/x.txt");
    const held = await suite.engine.create("x", { ...media, path: "a/x.txt", visibility: "PUBLIC" });
    expect(held.id).toBe(id);
    expect(held.outs).toMatchObject({
      fileId: id,
      path: "a/x.txt",
      name: "x.txt",
      directory: "a",
      visibility: "PUBLIC",
      origin: "adopted",
      size: 18,
      contentType: "text/plain",
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      updatedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      metadata: { camera: "old" },
    });
    expect(await suite.emulator.writes()).toEqual([]);
  });

  test("gives the URL of a public file, and none of a private one", async () => {
    const open = await suite.engine.create("x", { ...media, path: "a/x.txt" });
    const closed = await suite.engine.create("y", { ...media, path: "a/y.txt" });
    expect((await fetch(String(open.outs.url))).status).toBe(200);
    expect(closed.outs).not.toHaveProperty("url");
  });

  test.each([
    ["path", (file: { path: string }) => ({ path: file.path })],
    ["id", (file: { id: string }) => ({ id: file.id })],
  ])("adopts a file by %s and brings it to its path, name and visibility", async (_form, reference) => {
    const file = await suite.emulator.file("a/x.txt");
    const held = await suite.engine.create("x", {
      ...media,
      path: "site/hero.txt",
      visibility: "PRIVATE",
      source: { adopt: reference(file) },
    });
    expect(held.id).toBe(file.id);
    expect(await suite.emulator.layout()).toEqual({
      "a/y.txt": "PRIVATE",
      "b/x.txt": "PUBLIC",
      "site/hero.txt": "PRIVATE",
    });
    // By path, it passes under a name of its own, by which it is found again should the run be cut off.
    expect(await suite.emulator.writes()).toEqual(
      _form === "id" ? ["patchFile", "moveFiles"] : ["patchFile", "moveFiles", "patchFile"],
    );
  });

  test("refuses a path that another file holds, names the holder, and writes nothing", async () => {
    const holder = await suite.emulator.file("b/x.txt");
    const create = suite.engine.create("x", { ...media, path: "b/x.txt", source: { adopt: { path: "a/x.txt" } } });
    await expect(create).rejects.toThrow(`"b/x.txt" in bucket "media" is held by file ${holder.id}`);
    expect(await suite.emulator.writes()).toEqual([]);
  });
});

describe("update", () => {
  test("moves in place when only the directory changes", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    const after = await suite.engine.update("x", held, { ...media, path: "c/d/x.txt" });
    expect((await suite.emulator.file("c/d/x.txt")).id).toBe(held.id);
    expect(after.outs).toMatchObject({ path: "c/d/x.txt", directory: "c/d", fileId: held.id });
    expect(await suite.emulator.writes()).toEqual(["moveFiles"]);
  });

  test("moves to the root of the bucket", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    await suite.engine.update("x", held, { ...media, path: "x.txt" });
    expect((await suite.emulator.file("x.txt")).id).toBe(held.id);
  });

  test("renames in place when only the name changes, together with the visibility", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    await suite.engine.update("x", held, { ...media, path: "a/z.txt", visibility: "PRIVATE" });
    expect(await suite.emulator.file("a/z.txt")).toMatchObject({ id: held.id, visibility: "PRIVATE" });
    expect(await suite.emulator.writes()).toEqual(["patchFile"]);
  });

  test("takes two requests for a new directory and a new name, by the place between that is free", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    // b/x.txt is held, so the way goes through a/z.txt; nothing of b/x.txt changes.
    const stranger = await suite.emulator.file("b/x.txt");
    await suite.engine.update("x", held, { ...media, path: "b/z.txt" });
    expect((await suite.emulator.file("b/z.txt")).id).toBe(held.id);
    expect((await suite.emulator.file("b/x.txt")).id).toBe(stranger.id);
    expect(await suite.emulator.writes()).toEqual(["patchFile", "moveFiles"]);
  });

  test("goes through a temporary name where both places between are held", async () => {
    await suite.emulator.seed({ "a/x.txt": "PUBLIC", "a/z.txt": "PUBLIC", "b/x.txt": "PUBLIC" });
    const held = await adopted("x", { path: "a/x.txt" });
    await suite.engine.update("x", held, { ...media, path: "b/z.txt" });
    expect(await suite.emulator.layout()).toEqual({ "a/z.txt": "PUBLIC", "b/x.txt": "PUBLIC", "b/z.txt": "PUBLIC" });
    expect((await suite.emulator.file("b/z.txt")).id).toBe(held.id);
  });

  test("hides a file before it moves, and publishes it only where it ends", async () => {
    const x = await adopted("x", { path: "a/x.txt" });
    await suite.engine.update("x", x, { ...media, path: "c/x.txt", visibility: "PRIVATE" });
    expect(await suite.emulator.writes()).toEqual(["patchFile", "moveFiles"]);
    const y = await adopted("y", { path: "a/y.txt" });
    await suite.engine.update("y", y, { ...media, path: "c/y.txt", visibility: "PUBLIC" });
    expect(await suite.emulator.writes()).toEqual(["moveFiles", "patchFile"]);
  });

  test("leaves the visibility alone where none is declared", async () => {
    const held = await adopted("y", { path: "a/y.txt" });
    await suite.engine.update("y", held, { ...media, path: "c/y.txt" });
    expect((await suite.emulator.file("c/y.txt")).visibility).toBe("PRIVATE");
  });

  test("goes from where the file is now, whatever state says", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    await suite.emulator.edit({ op: "move", id: held.id, to: "elsewhere/w.txt" });
    await suite.engine.update("x", held, { ...media, path: "a/z.txt" });
    expect((await suite.emulator.file("a/z.txt")).id).toBe(held.id);
  });

  test("is none where nothing changed: no write, and no request at all", async () => {
    const held = await adopted("x", { path: "a/x.txt", visibility: "PUBLIC" });
    expect(await suite.engine.diff("x", held, { ...media, path: "a/x.txt", visibility: "PUBLIC" })).toEqual({
      changes: false,
      replaces: [],
    });
    expect(await suite.emulator.requests()).toEqual([]);
  });

  test("of the deletion policy changes state only", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    const after = await suite.engine.update("x", held, { ...media, path: "a/x.txt", deletionPolicy: "DELETE" });
    expect(after.outs.deletionPolicy).toBe("DELETE");
    expect(await suite.emulator.writes()).toEqual([]);
  });

  test("of a source that was taken out changes nothing", async () => {
    const held = await adopted("x", { path: "site/x.txt", source: { adopt: { path: "a/x.txt" } } });
    expect((await suite.engine.diff("x", held, { ...media, path: "site/x.txt" })).changes).toBe(false);
  });

  test("of a file that is gone says so, and what to do", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    await suite.emulator.edit({ op: "delete", id: held.id });
    await expect(suite.engine.update("x", held, { ...media, path: "c/x.txt" })).rejects.toThrow(
      /is gone.*pulumi refresh/,
    );
  });

  test("refuses a path that another file holds before it writes anything", async () => {
    const held = await adopted("x", { path: "a/x.txt", visibility: "PUBLIC" });
    const holder = await suite.emulator.file("b/x.txt");
    const update = suite.engine.update("x", held, { ...media, path: "b/x.txt", visibility: "PRIVATE" });
    await expect(update).rejects.toThrow(`is held by file ${holder.id}`);
    expect(await suite.emulator.writes()).toEqual([]);
  });

  test("that stops half-way keeps what it reached, with the provider, and the next one finishes", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    await suite.emulator.faults([{ op: "moveFiles", kind: "status", phase: "before", args: { status: 403 } }]);
    const news = { ...media, path: "c/x.txt", visibility: "PRIVATE" };
    const failure = await suite.engine.update("x", held, news).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      message: expect.stringContaining("403") as string,
      kept: { id: held.id, outs: { path: "a/x.txt", visibility: "PRIVATE", __provider: suite.provider } },
    });
    await suite.emulator.faults([]);
    await suite.engine.update("x", (failure as StepFailed).kept!, news);
    expect(await suite.emulator.file("c/x.txt")).toMatchObject({ id: held.id, visibility: "PRIVATE" });
  });

  test("that changed nothing before it failed keeps the old state", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    await suite.emulator.faults([{ op: "getFile", kind: "status", phase: "before", args: { status: 403 } }]);
    const failure = await suite.engine
      .update("x", held, { ...media, path: "c/x.txt" })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ kept: undefined });
  });
});

describe("replacement", () => {
  test("that takes over the same file leaves it there", async () => {
    const args = { ...media, path: "a/x.txt", deletionPolicy: "DELETE" };
    const held = await adopted("x", args);
    const next = await suite.engine.create("x", args);
    expect(next.id).toBe(held.id);
    await suite.engine.delete(held);
    expect((await suite.emulator.file("a/x.txt")).id).toBe(held.id);
    await suite.newRun();
    await suite.engine.delete(next);
    expect(await suite.emulator.layout()).not.toHaveProperty("a/x.txt");
  });

  test("comes with another bucket", async () => {
    await suite.emulator.seed({ "a/x.txt": "PUBLIC" }, { other: { files: [{ path: "a/x.txt", content: "other" }] } });
    const held = await adopted("x", { path: "a/x.txt" });
    expect(await suite.engine.diff("x", held, { bucket: "other", path: "a/x.txt" })).toEqual({
      changes: true,
      replaces: ["bucket"],
    });
    // The engine checks once more, as for a new resource, and that is not taken for a second declaration.
    expect(await suite.engine.check("x", { bucket: "other", path: "a/x.txt" })).toEqual([]);
  });

  test("comes with a source that adopts another file", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    const news = { ...media, path: "c/x.txt", source: { adopt: { path: "b/x.txt" } } };
    expect(await suite.engine.diff("x", held, news)).toEqual({ changes: true, replaces: ["source"] });
  });

  test("is refused while the old file holds the same path", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    const failures = await suite.engine.check(
      "x",
      { ...media, path: "a/x.txt", source: { adopt: { path: "b/x.txt" } } },
      held.inputs,
    );
    expect(failures).toEqual([
      { property: "source", reason: expect.stringContaining(`still holds "a/x.txt"`) as string },
    ]);
  });

  test("does not come with a source that names the file that state has", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    for (const adopt of [{ path: "a/x.txt" }, { id: held.id }]) {
      expect(await suite.engine.diff("x", held, { ...media, path: "a/x.txt", source: { adopt } })).toEqual({
        changes: false,
        replaces: [],
      });
    }
  });
});

describe("check", () => {
  const problemsOf = async (args: Record<string, unknown>) => suite.engine.check("x", { ...media, ...args });

  test("refuses a bucket that does not exist, by property", async () => {
    expect(await problemsOf({ bucket: "nope", path: "a" })).toEqual([
      { property: "bucket", reason: `"nope" is missing, or not visible to this API key` },
    ]);
  });

  test.each([
    [{ path: "a/none.txt" }, "path", `there is no file at "a/none.txt" in bucket "media"`],
    [{ path: "a/n.txt", source: { adopt: { path: "a/none.txt" } } }, "source", `there is no file at "a/none.txt"`],
    [{ path: "a/n.txt", source: { adopt: { id: "f_none" } } }, "source", `there is no file with the id "f_none"`],
    [{ path: "/a" }, "path", "starts with a slash"],
    [{ path: "a/x.txt", visibility: "SECRET" }, "visibility", `"SECRET"`],
  ])("refuses %j", async (args, property, reason) => {
    expect(await problemsOf(args)).toEqual([{ property, reason: expect.stringContaining(reason) as string }]);
    expect(await suite.emulator.writes()).toEqual([]);
  });

  test("refuses to adopt a file of another bucket", async () => {
    await suite.emulator.seed({ "a/x.txt": "PUBLIC" }, { other: { files: [{ path: "o.txt", content: "o" }] } });
    const { id } = await suite.emulator.file("o.txt", "other");
    const [failure] = await problemsOf({ path: "a/o.txt", source: { adopt: { id } } });
    expect(failure?.reason).toContain(`is in bucket "other"`);
  });

  test("refuses a path that is declared twice, and names the other declaration", async () => {
    expect(await suite.engine.check("one", { ...media, path: "a/x.txt" })).toEqual([]);
    expect(await suite.engine.check("two", { ...media, path: "a/x.txt" })).toEqual([
      { property: "path", reason: `"a/x.txt" in bucket "media" is declared twice: by "one" as well` },
    ]);
  });

  test("takes no second look at one declaration for a second declaration", async () => {
    expect(await suite.engine.check("one", { ...media, path: "a/x.txt" })).toEqual([]);
    expect(await suite.engine.check("one", { ...media, path: "a/x.txt" })).toEqual([]);
  });

  test("refuses a file that is declared twice, by path and by id", async () => {
    const { id } = await suite.emulator.file("a/x.txt");
    expect(await suite.engine.check("one", { ...media, path: "a/x.txt" })).toEqual([]);
    const [failure] = await suite.engine.check("two", { ...media, path: "c/x.txt", source: { adopt: { id } } });
    expect(failure?.reason).toContain(`is declared twice: by "one" as well`);
  });

  test("guesses at nothing that is unknown", async () => {
    for (const unknown of [
      { bucket: UNKNOWN, path: "a/none.txt" },
      { path: UNKNOWN },
      { path: "a/none.txt", source: { adopt: { path: UNKNOWN } } },
      { path: "a/none.txt", source: { adopt: UNKNOWN } },
      { path: "a/none.txt", source: UNKNOWN },
    ]) {
      expect(await problemsOf(unknown)).toEqual([]);
    }
    expect(await suite.emulator.requests()).toEqual([]);
  });
});

describe("refresh", () => {
  test("finds a file that was moved and hidden outside, and declares what it found in the keys that were set", async () => {
    const held = await adopted("x", { path: "a/x.txt", visibility: "PUBLIC" });
    await suite.emulator.edit({ op: "move", id: held.id, to: "c/z.txt" });
    await suite.emulator.edit({ op: "visibility", id: held.id, visibility: "PRIVATE" });
    const found = await suite.engine.refresh(held);
    expect(found?.outs).toMatchObject({
      path: "c/z.txt",
      directory: "c",
      visibility: "PRIVATE",
      __provider: suite.provider,
    });
    expect(found?.outs).not.toHaveProperty("url");
    const provider = { __provider: suite.provider };
    expect(found?.inputs).toEqual({ ...held.inputs, ...provider, path: "c/z.txt", visibility: "PRIVATE" });
  });

  test("leaves out of the inputs what the program had not set", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    await suite.emulator.edit({ op: "visibility", id: held.id, visibility: "PRIVATE" });
    const found = await suite.engine.refresh(held);
    expect(found?.inputs).toEqual({ ...held.inputs, __provider: suite.provider });
    expect(found?.outs.visibility).toBe("PRIVATE");
  });

  test("and the next update put the file back", async () => {
    const args = { ...media, path: "a/x.txt", visibility: "PUBLIC" };
    const held = await adopted("x", args);
    await suite.emulator.edit({ op: "move", id: held.id, to: "c/z.txt" });
    await suite.emulator.edit({ op: "visibility", id: held.id, visibility: "PRIVATE" });
    const found = await suite.engine.refresh(held);
    const healed = await suite.engine.update("x", found!, args);
    expect(await suite.emulator.file("a/x.txt")).toMatchObject({ id: held.id, visibility: "PUBLIC" });
    expect((await suite.engine.diff("x", healed, args)).changes).toBe(false);
  });

  test("of a file that is gone says so", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    await suite.emulator.edit({ op: "delete", id: held.id });
    expect(await suite.engine.refresh(held)).toBeUndefined();
  });

  test("takes a refused key for no file that is gone", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    await suite.newRun({ ...suite.emulator.config, "mediasaur:apiKey": "sk_revoked" });
    await expect(suite.engine.refresh(held)).rejects.toThrow("401");
  });

  test("of 300 files of one bucket takes pages of one listing", async () => {
    const paths = Array.from({ length: 300 }, (_, index) => `many/${String(index)}.txt`);
    await suite.emulator.seed(Object.fromEntries(paths.map((path) => [path, "PUBLIC"])));
    const files = new Map((await suite.emulator.files()).map((file) => [file.path, file]));
    const held = await Promise.all(paths.map((path) => suite.engine.create(path, { ...media, path })));
    await suite.newRun();
    await suite.emulator.edit({ op: "move", id: files.get("many/7.txt")!.id, to: "elsewhere/7.txt" });
    await suite.emulator.edit({ op: "delete", id: files.get("many/8.txt")!.id });
    await suite.emulator.forget();
    const found = [];
    // Eight at a time, as the engine does on two cores.
    for (let start = 0; start < held.length; start += 8) {
      found.push(...(await Promise.all(held.slice(start, start + 8).map((one) => suite.engine.refresh(one)))));
    }
    expect(found[7]?.outs.path).toBe("elsewhere/7.txt");
    expect(found[8]).toBeUndefined();
    expect(found.filter((one) => one !== undefined)).toHaveLength(299);
    const requests = await suite.emulator.requests();
    expect(requests.filter(({ operation }) => operation === "listFiles").length).toBeLessThanOrEqual(3);
    // Two looks at the file that moved or at the one that is gone, each asked for by itself and by its place.
    expect(requests.filter(({ operation }) => operation !== "listFiles").length).toBeLessThanOrEqual(6);
  });
});

describe("delete", () => {
  test("leaves an adopted file where it is, without a request and without a key", async () => {
    const held = await adopted("x", { path: "a/x.txt" });
    await suite.newRun({});
    await suite.engine.delete(held);
    expect(await suite.emulator.requests()).toEqual([]);
    expect(await suite.emulator.layout()).toHaveProperty(["a/x.txt"]);
  });

  test("deletes the file where the policy says so, and takes one that is gone for a success", async () => {
    const held = await adopted("x", { path: "a/x.txt", deletionPolicy: "DELETE" });
    await suite.engine.delete(held);
    expect(await suite.emulator.layout()).not.toHaveProperty(["a/x.txt"]);
    await suite.newRun();
    await suite.engine.delete(held);
  });

  test("leaves a file that another declaration of the same run has taken over", async () => {
    const held = await adopted("old", { path: "a/x.txt", deletionPolicy: "DELETE" });
    await suite.engine.create("renamed", { ...media, path: "a/x.txt", deletionPolicy: "DELETE" });
    await suite.engine.delete(held);
    expect(await suite.emulator.layout()).toHaveProperty(["a/x.txt"]);
  });
});
