import fc from "fast-check";
import { joinPath, pathProblem, splitPath } from "../../provider/model/paths";

describe("a path that a program declares", () => {
  test.each([
    "a",
    "site/hero.jpg",
    "a/b/c d.txt",
    "ünï/日本.png",
    "100%/a%2Fb.txt",
    ".hidden",
    "a..b/c...",
    'it\'s "x"',
  ])("%j is fine", (path) => {
    expect(pathProblem(path)).toBeUndefined();
  });

  test.each([
    ["", "is empty"],
    ["/a", "starts with a slash"],
    ["a/", "ends with a slash"],
    ["a//b", "empty segment"],
    ["a/../b", '".." segment'],
    ["./a", '"." or'],
    ["a\0b", "control character"],
    ["a\nb", "control character"],
    [" a", "white space"],
    ["a /b", "white space"],
    ["\ud800", "Unicode"],
    [".mediasaur-tmp/a", "reserved"],
    ["x".repeat(256), "longer than 255 bytes"],
    ["é".repeat(128), "longer than 255 bytes"],
    [`${"d/".repeat(600)}x`, "longer than 1024 bytes"],
    [7, "must be a string"],
    [null, "must be a string"],
  ])("%j is refused, as it %s", (path, reason) => {
    expect(pathProblem(path)).toContain(reason);
  });

  test("of any length is answered with a short reason", () => {
    expect(pathProblem("/".repeat(100_000))?.length).toBeLessThan(400);
  });
});

test("splitting and joining a path gives it back", () => {
  const segment = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !text.includes("/"));
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 5 }), (segments) => {
      const { directory, name } = splitPath(segments.join("/"));
      expect(name).toBe(segments.at(-1));
      expect(joinPath(directory, name)).toBe(segments.join("/"));
    }),
  );
});
