import { managedFile } from "../support/declarations";
import type { TestEmulator } from "../support/emulator";
import { Engine, type EngineOptions } from "../support/engine";
import { Host } from "../support/host";
import { Steps } from "../support/steps";

let host: Host;
let emulator: TestEmulator;
let engine: Engine;
let ids: ReadonlyMap<string, string>;

beforeAll(async () => {
  host = await Host.open();
  ({ emulator } = host);
});

afterEach(async () => {
  await emulator.dialect({});
  await emulator.faults([]);
});

afterAll(() => host.close());

/** Adopts files where they are, as an earlier run. */
async function adopt(paths: string[]): Promise<void> {
  await emulator.seed(Object.fromEntries(paths.map((path, index) => [path, index % 2 === 0 ? "PUBLIC" : "PRIVATE"])));
  engine = new Engine(host);
  await run(paths, paths);
  ids = new Map(paths.map((path) => [path, engine.held(path).id]));
  await emulator.forget();
}

/** Each declaration, named after the path that its file had at first, has a target. Gives the errors. */
async function attempt(names: string[], targets: string[], options: EngineOptions = {}): Promise<readonly string[]> {
  const program = names.map((name, index) => managedFile(name, { path: targets[index] }));
  return (await engine.up(program, options)).errors;
}

async function run(names: string[], targets: string[], options: EngineOptions = {}): Promise<void> {
  expect(await attempt(names, targets, options)).toEqual([]);
}

/** Says which file is where now, by the name that it had at first. */
async function whereabouts(): Promise<Record<string, string>> {
  const byId = new Map((await emulator.files("media")).map((file) => [file.id, file.path]));
  return Object.fromEntries([...ids].map(([name, id]) => [name, String(byId.get(id))]));
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
    await adopt(from);
    await run(from, to);
    expect(await whereabouts()).toEqual(Object.fromEntries(from.map((path, index) => [path, to[index]])));
    expect((await emulator.files("media")).map(({ path }) => path).sort()).toEqual([...to].sort());
    for (const [index, name] of from.entries()) {
      expect(engine.held(name).outs).toMatchObject({ fileId: ids.get(name), path: to[index] });
    }
    expect(
      (await emulator.writes()).filter((operation) => operation === "deleteFile" || operation === "copyFiles"),
    ).toEqual([]);
  });

  test("neighbours swap at --parallel 1 as well, where the engine sees one resource ahead", async () => {
    await adopt(["a/1", "a/2"]);
    await run(["a/1", "a/2"], ["a/2", "a/1"], { parallel: 1 });
    expect(await whereabouts()).toEqual({ "a/1": "a/2", "a/2": "a/1" });
  });

  test("a rotation that the engine does not let the provider foresee is refused before it harms, and says what to do", async () => {
    const from = ["a/1", "a/2", "a/3", "a/4"];
    await adopt(from);
    const errors = await attempt(from, ["a/4", "a/1", "a/2", "a/3"], { parallel: 1 });
    expect(errors).toEqual([expect.stringMatching(/held by file .*--parallel/)]);
    expect(await emulator.writes()).toEqual([]);
  });

  test("a stranger at the target is refused, though others around it move", async () => {
    await adopt(["a/1", "a/2"]);
    await emulator.edit({ op: "put", bucket: "media", path: "a/3", content: "a stranger's" });
    const { id } = await emulator.file("a/3");
    const errors = await attempt(["a/1", "a/2"], ["a/2", "a/3"]);
    expect(errors.join()).toContain(`held by file ${id}`);
    expect((await emulator.file("a/3")).id).toBe(id);
  });

  test("a declared file that stays is refused by the name of its declaration", async () => {
    await adopt(["a/1", "a/2"]);
    const steps = new Steps(await host.begin(), "managed-file");
    const stays = managedFile("a/2", { path: "a/2", deletionPolicy: "DELETE" });
    await steps.diff(engine.held("a/2"), await steps.checked(stays.inputs, engine.held("a/2").inputs));
    // Without the check, which refuses a path that two declarations have.
    const update = steps.update(engine.held("a/1"), steps.sent(managedFile("a/1", { path: "a/2" }).inputs));
    await expect(update).rejects.toThrow(/It belongs to "a\/2", which stays there/);
  });

  test("what is private is at no moment public, and the other way round, as nothing is declared of it", async () => {
    await adopt(["a/1", "b/2"]);
    await run(["a/1", "b/2"], ["b/2", "a/1"]);
    expect(await emulator.layout()).toEqual({ "a/1": "PRIVATE", "b/2": "PUBLIC" });
  });

  test.each(Array.from({ length: 6 }, (_, cut) => [cut]))(
    "after a crash at write %d, the next run finishes",
    async (cut) => {
      const from = ["a/1", "a/2", "b/3"];
      const to = ["a/2", "b/3", "a/1"];
      await adopt(from);
      // The write that is cut takes effect, and nobody ever hears of it; nor of anything that would come after.
      const program = from.map((name, index) => managedFile(name, { path: to[index] }));
      expect((await engine.up(program, { kill: { at: cut, phase: "after" } })).wasKilled).toBe(true);
      await run(from, to);
      expect(await whereabouts()).toEqual({ "a/1": "a/2", "a/2": "b/3", "b/3": "a/1" });
      expect(await emulator.files("media")).toHaveLength(3);
    },
  );

  test("where a move gives a file another id, each is still found", async () => {
    const from = ["a/1", "b/2"];
    await adopt(from);
    await emulator.dialect({ "move.id": "new" });
    await run(from, ["b/2", "a/1"]);
    const files = new Map((await emulator.files("media")).map((file) => [file.path, file.id]));
    expect(from.map((name) => engine.held(name).outs.fileId)).toEqual([files.get("b/2"), files.get("a/1")]);
    expect([...files.keys()]).toEqual(["a/1", "b/2"]);
    expect((await engine.refresh()).errors).toEqual([]);
    expect(from.map((name) => engine.held(name).outs.path)).toEqual(["b/2", "a/1"]);
  });
});

describe("requests of a run", () => {
  test("that move files into one directory at the same time are put together", async () => {
    const from = Array.from({ length: 24 }, (_, index) => `in/${String(index)}`);
    await adopt(from);
    const to = from.map((path) => path.replace("in/", "sorted/"));
    // What comes while the first is under way goes together.
    await emulator.faults([{ op: "moveFiles", times: 1, kind: "latency", phase: "before", args: { ms: 500 } }]);
    await run(from, to, { parallel: 24 });
    const moves = (await emulator.requests()).filter(({ operation }) => operation === "moveFiles");
    expect((await emulator.files("media")).every(({ path }) => path.startsWith("sorted/"))).toBe(true);
    expect(moves.length).toBeLessThanOrEqual(12);
  });

  test("that were put together each get their own answer", async () => {
    const from = ["in/1", "in/2", "in/3"];
    await adopt(from);
    // Moved away by somebody else, and another file put where it is to go, after this run has looked.
    await emulator.faults([{ op: "moveFiles", kind: "status", phase: "before", times: 1, args: { status: 409 } }]);
    await attempt(from, ["out/1", "out/2", "out/3"]);
    await emulator.faults([]);
    await run(from, ["out/1", "out/2", "out/3"]);
    expect(Object.keys(await emulator.layout())).toEqual(["out/1", "out/2", "out/3"]);
  });
});
