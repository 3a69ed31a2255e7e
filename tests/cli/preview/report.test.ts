import type { Effect, Plan } from "../../../provider/model/effects";
import { markdownText, MARKER } from "../../../sdk/cli/preview/markdown";
import { pageText } from "../../../sdk/cli/preview/page";
import { reportOf, type Report } from "../../../sdk/cli/preview/report";
import { treeText } from "../../../sdk/cli/preview/tree";

const plan = (name: string, effects: Effect[], more: Partial<Plan> = {}): Plan => ({
  resource: "ManagedFile",
  name,
  bucket: "media",
  effects,
  requests: { count: 1, exact: true },
  ...more,
});
const drawn = (report: Report): string[] => [
  markdownText(report),
  pageText(report),
  treeText(report, (_style, text) => text),
];

const hero: Effect = {
  way: "kept",
  from: "in/a.jpg",
  to: "site/hero.jpg",
  before: "PRIVATE",
  after: "PUBLIC",
  taken: true,
};

test("the first heading of the Markdown is about what becomes public, and its section has every such file, whatever their number", () => {
  const many = Array.from({ length: 2000 }, (_, n): Effect => ({
    way: "kept",
    from: `a/${String(n)}`,
    to: `a/${String(n)}`,
    before: "PRIVATE",
    after: "PUBLIC",
  }));
  const moved = Array.from({ length: 2000 }, (_, n): Effect => ({
    way: "kept",
    from: `b/${String(n)}`,
    to: `c/${String(n)}`,
  }));
  const text = markdownText(reportOf([plan("hero", [hero]), plan("site", [...many, ...moved])], [], [], false));
  expect(text.startsWith(`${MARKER}\n## Becomes public: 2001 files\n`)).toBe(true);
  const section = text.slice(0, text.indexOf("\n## ", MARKER.length + 5));
  expect(section).toContain("`site/hero.jpg`");
  for (let n = 0; n < 2000; n += 1) expect(section).toContain(`\`a/${String(n)}\``);
  // What is too long for a comment is counted.
  expect(text).toMatch(/\.\.\. and \d+ more files of this bucket/);
});

test("where nothing becomes public, the first heading says so", () => {
  const text = markdownText(reportOf([plan("a", [{ way: "deleted", from: "a.txt" }])], [], [], false));
  expect(text.split("\n")[1]).toBe("## Nothing becomes public");
});

test("every drawing has the paths, the declaration, refusals and warnings, and how many requests", () => {
  const remarks = [
    { kind: "refusal" as const, name: "bad", text: "there is no file at x" },
    { kind: "warning" as const, name: "bad", text: "is held" },
  ];
  for (const text of drawn(reportOf([plan("hero", [hero])], [], remarks, true))) {
    for (const part of [
      "in/a.jpg",
      "site/hero.jpg",
      "hero",
      "published",
      "there is no file at x",
      "is held",
      "bad",
      "1 request that writes",
    ]) {
      expect(text).toContain(part);
    }
  }
});

test("a name is never markup", () => {
  const name = "a/<script>alert(1)</script>|`*x*`.jpg";
  const report = reportOf([plan("x</script>", [{ way: "uploaded", to: name, after: "PUBLIC" }])], [], [], false);
  expect(pageText(report)).not.toContain("<script>alert");
  expect(pageText(report).match(/<\/script>/g)).toHaveLength(2);
  // In a table a bar ends a cell, save with a backslash before it; a fence of ticks is longer than any in the name.
  expect(markdownText(report)).toContain("`` a/<script>alert(1)</script>\\|`*x*`.jpg ``");
});

test("a file whose declaration goes is not deleted where another takes it over", () => {
  const taken: Effect = { way: "kept", from: "a.txt", to: "a.txt", taken: true };
  const deletions = [
    plan("old", [{ way: "deleted", from: "a.txt" }]),
    plan("gone", [{ way: "deleted", from: "b.txt" }]),
  ];
  const [bucket] = reportOf([plan("site", [taken])], deletions, [], false).buckets;
  expect(bucket?.rows.map(({ name, way }) => `${name} ${way}`)).toEqual(["site kept", "gone deleted"]);
});

test("what is said twice is shown once", () => {
  const remarks = [
    { kind: "refusal" as const, name: "a", text: 'path "/a" starts with a slash' },
    { kind: "refusal" as const, name: "a", text: `resource 'a': property path "/a" starts with a slash` },
  ];
  expect(reportOf([], [], remarks, true).remarks).toHaveLength(1);
});
