import fc from "fast-check";
import { diffManagedFile, sameSource } from "../../provider/model/diff";
import {
  effectiveDeletionPolicy,
  inputProblems,
  knownInputs,
  type ManagedFileState,
  type Source,
} from "../../provider/model/managed-file";
import { UNKNOWN } from "../../provider/model/unknown";

const good = { bucket: "media", path: "a/b.txt" };
const marked = (mark: string) => ({ "4dabf18193072939515e22adb298388d": mark, hash: "0f", text: "x" });
const asset = marked("c44067f5952c0a294b673a41bacd8c17");
const archive = marked("0def7320c3a5731c473e5ecbe6d01bc7");
const propertiesOf = (inputs: Record<string, unknown>): string[] =>
  inputProblems(inputs).map((problem) => problem.property);

describe("what a program says of a file", () => {
  test.each([
    [good],
    [{ ...good, visibility: "PUBLIC", deletionPolicy: "DELETE" }],
    [{ ...good, source: { adopt: { path: "x.txt" } } }],
    [{ ...good, source: { adopt: { id: "f_1" } } }],
    [{ ...good, source: { copy: { bucket: "brand", path: "x.txt" } } }],
    [{ ...good, source: { copy: { id: "f_1" } } }],
    [{ ...good, source: { upload: asset } }],
    [{ ...good, source: { upload: { hash: "0f" } } }],
    [{ bucket: UNKNOWN, path: UNKNOWN, visibility: UNKNOWN, source: UNKNOWN, deletionPolicy: UNKNOWN }],
    [{ ...good, source: { adopt: UNKNOWN } }],
    [{ ...good, source: { adopt: { path: UNKNOWN } } }],
  ])("%j is fine", (inputs) => {
    expect(inputProblems(inputs)).toEqual([]);
  });

  test.each([
    [{ path: "a" }, "bucket"],
    [{ ...good, bucket: "" }, "bucket"],
    [{ ...good, bucket: "a/b" }, "bucket"],
    [{ ...good, path: "/a" }, "path"],
    [{ ...good, visibility: "public" }, "visibility"],
    [{ ...good, deletionPolicy: "KEEP" }, "deletionPolicy"],
    [{ ...good, source: {} }, "source"],
    [{ ...good, source: "x" }, "source"],
    [{ ...good, source: { adopt: { path: "x" }, copy: { path: "x" } } }, "source"],
    [{ ...good, source: { move: { path: "x" } } }, "source"],
    [{ ...good, source: { adopt: {} } }, "source"],
    [{ ...good, source: { upload: { some: "object" } } }, "source"],
    [{ ...good, source: { upload: "a text" } }, "source"],
    [{ ...good, source: { upload: archive } }, "source"],
    [{ ...good, source: { copy: { bucket: "a/b", path: "x" } } }, "source"],
    [{ ...good, source: { adopt: { path: "x", id: "f" } } }, "source"],
    [{ ...good, source: { adopt: { bucket: "b", path: "x" } } }, "source"],
    [{ ...good, source: { adopt: { path: "/x" } } }, "source"],
    [{ ...good, source: { adopt: { id: 7 } } }, "source"],
    [{ ...good, source: { copy: { bucket: "b" } } }, "source"],
  ])("%j is refused at %s", (inputs, property) => {
    expect(propertiesOf(inputs)).toEqual([property]);
  });

  test("every problem is told at once", () => {
    expect(propertiesOf({ bucket: "", path: "/", visibility: "x", source: {}, deletionPolicy: "y" })).toEqual([
      "bucket",
      "path",
      "visibility",
      "deletionPolicy",
      "source",
    ]);
  });

  test("never crashes a check, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("bucket", "path", "visibility", "source", "deletionPolicy"), fc.anything()),
        (inputs) => {
          expect(Array.isArray(inputProblems(inputs))).toBe(true);
        },
      ),
    );
  });

  test("is decided upon only where nothing in it is unknown", () => {
    expect(knownInputs(good)).toBe(good);
    expect(knownInputs({ ...good, source: { adopt: { path: UNKNOWN } } })).toBeUndefined();
  });
});

describe("a change of the program", () => {
  const state: ManagedFileState = {
    ...good,
    visibility: "PUBLIC",
    __visibilityDeclared: true,
    fileId: "f_1",
    name: "b.txt",
    directory: "a",
    origin: "adopted",
  };
  const said = { ...good, visibility: "PUBLIC" };
  const diff = (news: Record<string, unknown>, adoptsAnother = false) => diffManagedFile(state, news, adoptsAnother);

  test.each([
    ["nothing", said, false, []],
    ["path", { ...said, path: "a/c.txt" }, true, []],
    ["visibility", { ...said, visibility: "PRIVATE" }, true, []],
    ["visibility taken out", good, true, []],
    ["deletion policy", { ...said, deletionPolicy: "DELETE" }, true, []],
    ["bucket", { ...said, bucket: "other" }, true, ["bucket"]],
    ["a bucket that is not known yet", { ...said, bucket: UNKNOWN }, true, []],
    ["a path that is not known yet", { ...said, path: UNKNOWN }, true, []],
    ["the provider's own text", { ...said, __provider: "other" }, false, []],
    ["the declaration's name", { ...said, __declaration: "other" }, false, []],
    ["a source that was consumed", { ...said, source: { adopt: { path: "x" } } }, false, []],
  ])("of %s", (_what, news, changes, replaces) => {
    expect(diff(news)).toEqual({ changes, replaces });
  });

  test("of the file that it adopts is a replacement", () => {
    expect(diff(said, true)).toEqual({ changes: true, replaces: ["source"] });
  });

  test.each([
    ["a copy", { copy: { path: "x" } }, { copy: { path: "y" } }, true],
    ["the bucket of a copy", { copy: { path: "x" } }, { copy: { path: "x", bucket: "b" } }, true],
    ["a copy that names its own bucket", { copy: { path: "x" } }, { copy: { path: "x", bucket: "media" } }, false],
    ["a copy that is the same", { copy: { path: "x" } }, { copy: { path: "x" } }, false],
    ["an upload", { upload: { hash: "1" } }, { upload: { ...asset, hash: "2" } }, true],
    ["an upload of the same content", { upload: { hash: "0f" } }, { upload: asset }, false],
    ["an adoption to an upload", { adopt: { path: "x" } }, { upload: asset }, true],
    ["an upload whose content is not known yet", { upload: { hash: "1" } }, { upload: UNKNOWN }, true],
    ["an adoption that is not known yet", { adopt: { path: "x" } }, { adopt: UNKNOWN }, true],
    ["a copy that is taken out", { copy: { path: "x" } }, undefined, false],
  ])("of %s", (_what, before, after, changes) => {
    const had = { ...state, source: before } as ManagedFileState;
    expect(diffManagedFile(had, { ...said, source: after }, false)).toEqual({ changes, replaces: [] });
  });

  test("is there as long as a file that was replaced is still to be deleted", () => {
    expect(diffManagedFile({ ...state, __replaced: "f_0" }, said, false).changes).toBe(true);
  });

  test("of the order of a source's keys is none", () => {
    const same = (one: Source, other: Source | undefined): boolean => sameSource(one, other, "media");
    expect(same({ copy: { bucket: "b", path: "x" } }, { copy: { path: "x", bucket: "b" } })).toBe(true);
    expect(same({ adopt: { path: "x" } }, { adopt: { id: "x" } })).toBe(false);
    expect(same({ adopt: { id: "x" } }, undefined)).toBe(false);
  });
});

test.each([
  ["adopted", undefined, "RETAIN"],
  ["copied", undefined, "DELETE"],
  ["uploaded", undefined, "DELETE"],
  ["adopted", "DELETE", "DELETE"],
  ["uploaded", "RETAIN", "RETAIN"],
] as const)("a file that was %s, with the policy %s, is treated as %s", (origin, deletionPolicy, expected) => {
  expect(effectiveDeletionPolicy({ origin, ...(deletionPolicy && { deletionPolicy }) })).toBe(expected);
});

test.each(["", ".", "..", "a/b", "a\nb", "\ud800"])("%j is not the name of a bucket", (bucket) => {
  expect(inputProblems({ bucket, path: "a.txt" })).toEqual([
    { property: "bucket", reason: "must be the name of a bucket" },
  ]);
});

test.each(["", "..", "f\n1", "\udc00", 7])("%j is not the id of a file", (id) => {
  expect(inputProblems({ bucket: "media", path: "a.txt", source: { adopt: { id } } })).toEqual([
    { property: "source", reason: "has to be { adopt: { path } or { id } }, and the id is not that of a file" },
  ]);
});
