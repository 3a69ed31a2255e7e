import { type Props } from "../support/plugin";
import { Suite, type Held } from "./support";

const suite = Suite.declare();

const args = (path: string, more: Props = {}): Props => ({ bucket: "media", path, ...more });

/** Adopts files where they are, as an earlier run. */
async function adopt(paths: string[]): Promise<Held[]> {
  await suite.emulator.seed(
    Object.fromEntries(paths.map((path, index) => [path, index % 2 === 0 ? "PUBLIC" : "PRIVATE"])),
  );
  await suite.newRun();
  const held = await Promise.all(paths.map((path) => suite.engine.create(path, args(path))));
  await suite.emulator.forget();
  await suite.newRun();
  return held;
}

/**
 * Updates resources the way the engine does: checks and diffs pass one after the other, in order; updates run side by
 * side, and no more than `ahead` diffs are seen before the first update starts.
 */
async function updateAll(held: Held[], targets: string[], ahead: number): Promise<Held[]> {
  const updates: Promise<Held>[] = [];
  const results: Promise<Held>[] = [];
  const start = (index: number): void => {
    const one = held[index]!;
    const inputs = suite.engine.inputs(String(one.inputs.path), args(targets[index]!));
    const update = suite.plugin.update(one.id, one.outs, inputs).then((outs) => ({ id: one.id, inputs, outs }));
    updates.push(update);
    results.push(update);
    update.catch(() => undefined);
  };
  const waiting: number[] = [];
  for (const [index, one] of held.entries()) {
    const name = String(one.inputs.path);
    const { changes } = await suite.engine.diff(name, one, args(targets[index]!));
    if (changes) waiting.push(index);
    else results.push(Promise.resolve(one));
    while (waiting.length > ahead) start(waiting.shift()!);
    // With nothing ahead, the engine does one update after the other.
    if (ahead <= 1) await Promise.allSettled(updates.slice(0, -1));
  }
  for (const index of waiting) start(index);
  return Promise.all(results);
}

/** Says which file is where now, by the name that it had at first. */
async function whereabouts(held: Held[]): Promise<Record<string, string>> {
  const byId = new Map((await suite.emulator.files("media")).map((file) => [file.id, file.path]));
  return Object.fromEntries(held.map((one) => [String(one.inputs.path), String(byId.get(one.id))]));
}

describe("files that trade places", () => {
  test.each([
    ["a swap of two in one directory", ["a/1", "a/2"], ["a/2", "a/1"]],
    ["a swap of two across directories", ["a/1", "b/2"], ["b/2", "a/1"]],
    ["a swap of two with one name", ["a/1", "b/1"], ["b/1", "a/1"]],
    ["a chain", ["a/1", "a/2", "a/3"], ["a/2", "a/3", "a/4"]],
    ["a cycle of three", ["a/1", "a/2", "a/3"], ["a/2", "a/3", "a/1"]],
    [
      "a cycle of six through three directories",
      ["a/1", "a/2", "b/1", "b/2", "c/1", "c/2"],
      ["b/2", "c/1", "a/1", "c/2", "a/2", "b/1"],
    ],
    ["two swaps at once", ["a/1", "a/2", "b/1", "b/2"], ["b/1", "b/2", "a/1", "a/2"]],
  ])("%s: each ends where it is declared, in one run", async (_what, from, to) => {
    const held = await adopt(from);
    const after = await updateAll(held, to, 8);
    expect(await whereabouts(held)).toEqual(Object.fromEntries(from.map((path, index) => [path, to[index]])));
    expect((await suite.emulator.files("media")).map(({ path }) => path).sort()).toEqual([...to].sort());
    for (const [index, one] of after.entries()) {
      expect(one.outs).toMatchObject({ fileId: one.id, path: to[after.indexOf(after[index]!)] ? one.inputs.path : "" });
    }
    expect(
      (await suite.emulator.writes()).filter((operation) => operation === "deleteFile" || operation === "copyFiles"),
    ).toEqual([]);
  });

  test("neighbours swap at --parallel 1 as well, where the engine sees one resource ahead", async () => {
    const held = await adopt(["a/1", "a/2"]);
    await updateAll(held, ["a/2", "a/1"], 1);
    expect(await whereabouts(held)).toEqual({ "a/1": "a/2", "a/2": "a/1" });
  });

  test("a rotation that the engine does not let the provider foresee is refused before it harms, and says what to do", async () => {
    const held = await adopt(["a/1", "a/2", "a/3", "a/4"]);
    const inputs = suite.engine.inputs("a/1", args("a/4"));
    await suite.engine.diff("a/1", held[0]!, args("a/4"));
    const update = suite.plugin.update(held[0]!.id, held[0]!.outs, inputs);
    await expect(update).rejects.toThrow(/held by file .*--parallel/);
    expect(await suite.emulator.writes()).toEqual([]);
  });

  test("a stranger at the target is refused, though others around it move", async () => {
    const held = await adopt(["a/1", "a/2"]);
    await suite.emulator.edit({ op: "put", bucket: "media", path: "a/3", content: "a stranger's" });
    const { id } = await suite.emulator.file("a/3");
    await expect(updateAll(held, ["a/2", "a/3"], 8)).rejects.toThrow(`held by file ${id}`);
    expect((await suite.emulator.file("a/3")).id).toBe(id);
  });

  test("a declared file that stays is refused by the name of its declaration", async () => {
    const held = await adopt(["a/1", "a/2"]);
    await suite.engine.check("a/2", args("a/2", { deletionPolicy: "DELETE" }), held[1]!.inputs);
    await suite.engine.diff("a/2", held[1]!, args("a/2", { deletionPolicy: "DELETE" }));
    const inputs = suite.engine.inputs("a/1", args("a/2"));
    await expect(suite.plugin.update(held[0]!.id, held[0]!.outs, inputs)).rejects.toThrow(
      /It belongs to "a\/2", which stays there/,
    );
  });

  test("what is private is at no moment public, and the other way round, as nothing is declared of it", async () => {
    const held = await adopt(["a/1", "b/2"]);
    await updateAll(held, ["b/2", "a/1"], 8);
    expect(await suite.emulator.layout()).toEqual({ "a/1": "PRIVATE", "b/2": "PUBLIC" });
  });

  test.each(Array.from({ length: 6 }, (_, cut) => [cut]))(
    "after a crash at write %d, the next run finishes",
    async (cut) => {
      const from = ["a/1", "a/2", "b/3"];
      const to = ["a/2", "b/3", "a/1"];
      const held = await adopt(from);
      // The write that is cut takes effect, and nobody ever hears of it; nor of anything that would come after.
      await suite.emulator.faults([
        {
          op: "*",
          // Writes only: what is read is asked for without a body.
          match: { header: { "content-type": "application/json" } },
          skip: cut,
          kind: "latency",
          phase: "after",
          args: { ms: 60_000 },
        },
      ]);
      const run = updateAll(held, to, 8).catch(() => undefined);
      await writesUnderWay(cut + 1);
      await suite.newRun();
      await run;
      await suite.emulator.faults([]);
      await updateAll(held, to, 8);
      expect(await whereabouts(held)).toEqual({ "a/1": "a/2", "a/2": "b/3", "b/3": "a/1" });
      expect(await suite.emulator.files("media")).toHaveLength(3);
    },
  );

  test("where a move gives a file another id, each is still found", async () => {
    const from = ["a/1", "b/2"];
    const held = await adopt(from);
    await suite.emulator.dialect({ "move.id": "new" });
    const after = await updateAll(held, ["b/2", "a/1"], 8);
    const files = new Map((await suite.emulator.files("media")).map((file) => [file.path, file.id]));
    expect(after.map(({ outs }) => outs.fileId)).toEqual(after.map(({ outs }) => files.get(String(outs.path))));
    expect([...files.keys()]).toEqual(["a/1", "b/2"]);
    await suite.newRun();
    for (const one of after) expect((await suite.engine.refresh(one))?.outs.path).toBe(one.inputs.path);
    await suite.emulator.dialect({ "move.id": "kept" });
  });
});

describe("requests of a run", () => {
  test("that move files into one directory at the same time are put together", async () => {
    const from = Array.from({ length: 24 }, (_, index) => `in/${String(index)}`);
    const held = await adopt(from);
    await updateAll(
      held,
      from.map((path) => path.replace("in/", "sorted/")),
      24,
    );
    const moves = (await suite.emulator.requests()).filter(({ operation }) => operation === "moveFiles");
    expect((await suite.emulator.files("media")).every(({ path }) => path.startsWith("sorted/"))).toBe(true);
    expect(moves.length).toBeLessThanOrEqual(12);
  });

  test("that were put together each get their own answer", async () => {
    const held = await adopt(["in/1", "in/2", "in/3"]);
    // Moved away by somebody else, and another file put where it is to go, after this run has looked.
    await suite.emulator.faults([
      { op: "moveFiles", kind: "status", phase: "before", times: 1, args: { status: 409 } },
    ]);
    await updateAll(held, ["out/1", "out/2", "out/3"], 8).catch(() => undefined);
    await suite.emulator.faults([]);
    await suite.newRun();
    await updateAll(held, ["out/1", "out/2", "out/3"], 8);
    expect(Object.keys(await suite.emulator.layout())).toEqual(["out/1", "out/2", "out/3"]);
  });
});

/** Waits until so many writes have reached the emulator, and one of them waits for its answer. */
async function writesUnderWay(count: number): Promise<void> {
  for (let look = 0; look < 500; look += 1) {
    const writes = (await suite.emulator.requests()).filter(({ method }) => method !== "GET");
    if (writes.length >= count && writes.some(({ status }) => status === null)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the emulator never had write no. ${String(count)} under way`);
}
