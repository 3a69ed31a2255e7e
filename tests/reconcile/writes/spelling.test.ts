import { extensionOf, hasOneMore, isRespelled } from "../../../provider/reconcile/writes/spelling";

test.each([
  ["a/Hero.jpg", "a/hero.jpg"],
  ["a/my hero.jpg", "a/my_hero.jpg"],
  ["a/100%25.jpg", "a/100%.jpg"],
  ["a/cafe\u0301.jpg", "a/caf\u00e9.jpg"],
])("%j and %j are one name in two spellings", (wanted, found) => {
  expect(isRespelled(wanted, found)).toBe(true);
  expect(isRespelled(found, wanted)).toBe(true);
});

test.each([
  ["a/hero.jpg", "a/hero.jpg"],
  ["a/hero.jpg", "b/hero.jpg"],
  ["a/hero.jpg", "a/hero (1).jpg"],
])("%j and %j are not", (wanted, found) => {
  expect(isRespelled(wanted, found)).toBe(false);
});

test.each([
  ["a/b.txt", "a/b.txt.txt", true],
  ["a/b", "a/b.txt", true],
  ["a/b.txt", "a/b.txt", false],
  ["a/b.txt", "a/b.txt.tar.gz", false],
  ["a/b.txt", "c/b.txt.txt", false],
])("of %j, %j has an extension more: %s", (wanted, found, isSo) => {
  expect(hasOneMore(wanted, found)).toBe(isSo);
});

test("a name that begins with its only dot has no extension", () => {
  expect([".env", "a.b.c", "none"].map(extensionOf)).toEqual(["", ".c", ""]);
});
