import type { Bench, SwitchCase } from "./bench";

type Verb = "move" | "copy";

const conflicts = (verb: Verb): readonly SwitchCase[] => {
  const onto = async (bench: Bench): Promise<{ status: number; id?: string; path?: string }> => {
    await bench.put("c/one.txt", "f_held");
    const { status, body } = await bench[verb]("c");
    return { status, ...body.files?.[0] };
  };
  const at = (value: string, does: string, check: SwitchCase["check"]): SwitchCase => ({
    dialect: `${verb}.conflict=${value}`,
    does: `${does} (${verb})`,
    check,
  });
  return [
    at("409", "refuses a path that is taken, and changes nothing", async (bench) => {
      expect((await onto(bench)).status).toBe(409);
      expect(await bench.paths()).toEqual(["a/deep/x.txt", "a/one.txt", "b/two.txt", "c/one.txt"]);
    }),
    at("overwrite", "takes the place, and the other is gone", async (bench) => {
      expect(await onto(bench)).toMatchObject({ status: 200, path: "c/one.txt" });
      expect((await bench.file("f_held")).status).toBe(404);
    }),
    at("auto_rename", "finds another name", async (bench) => {
      expect((await onto(bench)).path).toBe("c/one (1).txt");
    }),
    at("duplicate", "has two files at one path", async (bench) => {
      const { id } = await onto(bench);
      expect((await bench.filtered("c/")).sort()).toEqual([String(id), "f_held"].sort());
    }),
    at("skip_silently", "says that it was done, and does nothing", async (bench) => {
      expect((await onto(bench)).status).toBe(200);
      expect((await bench.file("f_1")).body.path).toBe("a/one.txt");
      expect(await bench.filtered("c/")).toEqual(["f_held"]);
    }),
    at("version", "shows the newest at the path, and the other again once it has left", async (bench) => {
      const { id = "" } = await onto(bench);
      expect(await bench.filtered("c/")).toEqual([id]);
      expect((await bench.file("f_held")).status).toBe(200);
      await bench.move("d", id);
      expect(await bench.filtered("c/")).toEqual(["f_held"]);
      expect(await bench.filtered("d/")).toEqual([id]);
    }),
  ];
};

const answers = (verb: Verb): readonly SwitchCase[] => {
  const id = verb === "move" ? "f_1" : expect.stringMatching(/^f_/);
  const at = (value: string, does: string, check: SwitchCase["check"]): SwitchCase => ({
    dialect: `${verb}.answer=${value}`,
    does: `${does} (${verb})`,
    check,
  });
  const simply = (value: string, does: string, status: number, body: unknown): SwitchCase =>
    at(value, does, async (bench) => {
      expect(await bench[verb]("c")).toMatchObject({ status });
      await bench.emulator.reset();
      await bench.emulator.setDialect({ [`${verb}.answer`]: value });
      expect((await bench[verb]("c")).body).toEqual(body);
      expect(await bench.paths()).toContain("c/one.txt");
    });
  return [
    simply("objects", "answers the files", 200, { files: [expect.objectContaining({ id, path: "c/one.txt" })] }),
    simply("ids", "answers the ids", 200, { ids: [id] }),
    simply("count", "answers how many", 200, { count: 1 }),
    simply("empty_object", "answers an empty object", 200, {}),
    simply("204", "answers nothing", 204, ""),
    simply("207_items", "answers for each", 207, { results: [{ id, status: 200, success: true }] }),
    at("202_async:2", "accepts, and does it after so many reads", async (bench) => {
      expect((await bench[verb]("c")).status).toBe(202);
      expect((await bench.file("f_1")).body.path).toBe("a/one.txt");
      expect(await bench.filtered("c/")).toEqual([]);
      expect(await bench.filtered("c/")).toEqual([id]);
    }),
    at("202_async:300ms", "accepts, and does it after so long", async (bench) => {
      await bench[verb]("c");
      expect(await bench.paths()).not.toContain("c/one.txt");
      await bench.advance(300);
      expect(await bench.paths()).toContain("c/one.txt");
    }),
    at("202_async", "fails in silence where it can't be done any more", async (bench) => {
      await bench[verb]("c");
      await bench.remove("f_1");
      for (let n = 0; n < 3; n++) await bench.list();
      expect(await bench.paths()).toEqual(["a/deep/x.txt", "b/two.txt"]);
      expect((await bench[verb]("c", "none")).status).toBe(404);
    }),
    at("problems_map_200", "does what it can, and names the rest in a map", async (bench) => {
      const { status, body } = await bench[verb]("c", "f_1", "none");
      expect([status, body.problems]).toEqual([200, { none: 'File "none" not found' }]);
      expect(body.result).toMatchObject([{ id, path: "c/one.txt" }]);
    }),
  ];
};

const targets = (value: string, does: string, goes: Record<string, string>): SwitchCase => ({
  dialect: `copy.target=${value}`,
  does,
  check: async ({ copy }) => {
    for (const [target, path] of Object.entries(goes)) expect((await copy(target)).body.files[0].path).toBe(path);
  },
});

const roots = (value: string, does: string, empty: number, slash: number): SwitchCase => ({
  dialect: `move.root=${value}`,
  does,
  check: async ({ move, paths }) => {
    expect([(await move("", "f_1")).status, (await move("/", "f_2")).status]).toEqual([empty, slash]);
    expect((await paths()).filter((path) => !path.includes("/"))).toHaveLength(
      [empty, slash].filter((s) => s === 200).length,
    );
  },
});

/** Switches of moving and copying. */
export const bulkCases: readonly SwitchCase[] = [
  ...conflicts("move"),
  ...conflicts("copy"),
  ...answers("move"),
  ...answers("copy"),
  {
    dialect: "move.id=kept",
    does: "keeps the id of a file that moves",
    check: async ({ move }) => expect((await move("c")).body.files[0].id).toBe("f_1"),
  },
  {
    dialect: "move.id=new",
    does: "gives a file that moves another id",
    check: async ({ move, file }) => {
      expect((await move("c")).body.files[0]).toMatchObject({
        id: expect.not.stringMatching(/^f_1$/),
        path: "c/one.txt",
      });
      expect((await file("f_1")).status).toBe(404);
    },
  },
  roots("empty", "takes nothing for the root", 200, 422),
  roots("slash", "takes a slash for the root", 422, 200),
  roots("both", "takes either for the root", 200, 200),
  targets("directory", "takes a target for a folder", { "c/new.md": "c/new.md/one.txt" }),
  targets("full", "takes a target for the path", { "c/new.md": "c/new.md", d: "d" }),
  targets("by_trailing_slash", "takes a target for a folder if it ends with a slash", { "c/": "c/one.txt", d: "d" }),
  targets("by_extension", "takes a target for the path if it has an extension", { c: "c/one.txt", "c/n.md": "c/n.md" }),
  {
    dialect: "copy.visibility=inherit",
    does: "copies the visibility, too",
    check: async ({ copy }) => expect((await copy("c")).body.files[0].visibility).toBe("PRIVATE"),
  },
  {
    dialect: "copy.visibility=default",
    does: "gives copies the visibility of new files",
    check: async ({ copy }) => expect((await copy("c")).body.files[0].visibility).toBe("PUBLIC"),
  },
];
