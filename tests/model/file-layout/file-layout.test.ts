import fc from "fast-check";
import {
  changesState,
  coveringFolders,
  inputsFound,
  isUnder,
  knownLayout,
  layoutProblems,
  readRecord,
  readRules,
  record,
  recordAll,
  stateKeys,
  summaryOf,
  type FileDeclaration,
  type FileLayoutInputs,
  type FileLayoutState,
} from "../../../provider/model/file-layout";
import { sourceFound } from "../../../provider/model/managed-file";
import { UNKNOWN } from "../../../provider/model/unknown";

/** By this the engine knows an asset. */
const MARK = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17" } as const;

const path = fc.stringMatching(/^[a-z]{1,6}\/[a-z "\\é]{1,8}x$/);
const declaration: fc.Arbitrary<FileDeclaration> = fc.record(
  {
    path,
    visibility: fc.constantFrom("PUBLIC" as const, "PRIVATE" as const),
    source: fc.oneof(
      path.map((from) => ({ adopt: { path: from } })),
      fc.string({ minLength: 1 }).map((id) => ({ adopt: { id } })),
      path.map((from) => ({ copy: { bucket: "brand", path: from } })),
      fc.stringMatching(/^[0-9a-f]{64}$/).map((hash) => ({ upload: { ...MARK, hash } })),
    ),
  },
  { requiredKeys: ["path"] },
);

/** State as an update leaves it that reached everything. */
function reached(inputs: FileLayoutInputs): FileLayoutState {
  const files = Object.entries(inputs.declared).map(([key, file]) => [
    key,
    { id: `f_${key}`, path: file.path, visibility: file.visibility ?? "PUBLIC", origin: "adopted" },
  ]);
  const { declared: _declared, ...settings } = inputs;
  return {
    ...settings,
    files: Object.fromEntries(files) as FileLayoutState["files"],
    __declared: recordAll(inputs),
    summary: "",
  };
}

const inputs = fc
  .dictionary(fc.stringMatching(/^[a-z]{1,5}$/), declaration, { maxKeys: 5 })
  .map((declared): FileLayoutInputs => ({ bucket: "media", declared, __declaration: "site" }));

describe("what state keeps of a declaration", () => {
  test("says all that the file itself does not", () => {
    fc.assert(
      fc.property(declaration, (file) => {
        const { visibilityDeclared, source } = readRecord(record(file));
        expect(visibilityDeclared).toBe(file.visibility !== undefined);
        // An upload by its hash alone, as an asset again.
        expect(sourceFound(source)).toEqual(file.source);
      }),
    );
  });

  test("has no content of an upload", () => {
    const text = record({ path: "a/b", source: { upload: { hash: "0a", text: "the content" } } });
    expect(text).not.toContain("the content");
  });

  test("gives back the inputs of the program, so that a refresh shows no change", () => {
    fc.assert(
      fc.property(inputs, (layout) => {
        expect(inputsFound(reached(layout))).toEqual(layout);
        expect(changesState(reached(layout), layout)).toBe(false);
      }),
    );
  });
});

describe("keys", () => {
  const held = reached({
    bucket: "media",
    declared: { a: { path: "x/a", source: { copy: { path: "o/a" } } }, b: { path: "x/b" } },
  });

  test("that stayed are what they were, and a new key with path and source of one that left is that one", () => {
    const declared = { a2: { path: "x/a", source: { copy: { path: "o/a" } } }, b: { path: "y/b" } };
    expect([...stateKeys(held, { bucket: "media", declared })].sort()).toEqual([
      ["a2", "a"],
      ["b", "b"],
    ]);
  });

  test("with another source, or another path, are new", () => {
    const declared = { a2: { path: "x/a", source: { copy: { path: "o/z" } } }, b2: { path: "y/b" } };
    expect(stateKeys(held, { bucket: "media", declared }).size).toBe(0);
  });

  test("that are new are a change, and so are those that left", () => {
    const { a, b } = { a: { path: "x/a", source: { copy: { path: "o/a" } } }, b: { path: "x/b" } };
    for (const declared of [{ a }, { a, b, c: { path: "x/c" } }, { a2: a, b }])
      expect(changesState(held, { bucket: "media", declared })).toBe(true);
    expect(changesState(held, { bucket: "media", declared: { a: { path: "x/a" }, b } })).toBe(false);
  });
});

describe("rules", () => {
  test("give the visibility of the first that matches, over full paths", () => {
    const ruleOf = readRules([
      { match: "site/drafts/**", visibility: "PRIVATE" },
      { match: "site/*.{jpg,png}", visibility: "PUBLIC" },
    ]);
    expect(["site/drafts/a/b.jpg", "site/a.jpg", "site/x/a.jpg", "a.jpg"].map(ruleOf)).toEqual([
      "PRIVATE",
      "PUBLIC",
      undefined,
      undefined,
    ]);
  });
});

describe("a prefix", () => {
  test("is a folder, with or without its slash, and never holds what is on its way", () => {
    expect(isUnder("site", "site/a.jpg")).toBe(true);
    expect(isUnder("site/", "site2/a.jpg")).toBe(false);
    expect(isUnder(undefined, "any/where.jpg")).toBe(true);
    expect(isUnder("", ".mediasaur-tmp/new-1/a.jpg")).toBe(false);
    expect(isUnder("site/", "site/.mediasaur-tmp-0a-a.jpg")).toBe(false);
    expect(isUnder("", ".mediasaur-tmp-0a-a.jpg")).toBe(false);
  });

  test("of everything is enough for every folder", () => {
    expect(coveringFolders(["a/b", "a", "ab", "a/b/c"])).toEqual(["a", "ab"]);
    expect(coveringFolders(["a", "", "b"])).toEqual([""]);
  });
});

describe("what is not known yet", () => {
  test("leaves the rest of a layout to be judged", () => {
    const declared = { a: { path: "x/a" }, b: { path: UNKNOWN }, c: UNKNOWN };
    expect(layoutProblems({ bucket: "media", declared, prefix: UNKNOWN, rules: UNKNOWN })).toEqual([]);
    const known = knownLayout({ bucket: "media", declared, maxDeletes: UNKNOWN });
    expect(known).toMatchObject({ complete: false, inputs: { bucket: "media", declared: { a: { path: "x/a" } } } });
    expect([...(known?.keys ?? [])]).toEqual(["a", "b", "c"]);
    expect(knownLayout({ bucket: UNKNOWN, declared })).toBeUndefined();
  });

  test("does not hide what is wrong with what is known", () => {
    const declared = { a: { path: "/a", visibility: UNKNOWN }, b: { path: UNKNOWN, visibility: "public" } };
    expect(layoutProblems({ bucket: UNKNOWN, declared }).map(({ property }) => property)).toEqual([
      "files.a.path",
      "files.b.visibility",
    ]);
  });
});

describe("the words for a plan", () => {
  test("sum a layout up in one line", () => {
    expect(summaryOf([{ visibility: "PUBLIC" }, {}], undefined, "site/")).toBe(
      "2 files: 1 PUBLIC, 1 of unknown visibility",
    );
    expect(summaryOf([], [], undefined)).toBe("0 files; 0 undeclared in the bucket");
  });
});
