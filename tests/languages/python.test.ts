import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { TestEmulator } from "../support/emulator";
import { ROOT } from "../support/projects";
import { PLUGIN, PLUGINS, Project } from "./support";

// A program in Python, with the SDK that Pulumi makes of the plugin's schema.

let emulator: TestEmulator;
let project: Project;

beforeAll(async () => {
  emulator = await TestEmulator.start();
  project = await Project.create(emulator, `name: python\nruntime: python\n${PLUGINS}`);
  generate("python", join(project.folder, "sdk"));
  // Beside the program, where Python looks first.
  const install = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-deps",
    "--disable-pip-version-check",
    "--target",
    project.folder,
  ];
  execFileSync("python", [...install, join(project.folder, "sdk")], { stdio: ["ignore", "ignore", "inherit"] });
});

afterAll(async () => {
  project.remove();
  await emulator.close();
});

function generate(language: string, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const generator = process.env.MEDIASAUR_SDK_GENERATOR ?? "";
  execFileSync(generator, [language, join(PLUGIN, "schema.json"), folder], { cwd: ROOT });
}

const program = (path: string, visibility: string): string => `import pulumi
import pulumi_mediasaur as mediasaur

hero = mediasaur.ManagedFile("hero", bucket="media", path="${path}", visibility="${visibility}",
    source={"adopt": {"path": "incoming/hero.jpg"}})
text = mediasaur.ManagedFile("text", bucket="media", path="site/a.txt", source={"upload": pulumi.StringAsset("a")})
site = mediasaur.FileLayout("site", bucket="media", prefix="img/", files={"one": {"path": "img/1.png", "visibility": "PRIVATE"}})
own = mediasaur.Provider("own", api_key="${emulator.handle.apiKey}", base_url="${emulator.handle.baseUrl}", upload_url="${emulator.handle.uploadUrl}")
there = mediasaur.ManagedFile("there", bucket="media", path="own/x.txt", opts=pulumi.ResourceOptions(provider=own))
pulumi.export("url", hero.url)
pulumi.export("listed", mediasaur.get_files_output(bucket="media", match="own/*").apply(lambda found: [file.path for file in found.files]))
`;

test("preview, up, nothing to do, a move, drift, refresh and destroy", async () => {
  await emulator.seed({ "incoming/hero.jpg": "PRIVATE", "img/1.png": "PUBLIC", "own/x.txt": "PRIVATE" });
  project.write("__main__.py", program("site/hero.jpg", "PUBLIC"));
  await project.succeed("preview");
  expect(await emulator.writes()).toEqual([]);
  await project.up();
  const layout = {
    "site/hero.jpg": "PUBLIC",
    "img/1.png": "PRIVATE",
    "own/x.txt": "PRIVATE",
    "site/a.txt": expect.any(String) as string,
  };
  expect(await emulator.layout()).toEqual(layout);
  expect(await project.outputs()).toMatchObject({
    listed: ["own/x.txt"],
    url: expect.stringContaining("/site/hero.jpg") as string,
  });
  expect(project.state()).not.toContain(emulator.handle.apiKey);

  await emulator.forget();
  await project.up("--expect-no-changes");
  expect(await emulator.writes()).toEqual([]);

  const { id } = await emulator.file("site/hero.jpg");
  await emulator.edit({ op: "visibility", id, visibility: "PRIVATE" });
  await project.succeed("refresh", "--yes", "--skip-preview");
  project.write("__main__.py", program("site/top.jpg", "PUBLIC"));
  const preview = await project.succeed("preview", "--diff");
  expect(preview).toMatch(/~ path +: "site\/hero.jpg" => "site\/top.jpg"/);
  expect(preview).toMatch(/~ visibility: "PRIVATE" => "PUBLIC"/);
  await project.up();
  expect(await emulator.file("site/top.jpg")).toMatchObject({ id, visibility: "PUBLIC" });

  project.write("__main__.py", program("/top.jpg", "PUBLIC"));
  const { ok, text } = await project.run("preview");
  expect(ok).toBe(false);
  expect(text).toMatch(/path: "\/top.jpg" starts with a slash/);

  await project.succeed("destroy", "--yes", "--skip-preview");
  expect(await emulator.layout()).toEqual({ "site/top.jpg": "PUBLIC", "img/1.png": "PRIVATE", "own/x.txt": "PRIVATE" });
});

test("the SDK for Go is generated", () => {
  const folder = join(project.folder, "go");
  generate("go", folder);
  expect(existsSync(join(folder, "mediasaur", "managedFile.go"))).toBe(true);
});
