import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { TestEmulator } from "../support/emulator";
import { ROOT } from "../support/projects";
import { Project } from "./support";

test("the command installs the plugin, also a second time, and a YAML program then needs nothing else", async () => {
  const emulator = await TestEmulator.start();
  const yaml =
    "name: installed\nruntime: yaml\nresources:\n  a:\n    type: mediasaur:ManagedFile\n    properties: { bucket: media, path: a.txt }\n";
  const project = await Project.create(emulator, yaml);
  try {
    await emulator.seed({ "a.txt": "PUBLIC" });
    const env = { ...process.env, PULUMI_HOME: join(project.folder, "home"), PULUMI_SKIP_UPDATE_CHECK: "1" };
    const install = (): string =>
      execFileSync(process.execPath, [join(ROOT, "bin", "pulumi-mediasaur.js"), "plugin", "install"], {
        encoding: "utf8",
        env,
      });
    expect(install()).toMatch(/^The plugin mediasaur \S+ is installed/);
    expect(install()).toMatch(/^The plugin mediasaur \S+ is installed/);
    expect(await project.succeed("plugin", "ls")).toMatch(/^mediasaur +resource/m);
    expect(await project.up()).toMatch(/2 created/);
    await project.succeed("destroy", "--yes", "--skip-preview");
    expect(await emulator.layout()).toEqual({ "a.txt": "PUBLIC" });
  } finally {
    project.remove();
    await emulator.close();
  }
});
