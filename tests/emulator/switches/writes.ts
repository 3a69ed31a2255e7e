import type { Bench, SwitchCase } from "./bench";

const answering = (
  dialect: string,
  does: string,
  act: (bench: Bench) => Promise<unknown>,
  expected: unknown,
): SwitchCase => ({
  dialect,
  does,
  check: async (bench) => {
    expect(await act(bench)).toMatchObject(expected as object);
  },
});

/** Switches of uploads. */
export const uploadCases: readonly SwitchCase[] = [
  answering("upload.answer=file", "answers the file", ({ upload }) => upload("n"), {
    status: 200,
    body: { path: "n" },
  }),
  {
    dialect: "upload.answer=url_only",
    does: "answers the address and nothing else",
    check: async ({ emulator, upload }) =>
      expect((await upload("n")).body).toEqual({ url: `${emulator.baseUrl}/f/media/n` }),
  },
  answering("upload.answer=wrapped", "wraps the file", ({ upload }) => upload("n"), { body: { file: { path: "n" } } }),
  answering("upload.answer=201", "answers 201", ({ upload }) => upload("n"), { status: 201, body: { path: "n" } }),
  {
    dialect: "upload.answer=202_processing:2",
    does: "answers 202, and is processing for so many reads",
    check: async ({ upload, file, list }) => {
      const { status, body } = await upload("n");
      expect([status, body.status]).toEqual([202, "processing"]);
      expect((await file(body.id)).body.status).toBe("processing");
      expect((await list()).at(-1)?.status).toBe("processing");
      expect((await file(body.id)).body.status).toBe("ready");
      expect((await file("f_1")).body.status).toBe("ready");
    },
  },
  {
    dialect: "upload.conflict=overwrite_keep_id",
    does: "overwrites, and keeps the id",
    check: async ({ upload, file }) => {
      expect((await upload("b/two.txt", "newer")).body.id).toBe("f_2");
      expect((await file("f_2")).body.size).toBe(5);
    },
  },
  {
    dialect: "upload.conflict=overwrite_new_id",
    does: "overwrites with another id",
    check: async ({ upload, file, paths }) => {
      expect((await upload("b/two.txt")).body.id).not.toBe("f_2");
      expect((await file("f_2")).status).toBe(404);
      expect(await paths()).toHaveLength(3);
    },
  },
  answering("upload.conflict=409", "refuses", ({ upload }) => upload("b/two.txt"), { status: 409 }),
  answering("upload.conflict=auto_rename", "finds another name", ({ upload }) => upload("b/two.txt"), {
    body: { path: "b/two (1).txt" },
  }),
  {
    dialect: "upload.conflict=duplicate",
    does: "has two files at one path",
    check: async ({ upload, filtered }) => {
      const { id } = (await upload("b/two.txt")).body;
      expect(await filtered("b/")).toEqual(["f_2", id]);
    },
  },
  {
    dialect: "upload.conflict=version",
    does: "shows the newest at the path, and the older one again once that has gone",
    check: async ({ emulator, upload, filtered, file, remove }) => {
      const { id } = (await upload("b/two.txt", "second")).body;
      const newest = (await upload("b/two.txt", "third!!")).body;
      expect(await filtered("b/")).toEqual([newest.id]);
      expect((await file("f_2")).body).toMatchObject({ path: "b/two.txt", size: 2 });
      expect(await (await fetch(`${emulator.baseUrl}/f/media/b/two.txt`)).text()).toBe("third!!");
      expect((await emulator.state("media")).files.at(-1)).toMatchObject({
        id: newest.id,
        older_versions: ["f_2", id],
      });
      await remove(id);
      expect(await filtered("b/")).toEqual([newest.id]);
      await remove(newest.id);
      expect(await filtered("b/")).toEqual(["f_2"]);
    },
  },
  answering("upload.bucket_field=form_bucket", "takes the bucket from the form", ({ upload }) => upload("n"), {
    status: 200,
  }),
  answering("upload.bucket_field=query", "takes the bucket from the query only", ({ upload }) => upload("n"), {
    status: 422,
  }),
  {
    dialect: "upload.bucket_field=token_only",
    does: "takes uploads with a token only",
    check: async ({ upload, token, uploadWith }) => {
      expect((await upload("n")).status).toBe(403);
      expect((await uploadWith(await token("n"), "n")).status).toBe(200);
    },
  },
  answering("upload.default_visibility=PUBLIC", "makes files public", ({ upload }) => upload("n"), {
    body: { visibility: "PUBLIC" },
  }),
  answering("upload.default_visibility=PRIVATE", "makes files private", ({ upload }) => upload("n"), {
    body: { visibility: "PRIVATE" },
  }),
  ...[
    ["one_shot", "takes a token once", 401],
    ["reusable", "takes a token again", 200],
  ].map(([value, does, status]): SwitchCase => ({
    dialect: `upload.token=${String(value)}`,
    does: String(does),
    check: async ({ token, uploadWith }) => {
      const given = await token("n");
      expect((await uploadWith(given, "n")).status).toBe(200);
      expect((await uploadWith(given, "n")).status).toBe(status);
    },
  })),
  {
    dialect: "upload.token_prefix=token_",
    does: "begins tokens with token_",
    check: async ({ token }) => expect(await token("n")).toMatch(/^token_eyJ/),
  },
  {
    dialect: "upload.token_prefix=bare_jwt",
    does: "gives tokens without a prefix",
    check: async ({ token, uploadWith }) => {
      const given = await token("n");
      expect(given).toMatch(/^eyJ/);
      expect((await uploadWith(given, "n")).status).toBe(200);
    },
  },
];

/** Switches of patches and deletions. */
export const patchCases: readonly SwitchCase[] = [
  answering("patch.path=full", "takes a path with the name", ({ patch }) => patch("f_1", { path: "d/n.txt" }), {
    body: { path: "d/n.txt" },
  }),
  answering("patch.path=directory", "takes a path for a folder", ({ patch }) => patch("f_1", { path: "d" }), {
    body: { path: "d/one.txt" },
  }),
  answering("patch.path=rejected_400", "takes no path", ({ patch }) => patch("f_1", { path: "d" }), { status: 400 }),
  answering("patch.name=renames_path", "renames the path", ({ patch }) => patch("f_1", { name: "n.txt" }), {
    body: { name: "n.txt", path: "a/n.txt" },
  }),
  answering("patch.name=label_only", "changes what is shown", ({ patch }) => patch("f_1", { name: "n.txt" }), {
    body: { name: "n.txt", path: "a/one.txt" },
  }),
  answering(
    "patch.name=without_extension",
    "adds the extension itself",
    ({ patch }) => patch("f_1", { name: "n.md" }),
    {
      body: { name: "n.md.txt", path: "a/n.md.txt" },
    },
  ),
  answering("patch.answer=object", "answers the file", ({ patch }) => patch("f_1", { name: "n" }), {
    body: { size: 1 },
  }),
  {
    dialect: "patch.answer=partial_object",
    does: "answers what has changed",
    check: async ({ patch }) => expect((await patch("f_1", { name: "n" })).body).toEqual({ id: "f_1", name: "n" }),
  },
  {
    dialect: "patch.answer=success",
    does: "answers that it is done",
    check: async ({ patch }) => expect((await patch("f_1", { name: "n" })).body).toEqual({ success: true }),
  },
  answering("patch.answer=204", "answers nothing", ({ patch }) => patch("f_1", { name: "n" }), {
    status: 204,
    body: "",
  }),
  {
    dialect: "patch.multi=atomic",
    does: "changes all or nothing",
    check: async ({ patch, file }) => {
      expect((await patch("f_1", { path: "b/two.txt", visibility: "PUBLIC" })).status).toBe(409);
      expect((await file("f_1")).body.visibility).toBe("PRIVATE");
    },
  },
  {
    dialect: "patch.multi=partial_then_error",
    does: "changes one of several, and fails",
    check: async ({ patch, file }) => {
      expect((await patch("f_1", { name: "n.txt", visibility: "PUBLIC" })).status).toBe(500);
      expect((await file("f_1")).body).toMatchObject({ path: "a/n.txt", visibility: "PRIVATE" });
      expect((await patch("f_1", { visibility: "PUBLIC" })).status).toBe(200);
    },
  },
  answering("delete.answer=204", "answers nothing", ({ remove }) => remove("f_1"), { status: 204, body: "" }),
  answering("delete.answer=200_success", "answers that it is done", ({ remove }) => remove("f_1"), {
    status: 200,
    body: { success: true },
  }),
  answering("delete.answer=200_object", "answers the file", ({ remove }) => remove("f_1"), { body: { id: "f_1" } }),
  answering("delete.answer=202", "accepts", ({ remove }) => remove("f_1"), { status: 202 }),
  {
    dialect: "delete.kind=hard",
    does: "leaves nothing",
    check: async ({ remove, file, paths }) => {
      await remove("f_1");
      expect((await file("f_1")).status).toBe(404);
      expect(await paths()).not.toContain("a/one.txt");
    },
  },
  {
    dialect: "delete.kind=soft_gone_marker",
    does: "still answers the file, with a mark; its path is free",
    check: async ({ remove, file, listed, paths, upload }) => {
      await remove("f_1");
      expect(await file("f_1")).toMatchObject({ status: 200, body: { id: "f_1", deleted_at: expect.any(String) } });
      expect(await listed()).not.toContain("f_1");
      expect(await paths()).not.toContain("a/one.txt");
      expect((await remove("f_1")).status).toBe(404);
      expect((await upload("a/one.txt")).body.id).not.toBe("f_1");
    },
  },
  {
    dialect: "delete.kind=lag:2",
    does: "still has the file for so many reads",
    check: async ({ remove, file, listed, paths }) => {
      expect((await remove("f_1")).status).toBe(204);
      expect((await remove("f_1")).status).toBe(404);
      expect((await file("f_1")).status).toBe(200);
      expect(await listed()).toContain("f_1");
      expect((await file("f_1")).status).toBe(404);
      expect(await paths()).not.toContain("a/one.txt");
    },
  },
  {
    dialect: "delete.kind=lag:1000ms",
    does: "still has the file for so long",
    check: async ({ remove, file, advance }) => {
      await remove("f_1");
      expect((await file("f_1")).status).toBe(200);
      await advance(1000);
      expect((await file("f_1")).status).toBe(404);
    },
  },
  ...[404, 200].map((status): SwitchCase => ({
    dialect: `delete.repeat=${String(status)}`,
    does: `answers a second time with ${String(status)}`,
    check: async ({ remove }) => {
      expect((await remove("f_1")).status).toBe(204);
      expect((await remove("f_1")).status).toBe(status);
      expect((await remove("none")).status).toBe(404);
    },
  })),
];

/** Switches of how paths are spelled. */
export const pathCases: readonly SwitchCase[] = [
  {
    dialect: "path.case=sensitive",
    does: "tells apart what differs in case",
    check: async ({ upload, paths }) => {
      await upload("B/Two.txt");
      expect(await paths()).toEqual(["B/Two.txt", "a/deep/x.txt", "a/one.txt", "b/two.txt"]);
    },
  },
  {
    dialect: "path.case=insensitive_preserving",
    does: "does not tell apart what differs in case, and keeps the spelling",
    check: async ({ upload, patch, filtered, paths }) => {
      expect((await upload("B/Two.txt")).body).toMatchObject({ id: "f_2", path: "b/two.txt" });
      expect((await patch("f_1", { path: "B/TWO.txt" })).status).toBe(409);
      expect((await patch("f_1", { name: "One.txt" })).body.path).toBe("a/One.txt");
      expect(await filtered("A/ONE")).toEqual(["f_1"]);
      expect(await paths()).toEqual(["a/One.txt", "a/deep/x.txt", "b/two.txt"]);
    },
  },
  {
    dialect: "path.case=lowercased",
    does: "writes every path in lower case",
    check: async ({ upload, patch, move }) => {
      expect((await upload("N/Ä.TXT")).body.path).toBe("n/ä.txt");
      expect((await patch("f_1", { name: "One.TXT" })).body.path).toBe("a/one.txt");
      expect((await move("New")).body.files[0].path).toBe("new/one.txt");
    },
  },
  ...(
    [
      ["none", "leaves names as they are", "a b%20c.txt", "a b%20c.txt"],
      ["spaces_to_underscore", "writes underscores for spaces", "a b c.txt", "a_b_c.txt"],
      ["nfc", "composes characters", "e\u0301.txt", "\u00e9.txt"],
      ["percent_decoded", "decodes what is escaped", "a%20b%2Fc.txt", "a b/c.txt"],
    ] as const
  ).map(([value, does, given, stored]): SwitchCase => ({
    dialect: `path.sanitise=${value}`,
    does,
    check: async ({ upload, paths, token, uploadWith }) => {
      expect((await upload(given)).body.path).toBe(stored);
      expect(await paths()).toContain(stored);
      expect((await uploadWith(await token(given), given)).status).toBe(200);
      expect((await upload("a/../b")).status).toBe(422);
    },
  })),
];
