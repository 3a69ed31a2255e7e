import type { FaultCase } from "./bench";

const pages = async (
  list: (query: string) => Promise<string[]>,
  paths: readonly string[] = ["&limit=2", "&limit=2&offset=2"],
): Promise<string[][]> => {
  const seen = [];
  for (const query of paths) seen.push(await list(query));
  return seen;
};

const drift = (args: Record<string, unknown>, does: string, expected: unknown): FaultCase => ({
  kind: "page_drift",
  args,
  does,
  check: async (bench) => {
    await bench.inject("*", { skip: 1, times: 1 });
    expect(await pages(bench.listed)).toEqual(expected);
    expect(await bench.hits()).toBe(1);
  },
});

const partial = (form: string, does: string, status: number, body: unknown): FaultCase => ({
  kind: "partial_bulk",
  args: { index: 0, form },
  does,
  check: async (bench) => {
    await bench.inject("*");
    expect(await bench.move("b", "f_1", "f_2")).toMatchObject({ status, body });
    expect(await bench.paths()).toEqual(["a/1.txt", "a/3.txt", "b/2.txt"]);
    expect((await bench.copy("c", "f_1", "f_2")).status).toBe(status);
    expect(await bench.filtered("c/")).toHaveLength(1);
  },
});

/** Faults of what happens, and of what is seen of it. */
export const effectCases: readonly FaultCase[] = [
  {
    kind: "stale_list",
    does: "knows nothing of the last write, for as many lists as asked",
    check: async (bench) => {
      await bench.inject("listFiles", { times: 2 });
      await bench.remove("f_1");
      const { id } = (await bench.upload("n.txt")).body;
      const seen = [await bench.listed(), await bench.listed(), await bench.listed()];
      expect(seen).toEqual([
        ["f_2", "f_3"],
        ["f_2", "f_3"],
        ["f_2", "f_3", id],
      ]);
    },
  },
  {
    kind: "stale_list",
    args: { writes: 3 },
    does: "knows nothing of the last writes: shows deleted files, old places, no new ones",
    check: async (bench) => {
      await bench.remove("f_1");
      await bench.move("b", "f_2");
      await bench.upload("n.txt");
      await bench.inject("listFiles");
      expect((await bench.list()).map(({ path }) => path)).toEqual(["a/1.txt", "a/2.txt", "a/3.txt"]);
      expect(await bench.filtered("b/")).toEqual([]);
      expect((await bench.file("f_1")).status).toBe(404);
    },
  },
  ...["stale_list", "stale_get"].flatMap((kind): FaultCase[] =>
    (
      [
        ["created", "a/neu.txt", [404, 200, 404]],
        ["changed", "a/2.txt", [200, 200, 404]],
        ["deleted", "a/neu.txt", [200, 200, 200]],
      ] as const
    ).map(([only, path, statuses]) => ({
      kind,
      args: { writes: 3, only },
      does: `is behind with what was ${only} only`,
      check: async (bench) => {
        await bench.remove("f_1");
        await bench.patch("f_2", { name: "neu.txt" });
        const { id } = (await bench.upload("n.txt")).body;
        await bench.inject("*");
        if (kind === "stale_get") {
          expect(await bench.statuses(...[id, "f_2", "f_1"].map((one: string) => () => bench.file(one)))).toEqual(
            statuses,
          );
          expect((await bench.file("f_2")).body.path).toBe(path);
          return;
        }
        const rows = await bench.list();
        expect([id, "f_2", "f_1"].map((one: string) => (rows.some((row) => row.id === one) ? 200 : 404))).toEqual(
          statuses,
        );
        expect(rows.find((row) => row.id === "f_2")?.path).toBe(path);
      },
    })),
  ),
  {
    kind: "stale_list",
    args: { ms: 5000 },
    does: "knows nothing of what was written of late",
    check: async (bench) => {
      await bench.remove("f_1");
      await bench.inject("listFiles");
      expect(await bench.listed()).toHaveLength(3);
      await bench.advance(5000);
      expect(await bench.listed()).toHaveLength(2);
    },
  },
  {
    kind: "stale_get",
    does: "answers 404 for a new file, the old one after a change, a deleted one as though it were there",
    check: async (bench) => {
      const { id } = (await bench.upload("n.txt")).body;
      await bench.patch("f_2", { name: "neu.txt" });
      await bench.remove("f_1");
      await bench.inject("getFile", { times: 4 });
      expect((await bench.file(id)).status).toBe(404);
      expect((await bench.file("f_2")).body.path).toBe("a/2.txt");
      expect((await bench.file("f_1")).status).toBe(200);
      expect((await bench.file("f_3")).status).toBe(200);
      const after = await bench.statuses(...[id, "f_2", "f_1"].map((one: string) => () => bench.file(one)));
      expect(after).toEqual([200, 200, 404]);
    },
  },
  {
    kind: "page_drift",
    args: { form: "insert" },
    does: "has a file come before the next page, so that one is seen twice",
    check: async (bench) => {
      await bench.inject("listFiles", { skip: 1, times: 1 });
      expect(await pages(bench.listed)).toEqual([
        ["f_1", "f_2"],
        ["f_2", "f_3"],
      ]);
      expect(await bench.paths()).toContain("!drift-1.txt");
    },
  },
  {
    kind: "page_drift",
    args: { form: "delete" },
    does: "has a file go before the next page, so that one is not seen",
    check: async (bench) => {
      await bench.inject("listFiles", { skip: 1, times: 1 });
      expect(await pages(bench.listed)).toEqual([["f_1", "f_2"], []]);
      expect(await bench.paths()).toEqual(["a/2.txt", "a/3.txt"]);
    },
  },
  drift({ form: "ignore_offset" }, "gives the first page again", [
    ["f_1", "f_2"],
    ["f_1", "f_2"],
  ]),
  drift({ form: "repeat_page" }, "gives the page before", [
    ["f_1", "f_2"],
    ["f_1", "f_2"],
  ]),
  {
    kind: "page_drift",
    args: { form: "shrink_limit", limit: 1 },
    does: "gives fewer rows than were asked for",
    check: async (bench) => {
      await bench.inject("listFiles");
      expect(await pages(bench.listed)).toEqual([["f_1"], ["f_3"]]);
    },
  },
  partial("207", "tells of the one that is left out", 207, {
    results: [{ id: "f_1", success: false }, { success: true }],
  }),
  partial("200_errors", "tells of it in a 200", 200, { files: [{ id: "f_2" }], errors: [{ id: "f_1" }] }),
  partial("silent", "does not tell of it", 200, { files: [{ id: "f_2" }] }),
  {
    kind: "foreign_writer",
    does: "creates a file where the request wants to put one, so that it comes second",
    check: async (bench) => {
      await bench.inject("*", { times: 4 });
      expect((await bench.move("b", "f_1")).status).toBe(409);
      expect((await bench.patch("f_1", { name: "n.txt" })).status).toBe(409);
      expect((await bench.copy("c", "f_1")).status).toBe(409);
      expect((await bench.upload("u.txt")).status).toBe(200);
      expect(await bench.paths()).toEqual(["a/1.txt", "a/2.txt", "a/3.txt", "a/n.txt", "b/1.txt", "c/1.txt", "u.txt"]);
    },
  },
  {
    kind: "foreign_writer",
    args: { do: "delete" },
    does: "deletes the file that the request names",
    check: async (bench) => {
      await bench.inject("patchFile", { times: 1 });
      expect((await bench.patch("f_1", { visibility: "PRIVATE" })).status).toBe(404);
      expect(await bench.paths()).toEqual(["a/2.txt", "a/3.txt"]);
    },
  },
  {
    kind: "foreign_writer",
    args: { do: "move", to: "x/away.txt" },
    does: "moves the file that the request names",
    check: async (bench) => {
      await bench.inject("patchFile");
      expect((await bench.patch("f_1", { name: "n.txt" })).body.path).toBe("x/n.txt");
    },
  },
  {
    kind: "foreign_writer",
    args: { do: "create", path: "a/2b.txt", id: "f_foreign", content: "theirs", visibility: "PRIVATE" },
    does: "creates the file that it is told to",
    check: async (bench) => {
      await bench.inject("listFiles");
      expect(await bench.listed()).toEqual(["f_1", "f_2", "f_3", "f_foreign"]);
      expect((await bench.file("f_foreign")).body).toMatchObject({ size: 6, visibility: "PRIVATE" });
    },
  },
  {
    kind: "foreign_writer",
    args: { do: "delete", path: "nowhere.txt" },
    does: "lets the request go on where there is nothing to delete",
    check: async (bench) => {
      await bench.inject("*");
      expect((await bench.file("f_1")).status).toBe(200);
      expect((await bench.get("/buckets")).status).toBe(200);
    },
  },
];
