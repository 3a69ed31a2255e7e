import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Props } from "../support/plugin";
import type { StepFailed } from "../support/steps";
import { Suite } from "./support";

const suite = Suite.declare();

const media = { bucket: "media" };
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const asset = (content: string, form: Props): Props => ({
  "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
  hash: sha256(content),
  ...form,
});
const textAsset = (text: string): Props => asset(text, { text });

beforeEach(async () => {
  await suite.emulator.seed(
    { "a/x.txt": "PUBLIC", "a/secret.txt": "PRIVATE" },
    { brand: { files: [{ path: "logo.svg", content: "<svg/>", visibility: "PUBLIC" }] } },
  );
  await suite.newRun();
});

/** What a file holds, asked of the suite.emulator itself. */
async function contentOf(path: string, bucket = "media"): Promise<string> {
  return (await fetch((await suite.emulator.file(path, bucket)).signed_url)).text();
}

async function paths(bucket = "media"): Promise<string[]> {
  return Object.keys(await suite.emulator.layout(bucket));
}

describe("copy", () => {
  test.each([
    ["by path", async () => ({ path: "a/x.txt" })],
    ["by id", async () => ({ id: (await suite.emulator.file("a/x.txt")).id })],
  ])("%s makes another file, and leaves the original alone", async (_form, reference) => {
    const original = await suite.emulator.file("a/x.txt");
    const held = await suite.engine.create("c", { ...media, path: "b/y.txt", source: { copy: await reference() } });
    expect(held.id).not.toBe(original.id);
    expect(held.outs).toMatchObject({ origin: "copied", path: "b/y.txt", size: original.size });
    expect(await suite.emulator.file("a/x.txt")).toMatchObject({
      id: original.id,
      sha256: original.sha256,
      visibility: "PUBLIC",
    });
    expect((await suite.emulator.file("b/y.txt")).id).toBe(held.id);
    expect(await contentOf("b/y.txt")).toBe("content of a/x.txt");
    expect(await paths()).toEqual(["a/secret.txt", "a/x.txt", "b/y.txt"]);
  });

  test("works from another bucket, and under the same name in the same bucket", async () => {
    await suite.engine.create("logo", {
      ...media,
      path: "site/logo.svg",
      source: { copy: { bucket: "brand", path: "logo.svg" } },
    });
    await suite.engine.create("x", { ...media, path: "b/x.txt", source: { copy: { path: "a/x.txt" } } });
    expect(await paths()).toEqual(["a/secret.txt", "a/x.txt", "b/x.txt", "site/logo.svg"]);
    expect(await paths("brand")).toEqual(["logo.svg"]);
    expect(await contentOf("site/logo.svg")).toBe("<svg/>");
  });

  test("of a private file is private where nothing else is said, even where the store would publish it", async () => {
    await suite.emulator.dialect({ "copy.visibility": "default", "upload.default_visibility": "PUBLIC" });
    await suite.engine.create("s", { ...media, path: "b/secret.txt", source: { copy: { path: "a/secret.txt" } } });
    expect((await suite.emulator.file("b/secret.txt")).visibility).toBe("PRIVATE");
  });

  test("gets the declared visibility before it comes to its place", async () => {
    await suite.engine.create("s", {
      ...media,
      path: "b/y.txt",
      visibility: "PRIVATE",
      source: { copy: { path: "a/x.txt" } },
    });
    expect((await suite.emulator.file("b/y.txt")).visibility).toBe("PRIVATE");
    expect(await suite.emulator.writes()).toEqual(["copyFiles", "patchFile", "moveFiles"]);
  });

  test.each([
    "copy.target=full",
    "copy.target=by_extension",
    "copy.target=by_trailing_slash",
    "copy.answer=ids",
    "copy.answer=count",
    "copy.answer=empty_object",
    "copy.answer=204",
    "copy.answer=207_items",
  ])("finds its own id and place under %s", async (dialect) => {
    const [name, value] = dialect.split("=") as [string, string];
    await suite.emulator.dialect({ [name]: value });
    const held = await suite.engine.create("c", { ...media, path: "b/y.txt", source: { copy: { path: "a/x.txt" } } });
    expect((await suite.emulator.file("b/y.txt")).id).toBe(held.outs.fileId);
    expect(await paths()).toEqual(["a/secret.txt", "a/x.txt", "b/y.txt"]);
  });

  test("of which nobody knows whether it took effect is looked for before it is made again", async () => {
    await suite.emulator.faults([{ op: "copyFiles", kind: "reset", phase: "after", times: 1 }]);
    await suite.engine.create("c", { ...media, path: "b/y.txt", source: { copy: { path: "a/x.txt" } } });
    expect((await suite.emulator.writes()).filter((operation) => operation === "copyFiles")).toHaveLength(1);
    expect(await paths()).toEqual(["a/secret.txt", "a/x.txt", "b/y.txt"]);
  });

  test("onto a path that another file holds is refused before anything is made", async () => {
    const holder = await suite.emulator.file("a/secret.txt");
    const create = suite.engine.create("c", { ...media, path: "a/secret.txt", source: { copy: { path: "a/x.txt" } } });
    await expect(create).rejects.toThrow(`is held by file ${holder.id}`);
    expect(await suite.emulator.writes()).toEqual([]);
  });

  test.each([
    [{ copy: { path: "none.txt" } }, `there is no file at "none.txt" in bucket "media"`],
    [{ copy: { id: "f_none" } }, `there is no file with the id "f_none"`],
    [{ copy: { bucket: "nope", path: "a" } }, `"nope" is missing`],
    [{ copy: { bucket: "brand", path: "none.svg" } }, `there is no file at "none.svg" in bucket "brand"`],
  ])("of %j is refused in preview", async (source, reason) => {
    const failures = await suite.engine.check("c", { ...media, path: "b/y.txt", source });
    expect(failures).toEqual([{ property: "source", reason: expect.stringContaining(reason) as string }]);
  });

  test("of another source is another file at the same path, and the old one goes", async () => {
    const held = await suite.engine.create("c", { ...media, path: "b/y.txt", source: { copy: { path: "a/x.txt" } } });
    const after = await suite.engine.update("c", held, {
      ...media,
      path: "b/y.txt",
      source: { copy: { bucket: "brand", path: "logo.svg" } },
    });
    expect(after.id).toBe(held.id);
    expect(after.outs.fileId).not.toBe(held.outs.fileId);
    expect(await contentOf("b/y.txt")).toBe("<svg/>");
    expect(await paths()).toEqual(["a/secret.txt", "a/x.txt", "b/y.txt"]);
    expect(
      (
        await suite.engine.diff("c", after, {
          ...media,
          path: "b/y.txt",
          source: { copy: { bucket: "brand", path: "logo.svg" } },
        })
      ).changes,
    ).toBe(false);
  });

  test("goes with its declaration", async () => {
    const held = await suite.engine.create("c", { ...media, path: "b/y.txt", source: { copy: { path: "a/x.txt" } } });
    await suite.newRun();
    await suite.engine.delete(held);
    expect(await paths()).toEqual(["a/secret.txt", "a/x.txt"]);
  });
});

describe("upload", () => {
  const upload = (content: Props, more: Props = {}): Props => ({
    ...media,
    path: "b/up.txt",
    source: { upload: content },
    ...more,
  });

  test("of a text, a local file and a remote file", async () => {
    mkdirSync(join(suite.folder, "files"), { recursive: true });
    writeFileSync(join(suite.folder, "files", "local.txt"), "a local file");
    const server = createServer((_request, response) => response.end("a remote file"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const uri = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/remote`;
    for (const [name, content, form] of [
      ["text.txt", "a text", { text: "a text" }],
      // Relative to the program's folder, as the program wrote it.
      ["local.txt", "a local file", { path: "files/local.txt" }],
      ["remote.txt", "a remote file", { uri }],
    ] as const) {
      const held = await suite.engine.create(name, upload(asset(content, form), { path: `up/${name}` }));
      expect(held.outs).toMatchObject({ origin: "uploaded", size: content.length, contentType: "text/plain" });
      expect(await contentOf(`up/${name}`)).toBe(content);
    }
    server.close();
    expect(await paths()).toEqual(["a/secret.txt", "a/x.txt", "up/local.txt", "up/remote.txt", "up/text.txt"]);
  });

  test("keeps the content out of state, and knows it by its hash", async () => {
    const held = await suite.engine.create("u", upload(textAsset("hush")));
    expect(JSON.stringify(held.outs)).not.toContain("hush");
    expect(held.outs.source).toMatchObject({ upload: { hash: sha256("hush") } });
    expect((await suite.engine.diff("u", held, upload(textAsset("hush")))).changes).toBe(false);
    expect((await suite.engine.diff("u", held, upload(textAsset("other")))).changes).toBe(true);
  });

  test("of a private file is never public at its own path", async () => {
    await suite.emulator.dialect({ "upload.default_visibility": "PUBLIC" });
    await suite.engine.create("u", upload(textAsset("secret"), { visibility: "PRIVATE" }));
    expect((await suite.emulator.file("b/up.txt")).visibility).toBe("PRIVATE");
    expect(await suite.emulator.writes()).toEqual(["upload", "patchFile", "moveFiles"]);
  });

  test("of another content reaches the same path, and the old file goes only then", async () => {
    const held = await suite.engine.create("u", upload(textAsset("one"), { visibility: "PRIVATE" }));
    const after = await suite.engine.update("u", held, upload(textAsset("two, longer")));
    expect(after.outs).toMatchObject({ size: 11, origin: "uploaded", visibility: "PRIVATE" });
    expect(await contentOf("b/up.txt")).toBe("two, longer");
    expect(await paths()).toEqual(["a/secret.txt", "a/x.txt", "b/up.txt"]);
    expect((await suite.emulator.writes()).at(-1)).toBe("deleteFile");
  });

  test("takes the place of a file that was adopted", async () => {
    const held = await suite.engine.create("u", { ...media, path: "a/x.txt" });
    const after = await suite.engine.update("u", held, {
      ...media,
      path: "a/x.txt",
      source: { upload: textAsset("new") },
    });
    expect(after.outs.origin).toBe("uploaded");
    expect(await contentOf("a/x.txt")).toBe("new");
    expect(await paths()).toEqual(["a/secret.txt", "a/x.txt"]);
  });

  test("that is stored with fewer bytes than were sent is not taken for whole", async () => {
    await suite.emulator.faults([{ op: "upload", kind: "partial_upload", times: 1, args: { bytes: 2 } }]);
    await expect(suite.engine.create("u", upload(textAsset("whole")))).rejects.toThrow("no whole file appeared");
    expect(await paths()).toEqual(["a/secret.txt", "a/x.txt"]);
    const held = await suite.engine.create("u", upload(textAsset("whole")));
    expect(held.outs.size).toBe(5);
  });

  test("that was cut off, before or after its effect, is not doubled", async () => {
    for (const phase of ["before", "after"]) {
      await suite.emulator.seed({ "a/x.txt": "PUBLIC" });
      await suite.newRun();
      await suite.emulator.faults([{ op: "upload", kind: "reset", phase, times: 1 }]);
      await suite.engine.create("u", upload(textAsset("once")));
      await suite.emulator.faults([]);
      expect(await paths()).toEqual(["a/x.txt", "b/up.txt"]);
      expect(await contentOf("b/up.txt")).toBe("once");
    }
  });

  test.each(["PUBLIC", "PRIVATE"])(
    "of a %s file goes on where an earlier run was killed, at any of its requests",
    async (visibility) => {
      const args = upload(textAsset("again"), { visibility });
      const other = visibility === "PUBLIC" ? "PRIVATE" : "PUBLIC";
      const operations = ["upload", "patchFile", "moveFiles"];
      await suite.emulator.dialect({ "upload.default_visibility": other });
      for (const op of operations) {
        for (const phase of ["before", "after"]) {
          await suite.emulator.seed({ "a/x.txt": "PUBLIC" });
          await suite.emulator.dialect({ "upload.default_visibility": other });
          await suite.newRun();
          // The process dies while the request is under way: what it would have answered is never known.
          await suite.emulator.faults([{ op, kind: "latency", phase, args: { ms: 60_000 } }]);
          const cut = suite.engine.create("u", args).catch(() => undefined);
          await requestOf(op);
          await suite.newRun();
          await cut;
          await suite.emulator.faults([]);
          const held = await suite.engine.create("u", args);
          expect(await suite.emulator.layout()).toEqual({ "a/x.txt": "PUBLIC", "b/up.txt": visibility });
          expect(held.outs).toMatchObject({
            path: "b/up.txt",
            visibility,
            fileId: (await suite.emulator.file("b/up.txt")).id,
          });
        }
      }
    },
  );

  test("of a new content goes on where an earlier run was killed, at any of its requests", async () => {
    for (const { op, skip } of [
      { op: "upload", skip: 0 },
      { op: "moveFiles", skip: 0 },
      { op: "moveFiles", skip: 1 },
      { op: "deleteFile", skip: 0 },
    ]) {
      for (const phase of ["before", "after"]) {
        await suite.emulator.seed({ "a/x.txt": "PUBLIC" });
        await suite.newRun();
        const held = await suite.engine.create("u", upload(textAsset("first")));
        await suite.emulator.forget();
        await suite.emulator.faults([{ op, skip, kind: "latency", phase, args: { ms: 60_000 } }]);
        const cut = suite.engine.update("u", held, upload(textAsset("the second"))).catch(() => undefined);
        await requestOf(op, skip);
        await suite.newRun();
        await cut;
        await suite.emulator.faults([]);
        const after = await suite.engine.update("u", held, upload(textAsset("the second")));
        expect(await paths()).toEqual(["a/x.txt", "b/up.txt"]);
        expect(await contentOf("b/up.txt")).toBe("the second");
        expect(after.outs.fileId).toBe((await suite.emulator.file("b/up.txt")).id);
      }
    }
  });

  test("of a new content at a new path goes on where an earlier run was killed before it deleted the old file", async () => {
    const held = await suite.engine.create("u", upload(textAsset("first")));
    await suite.emulator.forget();
    await suite.emulator.faults([{ op: "deleteFile", kind: "latency", phase: "before", args: { ms: 60_000 } }]);
    const news = { ...upload(textAsset("the second")), path: "c/new.txt" };
    const cut = suite.engine.update("u", held, news).catch(() => undefined);
    await requestOf("deleteFile");
    await suite.newRun();
    await cut;
    await suite.emulator.faults([]);
    const after = await suite.engine.update("u", held, news);
    expect(await paths()).toEqual(["a/secret.txt", "a/x.txt", "c/new.txt"]);
    expect(after.outs).toMatchObject({ origin: "uploaded", path: "c/new.txt" });
  });

  test("of a private original goes on where an earlier run was killed after it had deleted the old file", async () => {
    await suite.emulator.seed({ "a/one.txt": "PRIVATE", "a/two.txt": "PRIVATE" });
    const copy = (path: string): Props => ({
      ...media,
      path: "b/copy.txt",
      visibility: "PUBLIC",
      source: { copy: { path } },
    });
    const held = await suite.engine.create("c", copy("a/one.txt"));
    await suite.engine.update("c", held, copy("a/two.txt"));
    await suite.newRun();
    const after = await suite.engine.update("c", held, copy("a/two.txt"));
    expect(await paths()).toEqual(["a/one.txt", "a/two.txt", "b/copy.txt"]);
    expect(await contentOf("b/copy.txt")).toBe("content of a/two.txt");
    expect(after.outs.fileId).toBe((await suite.emulator.file("b/copy.txt")).id);
  });

  test("of a new content at a new path that another file holds is refused before anything is made", async () => {
    const held = await suite.engine.create("u", upload(textAsset("first")));
    const { id } = await suite.emulator.file("a/x.txt");
    await suite.emulator.forget();
    const update = suite.engine.update("u", held, { ...upload(textAsset("second")), path: "a/x.txt" });
    await expect(update).rejects.toThrow(`"a/x.txt" in bucket "media" is held by file ${id}`);
    expect(await suite.emulator.writes()).toEqual([]);
    await expect(update).rejects.toThrow("or declare both in one FileLayout");
  });

  test("of a new content that left an old file to delete is remembered by a refresh", async () => {
    const held = await suite.engine.create("u", upload(textAsset("first")));
    const old = await suite.emulator.file("a/x.txt");
    const unfinished = { ...held, outs: { ...held.outs, __replaced: old.id } };
    await suite.newRun();
    const found = await suite.engine.refresh(unfinished);
    await suite.newRun();
    await suite.engine.update("u", found!, upload(textAsset("first")));
    expect(await paths()).toEqual(["a/secret.txt", "b/up.txt"]);
  });

  test("of a new content is refused before anything is made where a stranger has the place of the moved file", async () => {
    const held = await suite.engine.create("u", upload(textAsset("first")));
    await suite.emulator.edit({ op: "move", bucket: "media", path: "b/up.txt", to: "c/up.txt" });
    await suite.emulator.edit({ op: "move", bucket: "media", path: "a/x.txt", to: "b/up.txt" });
    await suite.emulator.forget();
    await expect(suite.engine.update("u", held, upload(textAsset("second")))).rejects.toThrow("is held by file");
    expect(await suite.emulator.writes()).toEqual([]);
  });

  test("onto a public file of the same content, where it is declared private, is refused", async () => {
    await suite.emulator.seed({ "b/up.txt": { visibility: "PUBLIC", content: "12345" } });
    const create = suite.engine.create("u", upload(textAsset("12345"), { visibility: "PRIVATE" }));
    await expect(create).rejects.toThrow("is held by file");
    expect(await suite.emulator.layout()).toEqual({ "b/up.txt": "PUBLIC" });
  });

  test("onto a private file of the same size that nobody changed since it came is refused", async () => {
    await suite.emulator.seed({ "b/up.txt": { visibility: "PRIVATE", content: "12345" } });
    const { id } = await suite.emulator.file("b/up.txt");
    const create = suite.engine.create("u", upload(textAsset("54321"), { visibility: "PRIVATE" }));
    await expect(create).rejects.toThrow(`is held by file ${id}`);
  });

  test("onto a public file of the same size and another content is refused", async () => {
    await suite.emulator.seed({ "b/up.txt": { visibility: "PUBLIC", content: "12345" } });
    await suite.emulator.edit({ op: "visibility", bucket: "media", path: "b/up.txt", visibility: "PUBLIC" });
    const { id } = await suite.emulator.file("b/up.txt");
    const create = suite.engine.create("u", upload(textAsset("54321")));
    await expect(create).rejects.toThrow(`is held by file ${id}`);
  });

  test("of a file that can't be read says which, and makes nothing", async () => {
    const create = suite.engine.create("u", upload(asset("x", { path: "files/none.txt" })));
    await expect(create).rejects.toThrow(/files\/none\.txt" can't be uploaded: ENOENT/);
    expect(await suite.emulator.writes()).toEqual([]);
  });

  test("is refused in preview where it would go to another service", async () => {
    const { "mediasaur:uploadUrl": _url, ...config } = suite.emulator.config;
    await suite.newRun(config);
    const failures = await suite.engine.check("u", upload(textAsset("x")));
    expect(failures).toEqual([
      { property: "source", reason: expect.stringContaining("mediasaur:uploadUrl is not") as string },
    ]);
    // Other sources need no upload URL.
    expect(await suite.engine.check("x", { ...media, path: "a/x.txt" })).toEqual([]);
  });

  test("that fails half-way keeps what was made, and the next update finishes", async () => {
    await suite.emulator.faults([{ op: "moveFiles", kind: "status", phase: "before", args: { status: 403 } }]);
    const args = upload(textAsset("half"), { visibility: "PUBLIC" });
    const failure = (await suite.engine.create("u", args).catch((error: unknown) => error)) as StepFailed;
    expect(failure.kept?.outs).toMatchObject({ origin: "uploaded", __provider: suite.provider });
    await suite.emulator.faults([]);
    const after = await suite.engine.update("u", failure.kept!, args);
    expect(after.outs.path).toBe("b/up.txt");
    expect(await paths()).toEqual(["a/secret.txt", "a/x.txt", "b/up.txt"]);
  });
});

/** Waits until the suite.emulator has received a request of an operation, after so many others of it. */
async function requestOf(operation: string, skip = 0): Promise<void> {
  for (let look = 0; look < 500; look += 1) {
    const received = (await suite.emulator.requests()).filter((request) => request.operation === operation);
    // Phase "after" has its effect before it waits; both are under way, unanswered.
    if (received.length > skip && received.at(-1)?.status === null) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the suite.emulator never got ${operation} no. ${String(skip + 1)}`);
}
