import { digest } from "../support/declarations";
import type { Stored } from "../support/emulator";
import { codeOf, leftBehind, notReached, strangersHarmed } from "./judge";
import type { Program } from "./program";
import { seededText } from "./scenario";

// A judge that lets everything pass would make every cell green.

const file = (path: string, more: Partial<Stored> = {}): Stored => ({
  id: `id of ${path}`,
  bucket: "media",
  path,
  visibility: "PRIVATE",
  size: 1,
  sha256: digest(seededText(path)),
  url: "",
  signed_url: "",
  ...more,
});

const stranger = file("site/stranger.txt");
const program: Program = { one: { path: "swap/two.txt", visibility: "PRIVATE" } };
const arrived = file("swap/two.txt", { sha256: digest(seededText("swap/one.txt")) });

test.each([
  ["gone", []],
  ["moved", [{ ...stranger, path: "elsewhere.txt" }]],
  ["replaced by another of the same content", [{ ...stranger, id: "another" }]],
  ["changed", [{ ...stranger, sha256: "another" }]],
  ["made public", [{ ...stranger, visibility: "PUBLIC" as const }]],
  ["joined by a second one", [stranger, { ...stranger, id: "another" }]],
])("a stranger's file that was %s is noticed", (_what, after) => {
  expect(strangersHarmed([stranger], [stranger])).toEqual([]);
  expect(strangersHarmed([stranger], after)).toHaveLength(1);
});

test.each([
  ["nothing at the path", []],
  ["two files at the path", [arrived, { ...arrived, id: "another" }]],
  ["another visibility", [{ ...arrived, visibility: "PUBLIC" as const }]],
  ["another content", [{ ...arrived, sha256: "another" }]],
  ["something left over", [arrived, file(".mediasaur-tmp/new-1/x.txt")]],
])("what is not as declared is noticed: %s", (_what, after) => {
  expect(notReached(program, [stranger, arrived])).toEqual([]);
  expect(notReached(program, after)).not.toEqual([]);
});

test("a refusal has to name what it leaves where nobody declared it", () => {
  const left = file(".mediasaur-tmp/new-1/x.txt");
  expect(leftBehind([program], ["not_verified: something."], [], [left])).toHaveLength(1);
  expect(leftBehind([program], ['not_verified: it is in ".mediasaur-tmp/new-1".'], [], [left])).toEqual([]);
});

test("a refusal leaves nothing public that was declared private, unless it never touched it", () => {
  const open = { ...arrived, visibility: "PUBLIC" as const };
  expect(leftBehind([program], ["not_verified: something."], [], [open])).toHaveLength(1);
  expect(leftBehind([program], ["not_verified: something."], [open], [open])).toEqual([]);
});

test.each([
  ["[PATCH /files/{file_id}] 409 path_taken: it is held.", "path_taken"],
  ["unsupported_store: it renames nothing.", "unsupported_store"],
  ["source: there is no file at that path", "source"],
  ["TypeError: x is not a function", undefined],
  ["something went wrong", undefined],
  ["not_verified: it is not there\n    at settle (settle.js:1:1)", undefined],
])("of %j the code is %s", (error, code) => {
  expect(codeOf(error)).toBe(code);
});
