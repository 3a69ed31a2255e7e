import fc from "fast-check";
import { namesFor } from "../../sdk/cli/import/names";
import { programText } from "../../sdk/cli/import/program-text";
import { declaredBy, filesAt, NASTY, nastyPath, nastyPaths, prettified } from "./programs";

describe("names", () => {
  test("are told from the path", () => {
    const paths = [
      "site/hero.jpg",
      "IMG_2041.svg",
      "a-b",
      "a_b",
      "v1.2",
      "v12",
      "2024.txt",
      "new",
      "日本",
      "Größe/ÆØ.txt",
    ];
    expect(namesFor(paths)).toEqual([
      "siteHeroJpg",
      "img2041Svg",
      "aB",
      "aB2",
      "v12",
      "v12No2",
      "file2024Txt",
      "new2",
      "file",
      "grosseAeOTxt",
    ]);
    expect(namesFor([`a/${"folder/".repeat(20)}photo.jpg`])).toEqual(["folderFolderFolderFolderFolderPhotoJpg"]);
  });

  test("are unique camelCase identifiers for any paths", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(nastyPath, fc.string()), { maxLength: 60 }), (paths) => {
        const names = namesFor(paths);
        expect(new Set(names).size).toBe(paths.length);
        for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z0-9]{0,47}$/);
        expect(namesFor(paths)).toEqual(names);
      }),
    );
  });
});

describe("the program", () => {
  test("declares every file as it is, for any paths", () => {
    fc.assert(
      fc.property(nastyPaths(40), (paths) => {
        const files = filesAt(paths);
        const { text, declared, leftOut } = programText("media", "", files);
        expect({ declared, leftOut }).toEqual({ declared: files.length, leftOut: [] });
        const found = declaredBy(text).map(({ path, visibility, bucket }) => ({ path, visibility, bucket }));
        const wanted = files.map(({ path, visibility }) => ({ path, visibility, bucket: "media" }));
        const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);
        expect(found.sort(byPath)).toEqual(wanted.sort(byPath));
        // What can't be seen is written as an escape, so that the program reads as it works.
        expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u);
      }),
    );
  });

  test("is as Prettier would write it, for any paths", () => {
    const nasty = programText("media", 'it\'s "x"', filesAt(NASTY)).text;
    expect(nasty).toBe(prettified(nasty));
    fc.assert(
      fc.property(nastyPaths(400), fc.string({ minLength: 1, maxLength: 90 }), (paths, bucket) => {
        const { text } = programText(bucket, "", filesAt(paths));
        expect(text).toBe(prettified(text));
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  test("leaves out what no program can declare, and says so", () => {
    const files = filesAt(["ok.txt", ".mediasaur-tmp/x", "two.txt", "two.txt"]);
    const { text, declared, leftOut } = programText("media", "", files);
    expect(declared).toBe(1);
    expect(leftOut).toEqual([
      expect.stringMatching(/^file f_1: .*reserved/),
      'file f_2: "two.txt" is held by 2 files',
      'file f_3: "two.txt" is held by 2 files',
    ]);
    expect(declaredBy(text).map(({ path }) => path)).toEqual(["ok.txt"]);
    for (const line of leftOut) expect(text).toContain(`// - ${line}`);
  });
});
