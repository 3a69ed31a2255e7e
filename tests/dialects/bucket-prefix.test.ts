import type { Host } from "../support/host";
import { openBench } from "./bench";
import { ManagedFiles } from "./managed-files";
import type { Program } from "./program";

// `media/a/x.txt` in bucket `media` may be `a/x.txt`, or lie in a directory of the bucket's name. Where every file is private no
// address tells which, and the wrong reading would be drift that is not there, or a file that is not found.

let bench: Host;

beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const filters = ["string_prefix", "dir_recursive", "dir_one_level", "needs_trailing_slash", "rejects_trailing_slash"];

describe.each([
  ["with the bucket's name in front", "bucket_prefixed", ""],
  ["as they are, in a directory of the bucket's name", "full", "media/"],
])("paths written %s", (_what, style, directory) => {
  test.each(filters)("are read right in a store of private files alone, filtered by %s", async (filter) => {
    const files = ["a/x.txt", "a/y.txt", "b/deep/z.txt"].map((path) => [`${directory}${path}`, "PRIVATE"] as const);
    await bench.emulator.seed(Object.fromEntries(files));
    await bench.emulator.dialect({ "object.path": style, "list.filter": filter });
    const subject = new ManagedFiles(bench);
    const program: Program = {
      x: { path: `${directory}c/x2.txt`, visibility: "PRIVATE", source: { adopt: { path: `${directory}a/x.txt` } } },
      z: { path: `${directory}b/deep/z.txt`, visibility: "PRIVATE" },
    };
    expect(await subject.up(program)).toEqual([]);
    expect(Object.keys(await bench.emulator.layout())).toEqual(
      ["a/y.txt", "b/deep/z.txt", "c/x2.txt"].map((path) => `${directory}${path}`),
    );
    await bench.emulator.forget();
    expect(await subject.refresh()).toEqual([]);
    expect(await subject.preview(program)).toEqual([]);
    expect(await subject.up(program)).toEqual([]);
    expect(await bench.emulator.writes()).toEqual([]);
  });
});
