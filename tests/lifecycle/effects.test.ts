import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Suite } from "./support";

const suite = Suite.declare({
  "incoming/IMG_2041.jpg": "PRIVATE",
  "site/as-it-is.txt": "PUBLIC",
  "drafts/a.md": "PUBLIC",
});

/** The lines of a run about one declaration, each with what the engine puts before it taken away. */
const linesWith = (text: string, name: string): string[] => [
  ...new Set(text.split("\n").flatMap((line) => new RegExp(`(?:^|\\s)(${name}: .*)$`).exec(line)?.[1] ?? [])),
];

test("a preview says of each declaration what becomes of its file, under its own heading, and up says the same", async () => {
  writeFileSync(join(suite.stack.folder, "logo.svg"), "<svg/>");
  suite.stack.program(`
    new mediasaur.ManagedFile("hero", { bucket: "media", path: "site/hero.jpg", visibility: "PUBLIC", source: { adopt: { path: "incoming/IMG_2041.jpg" } } });
    new mediasaur.ManagedFile("same", { bucket: "media", path: "site/as-it-is.txt" });
    new mediasaur.ManagedFile("logo", { bucket: "media", path: "site/logo.svg", visibility: "PUBLIC", source: { upload: new pulumi.asset.FileAsset("logo.svg") } });
    new mediasaur.ManagedFile("copy", { bucket: "media", path: "site/copy.md", source: { copy: { path: "site/as-it-is.txt" } } });
    new mediasaur.FileLayout("drafts", { bucket: "media", files: { a: { path: "drafts/b.md", visibility: "PRIVATE", source: { adopt: { path: "drafts/a.md" } } } } });
  `);
  const expected = [
    "hero: incoming/IMG_2041.jpg -> site/hero.jpg, becomes PUBLIC",
    "same: site/as-it-is.txt is taken over as it is",
    "logo: site/logo.svg is uploaded, 6 bytes, becomes PUBLIC",
    "copy: site/copy.md is copied from site/as-it-is.txt",
    "drafts: 1 hidden, 1 renamed; 1 request",
  ];
  const preview = await suite.stack.preview();
  expect(preview).toMatchObject({ ok: true });
  const diagnostics = preview.text.slice(preview.text.indexOf("Diagnostics:"));
  for (const line of expected) {
    const name = line.slice(0, line.indexOf(":"));
    expect(linesWith(preview.text, name)).toEqual([line]);
    expect(diagnostics).toMatch(new RegExp(`\\(${name}\\):\\n\\s+${name}: `));
  }
  expect(diagnostics).not.toContain("pulumi:pulumi:Stack");
  expect(await suite.emulator.writes()).toEqual([]);

  const up = await suite.stack.up();
  expect(up).toMatchObject({ ok: true });
  for (const line of expected) expect(linesWith(up.text, line.slice(0, line.indexOf(":")))).toEqual([line]);

  const unchanged = await suite.stack.preview();
  expect(unchanged.text).not.toContain("Diagnostics:");
});

test("what is deleted and what stays is told, with a plan in a file for whoever asks for one", async () => {
  mkdirSync(join(suite.stack.folder, "up"));
  for (let n = 0; n < 12; n += 1) writeFileSync(join(suite.stack.folder, "up", String(n)), "x".repeat(n + 1));
  suite.stack.program(`
    new mediasaur.ManagedFile("same", { bucket: "media", path: "site/as-it-is.txt" });
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [\`k\${n}\`, { path: \`up/\${n}\`, source: { upload: new pulumi.asset.FileAsset(\`up/\${n}\`) } }]));
    new mediasaur.FileLayout("ups", { bucket: "media", files });
  `);
  const up = await suite.stack.up();
  expect(linesWith(up.text, "ups")).toEqual([
    expect.stringMatching(/^ups: 12 uploaded \(78 bytes\); at least \d+ requests$/),
  ]);
  suite.stack.program("");
  const file = join(suite.stack.folder, "plan.jsonl");
  process.env.MEDIASAUR_PLAN_FILE = file;
  const down = await suite.stack.up();
  delete process.env.MEDIASAUR_PLAN_FILE;
  expect(linesWith(down.text, "same")).toEqual(["same: site/as-it-is.txt stays in the bucket"]);
  expect(linesWith(down.text, "ups")).toEqual(["ups: 12 deleted; 12 requests"]);
  for (let n = 0; n < 12; n += 1) expect(down.text).toContain(`up/${String(n)} is deleted`);
  const entries = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { kind: string; name: string });
  expect(entries.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual(["plan same", "plan ups"]);
});

test("a secret path is in no line, no failure and no plan", async () => {
  const file = join(suite.stack.folder, "plan.jsonl");
  process.env.MEDIASAUR_PLAN_FILE = file;
  suite.stack.program(`
    new mediasaur.ManagedFile("hero", { bucket: "media", path: pulumi.secret("topsecret/hero.jpg"), visibility: "PUBLIC", source: { adopt: { path: "incoming/IMG_2041.jpg" } } });
    new mediasaur.FileLayout("drafts", { bucket: "media", files: { a: { path: pulumi.secret("topsecret/b.md"), source: { adopt: { path: "drafts/a.md" } } } } });
  `);
  const preview = await suite.stack.preview();
  const up = await suite.stack.up();
  delete process.env.MEDIASAUR_PLAN_FILE;
  expect(up).toMatchObject({ ok: true });
  expect(await suite.emulator.layout()).toMatchObject({ "topsecret/hero.jpg": "PUBLIC", "topsecret/b.md": "PUBLIC" });
  for (const text of [preview.text, up.text, readFileSync(file, "utf8")]) {
    expect(text).toContain("hero");
    expect(text).not.toContain("topsecret");
  }
});
