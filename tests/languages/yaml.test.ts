import { TestEmulator } from "../support/emulator";
import { PLUGINS, Project } from "./support";

// A program in YAML, by the real engine and the resource plugin: no SDK of this package runs in it.

let emulator: TestEmulator;
let project: Project;

beforeAll(async () => {
  emulator = await TestEmulator.start();
  await emulator.seed({ "incoming/hero.jpg": "PRIVATE", "site/logo.svg": "PUBLIC", "site/stray.txt": "PRIVATE" });
  project = await Project.create(emulator, program(""));
});

afterAll(async () => {
  project.remove();
  await emulator.close();
});

function program(resources: string, more = ""): string {
  return `name: yaml\nruntime: yaml\n${PLUGINS}resources:${resources === "" ? " {}" : `\n${resources}`}\n${more}`;
}

const hero = (path: string, visibility: string): string => `  hero:
    type: mediasaur:ManagedFile
    properties: { bucket: media, path: ${path}, visibility: ${visibility}, source: { adopt: { path: incoming/hero.jpg } } }
`;

const OUTPUTS = "outputs:\n  url: ${hero.url}\n  name: ${hero.name}\n";

test("a file is taken over, moved, published, put back after a drift, and left where it is at the end", async () => {
  project.write("Pulumi.yaml", program(hero("site/hero.jpg", "PUBLIC"), OUTPUTS));
  expect(await project.succeed("preview", "--diff")).toMatch(/incoming\/hero.jpg -> site\/hero.jpg, becomes PUBLIC/);
  expect(await emulator.writes()).toEqual([]);
  await project.up();
  expect(await emulator.layout()).toMatchObject({ "site/hero.jpg": "PUBLIC" });
  const { url, name } = await project.outputs();
  expect(url).toContain("/site/hero.jpg");
  expect(name).toBe("hero.jpg");

  await emulator.forget();
  expect(await project.up("--expect-no-changes")).toMatch(/2 unchanged/);
  expect(await emulator.writes()).toEqual([]);

  project.write("Pulumi.yaml", program(hero("site/img/top.jpg", "PRIVATE"), OUTPUTS));
  const preview = await project.succeed("preview", "--diff");
  expect(preview).toMatch(/~ path +: "site\/hero.jpg" => "site\/img\/top.jpg"/);
  expect(preview).toMatch(/~ visibility: "PUBLIC" => "PRIVATE"/);
  expect(preview).toMatch(/name: "hero.jpg" => "top.jpg"/);
  await project.up();
  expect(await emulator.layout()).toMatchObject({ "site/img/top.jpg": "PRIVATE" });

  const { id } = await emulator.file("site/img/top.jpg");
  await emulator.edit({ op: "visibility", id, visibility: "PUBLIC" });
  expect(await project.succeed("refresh", "--yes", "--skip-preview")).toMatch(/1 updated/);
  expect(await project.succeed("preview", "--diff")).toMatch(/~ visibility: "PUBLIC" => "PRIVATE"/);
  await project.up();
  expect(await emulator.layout()).toMatchObject({ "site/img/top.jpg": "PRIVATE" });

  await project.succeed("destroy", "--yes", "--skip-preview");
  expect(await emulator.layout()).toMatchObject({ "site/img/top.jpg": "PRIVATE" });
});

test.each([
  ["ManagedFile", "{ bucket: media, path: /a.txt }", /problem: path: "\/a.txt" starts with a slash/],
  ["ManagedFile", "{ bucket: media, path: a.txt, source: {} }", /problem: source: has to be exactly one of/],
  [
    "FileLayout",
    "{ bucket: media, files: {}, unmanaged: DELETE }",
    /problem: unmanaged: DELETE is for programs in TypeScript/,
  ],
  ["Bucket", "{ name: nope }", /bucket "nope" is missing, or not visible to this API key/],
])("a %s of %s is refused by property, in a line without the value of anything", async (type, properties, reason) => {
  project.write("Pulumi.yaml", program(`  wrong:\n    type: mediasaur:${type}\n    properties: ${properties}\n`));
  const { ok, text } = await project.run("preview");
  expect(ok).toBe(false);
  expect(text).toMatch(reason);
  expect(text).not.toMatch(/value \{|<nil>|&\{/);
});

test("rules hold for declared files, and what is undeclared is told and not touched", async () => {
  const layout = `  site:
    type: mediasaur:FileLayout
    properties:
      bucket: media
      prefix: site/
      files: { logo: { path: site/logo.svg } }
      rules: [{ match: "**/*.svg", visibility: PRIVATE }, { match: "**", visibility: PUBLIC }]
`;
  project.write("Pulumi.yaml", program(layout, "outputs: { left: '${site.unmanagedFiles}' }\n"));
  await project.up();
  expect(await emulator.layout()).toMatchObject({ "site/logo.svg": "PRIVATE", "site/stray.txt": "PRIVATE" });
  expect(JSON.stringify(await project.outputs())).toContain("site/stray.txt");
  await project.up("--expect-no-changes");
  await project.succeed("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  await project.up("--expect-no-changes");
});

test("functions read, and two accounts live in one stack", async () => {
  const other = await TestEmulator.start({ apiKey: "sk_of_the_other_account_42" });
  try {
    await other.seed({ "b/two.txt": "PRIVATE" });
    const two = `  two:
    type: pulumi:providers:mediasaur
    properties: { apiKey: ${other.handle.apiKey}, baseUrl: "${other.handle.baseUrl}", uploadUrl: "${other.handle.uploadUrl}" }
  there:
    type: mediasaur:ManagedFile
    properties: { bucket: media, path: b/moved.txt, source: { adopt: { path: b/two.txt } } }
    options: { provider: "\${two}" }
  here:
    type: mediasaur:ManagedFile
    properties: { bucket: media, path: site/logo.svg }
`;
    const look = `variables:
  files:
    fn::invoke: { function: mediasaur:getFiles, arguments: { bucket: media, match: "site/*.svg" } }
outputs: { first: "\${files.files[0].path}" }
`;
    project.write("Pulumi.yaml", program(two, look));
    await project.up();
    expect(await other.layout()).toEqual({ "b/moved.txt": "PRIVATE" });
    expect((await project.outputs()).first).toBe("site/logo.svg");
    expect(project.state()).not.toContain(other.handle.apiKey);
    expect(project.state()).not.toContain(emulator.handle.apiKey);
    await project.succeed("destroy", "--yes", "--skip-preview");
  } finally {
    await other.close();
  }
});

test("what follows from a secret path is a secret, in state and on the screen", async () => {
  await emulator.seed({ "top/launch-plan.pdf": "PUBLIC" });
  await project.succeed("config", "set", "--secret", "where", "top/launch-plan.pdf");
  const resources = "  f:\n    type: mediasaur:ManagedFile\n    properties: { bucket: media, path: '${where}' }\n";
  project.write(
    "Pulumi.yaml",
    `config: { where: { type: string, secret: true } }\n${program(resources, "outputs: { url: '${f.url}', name: '${f.name}' }\n")}`,
  );
  const text = await project.up("--diff");
  expect(text).not.toContain("launch-plan");
  expect(text).toMatch(/url +: \[secret\]/);
  expect(project.state()).not.toContain("launch-plan");
  await project.succeed("refresh", "--yes", "--skip-preview");
  expect(project.state()).not.toContain("launch-plan");
  await project.succeed("destroy", "--yes", "--skip-preview");
});

test("an import gives code that changes nothing", async () => {
  await emulator.seed({ "in/a.txt": "PUBLIC", "in/deep/b.txt": "PRIVATE" });
  project.write("Pulumi.yaml", program(""));
  const file = await project.succeed(
    "import",
    "mediasaur:index:ManagedFile",
    "a",
    "media/in/a.txt",
    "--yes",
    "--protect=false",
    "--out",
    "a.yaml",
  );
  expect(file).toMatch(/1 imported/);
  await project.succeed(
    "import",
    "mediasaur:index:FileLayout",
    "deep",
    "media/in/deep/",
    "--yes",
    "--protect=false",
    "--out",
    "l.yaml",
  );
  const code = ["a.yaml", "l.yaml"].map((name) => project.read(name).replace(/^resources:\n/m, ""));
  project.write("Pulumi.yaml", program(code.join("")));
  await emulator.forget();
  expect(await project.up("--expect-no-changes")).toMatch(/3 unchanged/);
  expect(await emulator.writes()).toEqual([]);
  const { ok, text } = await project.run("import", "mediasaur:index:ManagedFile", "none", "media/none.txt", "--yes");
  expect(ok).toBe(false);
  expect(text).toMatch(/there is no file at "none.txt" in bucket "media"/);
});
