import { policyPack } from "../support/policy-pack";
import { Suite } from "./support";

const suite = Suite.declare({ "drafts/a.txt": "PUBLIC", "site/b.txt": "PRIVATE", "site/c.txt": "PUBLIC" });

const pack = (policies: string, level = "mandatory"): { policyPacks: string[] } => ({
  policyPacks: [
    policyPack(
      suite.stack.folder,
      `new PolicyPack("files", { enforcementLevel: "${level}", policies: [${policies}] });`,
    ),
  ],
});

const RULES = `policy.visibilityRules({
  rules: [{ match: "drafts/**", visibility: "PRIVATE" }, { match: "site/**", visibility: "PUBLIC" }],
})`;
const file = (name: string, args: string): string =>
  `new mediasaur.ManagedFile("${name}", { bucket: "media", ${args} });\n`;

test("a program that keeps to the rules passes", async () => {
  suite.stack.program(
    file("draft", `path: "drafts/a.txt", visibility: "PRIVATE"`) +
      file("page", `path: "site/b.txt", visibility: "PUBLIC"`),
  );
  const policies = pack(
    `${RULES}, policy.noPublicFiles({ except: "site/**" }), policy.protectedDeletes({ match: "**" })`,
  );
  const up = await suite.stack.up(policies);
  expect(up).toMatchObject({ ok: true, changes: { create: 3 } });
  expect(up.text).toContain("✅ files@v1.0.0");
  expect(await suite.emulator.layout()).toMatchObject({ "drafts/a.txt": "PRIVATE", "site/b.txt": "PUBLIC" });
});

test("a mandatory policy fails the preview, by resource and with what to do, and an up before it writes anything", async () => {
  suite.stack.program(
    file("draft", `path: "drafts/a.txt", visibility: "PUBLIC"`) +
      file(
        "upload",
        `path: "site/new.txt", visibility: "PUBLIC", source: { upload: new pulumi.asset.StringAsset("x") }`,
      ),
  );
  const policies = pack(`${RULES}, policy.protectedDeletes({ match: ["site/**"] })`);
  const preview = await suite.stack.preview(policies);
  expect(preview.ok).toBe(false);
  expect(preview.text).toMatch(
    /\[mandatory\]\s+mediasaur-visibility-rules\s+\(pulumi-nodejs:dynamic\/mediasaur:ManagedFile: draft\)/,
  );
  expect(preview.text).toContain(
    `"drafts/a.txt" in bucket "media" is PUBLIC; files that match "drafts/**" have to be PRIVATE. Declare visibility: "PRIVATE"`,
  );
  expect(preview.text).toMatch(/"site\/new.txt" in bucket "media" is protected.*Declare deletionPolicy: "RETAIN"/);
  expect((await suite.stack.up(policies)).ok).toBe(false);
  expect(await suite.emulator.writes()).toEqual([]);
});

test("an advisory policy reports, and lets the update go on", async () => {
  suite.stack.program(file("page", `path: "site/b.txt", visibility: "PUBLIC"`));
  const up = await suite.stack.up(pack("policy.noPublicFiles()", "advisory"));
  expect(up.ok).toBe(true);
  expect(up.text).toMatch(/\[advisory\]\s+mediasaur-no-public-files/);
  expect(await suite.emulator.layout()).toMatchObject({ "site/b.txt": "PUBLIC" });
});

test("a remediating policy declares the visibility and the deletion policy, and an upload keeps its content", async () => {
  suite.stack.program(
    file("draft", `path: "drafts/a.txt", visibility: "PUBLIC"`) +
      file("page", `path: "site/b.txt"`) +
      file("upload", `path: "drafts/new.txt", source: { upload: new pulumi.asset.StringAsset("the content") }`),
  );
  const policies = pack(`${RULES}, policy.protectedDeletes({ match: "**/*" })`, "remediate");
  const up = await suite.stack.up(policies);
  expect(up.text).toMatch(/\[remediate\]\s+mediasaur-visibility-rules/);
  expect(up.ok).toBe(true);
  expect(await suite.emulator.layout()).toMatchObject({
    "drafts/a.txt": "PRIVATE",
    "drafts/new.txt": "PRIVATE",
    "site/b.txt": "PUBLIC",
  });
  await suite.emulator.forget();
  expect((await suite.stack.up(policies)).changes).toEqual({ same: 4 });
  expect(await suite.emulator.writes()).toEqual([]);
  await suite.stack.destroy();
  expect(await suite.emulator.layout()).toHaveProperty(["drafts/new.txt"]);
});

test("an upload that a policy changes is told by its content: the same is not sent again, and another is", async () => {
  const upload = (text: string): string =>
    file("upload", `path: "drafts/new.txt", source: { upload: new pulumi.asset.StringAsset("${text}") }`) +
    `new mediasaur.FileLayout("layout", { bucket: "media", files: {
       note: { path: "drafts/note.txt", source: { upload: new pulumi.asset.StringAsset("${text}") } } } });\n`;
  const remediated = pack(RULES, "remediate");
  suite.stack.program(upload("first"));
  expect(await suite.stack.up()).toMatchObject({ ok: true });
  await suite.emulator.forget();
  expect(await suite.stack.up(remediated)).toMatchObject({ ok: true });
  expect(await suite.emulator.writes()).toEqual(["patchFile", "patchFile"]);
  suite.stack.program(upload("the second"));
  expect(await suite.stack.up(remediated)).toMatchObject({ ok: true, changes: { update: 2, same: 1 } });
  for (const path of ["drafts/new.txt", "drafts/note.txt"]) {
    expect(await suite.emulator.file(path)).toMatchObject({ size: 10, visibility: "PRIVATE" });
  }
});

test("a path and a visibility that the preview does not know are judged by the up", async () => {
  suite.stack.program(
    `const page = new mediasaur.ManagedFile("page", { bucket: "media", path: "site/b.txt", visibility: "PUBLIC" });\n` +
      file(
        "copy",
        "path: pulumi.interpolate`drafts/${page.name}`, source: { copy: { path: 'site/c.txt' } }, visibility: 'PUBLIC'",
      ),
  );
  const policies = pack(RULES);
  expect(await suite.stack.preview(policies)).toMatchObject({ ok: true });
  const up = await suite.stack.up(policies);
  expect(up.ok).toBe(false);
  expect(up.text).toContain(`"drafts/b.txt" in bucket "media" is PUBLIC`);
  expect(await suite.emulator.layout()).not.toHaveProperty(["drafts/b.txt"]);
});

test("a file with no declared visibility is judged by what it is", async () => {
  suite.stack.program(file("draft", `path: "drafts/a.txt"`));
  const policies = pack(RULES);
  const up = await suite.stack.up(policies);
  expect(up.ok).toBe(false);
  expect(up.text).toContain(`"drafts/a.txt" in bucket "media" is PUBLIC`);
  // From then on state knows, and the preview tells.
  expect(await suite.stack.preview(policies)).toMatchObject({ ok: false });
  const { id } = await suite.emulator.file("drafts/a.txt");
  await suite.emulator.edit({ op: "visibility", id, visibility: "PRIVATE" });
  await suite.stack.refresh();
  expect(await suite.stack.preview(policies)).toMatchObject({ ok: true });
});

test("the files of a layout are judged and remediated like others, by its rules and by what they are", async () => {
  const layout = (more: string): string =>
    `new mediasaur.FileLayout("all", { bucket: "media", ${more}, files: { a: { path: "drafts/a.txt" }, b: { path: "site/b.txt" } } });`;
  const policies = pack(RULES);
  suite.stack.program(layout(`rules: [{ match: "**", visibility: "PUBLIC" }]`));
  const preview = await suite.stack.preview(policies);
  expect(preview.ok).toBe(false);
  expect(preview.text).toContain(`"drafts/a.txt" in bucket "media" is PUBLIC by a rule of its layout`);
  expect(preview.text).not.toContain(`"site/b.txt"`);
  expect(await suite.emulator.writes()).toEqual([]);

  suite.stack.program(layout(`deletionPolicy: "RETAIN"`));
  const up = await suite.stack.up(policies);
  expect(up.ok).toBe(false);
  expect(up.text).toContain(`"drafts/a.txt" in bucket "media" is PUBLIC;`);
  expect(up.text).toContain(`"site/b.txt" in bucket "media" is PRIVATE;`);

  expect(await suite.stack.up(pack(RULES, "remediate"))).toMatchObject({ ok: true });
  expect(await suite.emulator.layout()).toMatchObject({ "drafts/a.txt": "PRIVATE", "site/b.txt": "PUBLIC" });
});
