import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TestEmulator } from "../../support/emulator";
import { FileStack } from "./support";

let emulator: TestEmulator;
let notes = "";

beforeAll(async () => {
  emulator = await TestEmulator.start();
});
beforeEach(() => {
  notes = mkdtempSync(join(tmpdir(), "mediasaur-notes-"));
});
afterEach(() => {
  rmSync(notes, { recursive: true });
});
afterAll(() => emulator.close());

const adopt = (path: string, from: string, more: object = {}): Record<string, unknown> => ({
  path,
  source: { adopt: { path: from } },
  ...more,
});

describe("an adoption by path", () => {
  test("of a file that is not there takes no stranger's at the declared path, and names both paths", async () => {
    await emulator.seed({ "site/img/logo.svg": "PRIVATE" });
    const stack = new FileStack(emulator, notes);
    const { a } = await stack.up({ a: adopt("site/img/logo.svg", "incoming/x.svg", { visibility: "PUBLIC" }) });
    expect(a).toMatch(/there is no file at "incoming\/x\.svg".*"site\/img\/logo\.svg" is held by file/);
    expect(await emulator.layout()).toEqual({ "site/img/logo.svg": "PRIVATE" });
    expect(await emulator.writes()).toEqual([]);
  });

  test("that was brought to its place by a run whose state is lost is taken over there", async () => {
    await emulator.seed({ "incoming/x.svg": "PRIVATE" });
    const program = { a: adopt("site/img/logo.svg", "incoming/x.svg", { visibility: "PUBLIC" }) };
    const { id } = await emulator.file("incoming/x.svg");
    expect(await new FileStack(emulator, notes).up(program)).toEqual({});
    await emulator.forget();
    const again = new FileStack(emulator, notes);
    expect(await again.up(program)).toEqual({});
    expect(again.held.get("a")?.state.fileId).toBe(id);
    expect(await emulator.writes()).toEqual([]);
  });

  test.each([1, 8])("from the place that another takes in the same up ends right (parallel %i)", async (parallel) => {
    await emulator.seed({ "4.txt": "PRIVATE", "b/4.txt": "PRIVATE" });
    const four = (await emulator.file("4.txt")).id;
    const program = { m4: adopt("b/4.txt", "4.txt"), m0: adopt("c/4.txt", "b/4.txt") };
    const stack = new FileStack(emulator, notes);
    // At parallel 1 the second declaration shows only when the first has given up.
    const first = await stack.up(program, parallel);
    if (parallel > 1) expect(first).toEqual({});
    expect(await stack.up(program, parallel)).toEqual({});
    expect(Object.keys(await emulator.layout())).toEqual(["b/4.txt", "c/4.txt"]);
    expect((await emulator.file("b/4.txt")).id).toBe(four);
  });

  test("whose file another had parked when the run was killed is found where it was parked", async () => {
    await emulator.seed({ "4.txt": "PRIVATE", "b/4.txt": "PRIVATE" });
    const program = { m4: adopt("b/4.txt", "4.txt"), m0: adopt("c/4.txt", "b/4.txt") };
    const stack = new FileStack(emulator, notes);
    // m0's own requests are lost: those that move the file that is parked.
    const { id } = await emulator.file("b/4.txt");
    await emulator.faults([
      { op: "moveFiles", kind: "status", args: { status: 503 }, skip: 1, times: 500, match: { bucket: "media" } },
    ]);
    await stack.up(program);
    await emulator.faults([]);
    stack.held.delete("m0");
    expect(await stack.up(program)).toEqual({});
    expect((await emulator.file("c/4.txt")).id).toBe(id);
    expect(Object.keys(await emulator.layout())).toEqual(["b/4.txt", "c/4.txt"]);
  });

  test("that changes directory and name is found on its way, wherever it was cut off", async () => {
    for (let cut = 1; cut < 4; cut += 1) {
      await emulator.seed({ "in/a.txt": "PUBLIC" });
      const { id } = await emulator.file("in/a.txt");
      const program = { a: adopt("site/b.txt", "in/a.txt", { visibility: "PRIVATE" }) };
      await emulator.faults([
        { op: "moveFiles", kind: "status", args: { status: 400 }, skip: cut - 1, times: 500 },
        { op: "patchFile", kind: "status", args: { status: 400 }, skip: cut - 1, times: 500 },
      ]);
      await new FileStack(emulator, notes).up(program);
      await emulator.faults([]);
      const stack = new FileStack(emulator, notes);
      expect(await stack.up(program)).toEqual({});
      expect(await emulator.layout()).toEqual({ "site/b.txt": "PRIVATE" });
      expect((await emulator.file("site/b.txt")).id).toBe(id);
    }
  });
});

test("200 files that are adopted, moved and published take at most 3.5 requests each, and moved again 3", async () => {
  const names = Array.from({ length: 200 }, (_, index) => String(index));
  await emulator.seed(Object.fromEntries(names.map((name) => [`in/${name}.txt`, "PRIVATE"])));
  const program = (folder: string): Record<string, Record<string, unknown>> =>
    Object.fromEntries(
      names.map((name) => [`m${name}`, adopt(`${folder}/${name}.txt`, `in/${name}.txt`, { visibility: "PUBLIC" })]),
    );
  const stack = new FileStack(emulator, notes);
  expect(await stack.up(program("site"))).toEqual({});
  const adopted = (await emulator.requests()).length;
  await emulator.forget();
  expect(await stack.up(program("other"))).toEqual({});
  const moved = (await emulator.requests()).length;
  expect({ adopted: adopted / 200 <= 3.5, moved: moved / 200 <= 3 }).toEqual({ adopted: true, moved: true });
  process.stderr.write(`requests a file: adopted ${String(adopted / 200)}, moved ${String(moved / 200)}\n`);
});
