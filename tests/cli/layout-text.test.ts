import fc from "fast-check";
import { layoutText } from "../../sdk/cli/import/layout-text";
import { filesAt, layoutOf, NASTY, nastyPaths, prettified } from "./programs";

type Visibility = "PUBLIC" | "PRIVATE";
const listed = (files: Record<string, Visibility>): { id: string; path: string; visibility: Visibility }[] =>
  Object.entries(files).map(([path, visibility], index) => ({ id: `f_${index}`, path, visibility }));

const SITE = listed({
  "site/index.html": "PUBLIC",
  "site/images/hero.jpg": "PUBLIC",
  "site/images/logo.svg": "PUBLIC",
  "site/images/raw.psd": "PRIVATE",
  "site/drafts/one.md": "PRIVATE",
  "site/drafts/two.md": "PRIVATE",
});

/** Who may see each file by the program. */
function seenBy(program: string): Record<string, string | undefined> {
  const { files } = layoutOf(program);
  return Object.fromEntries(Object.values(files).map(({ path, visibility }) => [path, visibility]));
}

describe("import --layout", () => {
  test("reads as if it were written by hand", () => {
    const { text, declared } = layoutText("media", "site/", SITE);
    expect(declared).toBe(6);
    expect(text).toContain(`
const bucket = "media";

new mediasaur.FileLayout("site", {
  bucket,
  prefix: "site/",
  files: {
    // site/
    indexHtml: { path: "site/index.html", visibility: "PUBLIC" },

    // site/drafts/
    draftsOneMd: { path: "site/drafts/one.md", visibility: "PRIVATE" },
    draftsTwoMd: { path: "site/drafts/two.md", visibility: "PRIVATE" },

    // site/images/
    imagesHeroJpg: { path: "site/images/hero.jpg", visibility: "PUBLIC" },
    imagesLogoSvg: { path: "site/images/logo.svg", visibility: "PUBLIC" },
    imagesRawPsd: { path: "site/images/raw.psd", visibility: "PRIVATE" },
  },
});
`);
  });

  test("has no say over files that nobody has declared", () => {
    const [one, another] = [SITE, listed({ "a.txt": "PUBLIC", "b.txt": "PUBLIC" })].map((files) =>
      layoutOf(layoutText("media", "", files).text),
    );
    for (const setting of ["rules", "unmanaged"]) {
      expect(one).not.toHaveProperty(setting);
      expect(another).not.toHaveProperty(setting);
    }
  });

  test("names no folder that it declares in part", () => {
    const images = SITE.filter(({ path }) => path.startsWith("site/im"));
    expect(layoutOf(layoutText("media", "site/im", images).text)).not.toHaveProperty("prefix");
    const left = [...SITE, { id: "f_9", path: "site/ x", visibility: "PRIVATE" as const }];
    expect(layoutOf(layoutText("media", "site/", left).text)).not.toHaveProperty("prefix");
  });

  test("declares every file as it is, and as Prettier would write it, for any paths", () => {
    for (const paths of [NASTY, ["one.txt"]]) {
      const { text } = layoutText("media", "", filesAt(paths));
      expect(text).toBe(prettified(text));
    }
    fc.assert(
      fc.property(
        nastyPaths(200),
        fc.constantFrom(1, 2, 7),
        fc.string({ minLength: 1, maxLength: 90 }),
        (paths, every, bucket) => {
          const files = filesAt(paths).map((file, index) => ({
            ...file,
            visibility: index % every === 0 ? ("PUBLIC" as const) : ("PRIVATE" as const),
          }));
          const { text, declared, leftOut } = layoutText(bucket, "", files);
          expect({ declared, leftOut }).toEqual({ declared: files.length, leftOut: [] });
          expect(layoutOf(text).bucket).toBe(bucket);
          expect(seenBy(text)).toEqual(Object.fromEntries(files.map(({ path, visibility }) => [path, visibility])));
          expect(text).toBe(prettified(text));
        },
      ),
      { numRuns: 8, endOnFailure: true },
    );
  });

  test("takes any prefix", () => {
    fc.assert(
      fc.property(nastyPaths(20), nastyPaths(1), (paths, [folder = "x"]) => {
        const files = filesAt(paths.map((path) => `${folder}/${path}`)).filter(({ path }) => path.length < 400);
        fc.pre(files.length > 0);
        const { text, leftOut } = layoutText("media", `${folder}/`, files);
        fc.pre(leftOut.length === 0);
        expect(layoutOf(text).prefix).toBe(`${folder}/`);
        expect(seenBy(text)).toEqual(Object.fromEntries(files.map(({ path, visibility }) => [path, visibility])));
      }),
    );
  });
});
