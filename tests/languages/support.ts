import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestEmulator } from "../support/emulator";
import { backendIn, newFolder, removeFolder, ROOT } from "../support/projects";

/** The plugin as it is built. */
export const PLUGIN = join(ROOT, "plugin");

/** Where Pulumi finds the plugin, for a Pulumi.yaml. */
export const PLUGINS = `plugins:\n  providers:\n    - name: mediasaur\n      path: ${PLUGIN}\n`;

/** What one command printed, and whether it went well. */
export interface Printed {
  readonly ok: boolean;
  readonly text: string;
}

/** A program of any language in a folder of its own, run by the real CLI with a backend in a file. */
export class Project {
  private constructor(
    readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Makes one with a stack that is configured for an emulator. */
  static async create(emulator: TestEmulator, yaml: string, folder = newFolder("language")): Promise<Project> {
    const backend = join(folder, "backend");
    const home = join(folder, "home");
    for (const path of [backend, home]) mkdirSync(path, { recursive: true });
    const {
      MEDIASAUR_API_KEY: _key,
      MEDIASAUR_BASE_URL: _base,
      MEDIASAUR_UPLOAD_URL: _upload,
      ...inherited
    } = process.env;
    const project = new Project(folder, { ...inherited, ...backendIn(backend), PULUMI_HOME: home });
    project.write("Pulumi.yaml", yaml);
    await project.succeed("stack", "init", "test");
    for (const [key, { value, secret }] of Object.entries(emulator.stackConfig)) {
      await project.succeed("config", "set", ...(secret === true ? ["--secret"] : []), key, value);
    }
    return project;
  }

  /** Writes a file of the program. */
  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Reads a file of the program. */
  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Runs `pulumi`, and says what became of it. */
  run(...args: string[]): Promise<Printed> {
    return new Promise((resolve) => {
      const options = { cwd: this.folder, env: this.env, maxBuffer: 64 * 2 ** 20 };
      execFile("pulumi", [...args, "--non-interactive", "--color", "never"], options, (error, stdout, stderr) => {
        resolve({ ok: error === null, text: stdout + stderr });
      });
    });
  }

  /** Runs `pulumi`, which has to go well; gives what it printed. */
  async succeed(...args: string[]): Promise<string> {
    const { ok, text } = await this.run(...args);
    if (!ok) throw new Error(`pulumi ${args.join(" ")} failed:\n${text}`);
    return text;
  }

  up(...more: string[]): Promise<string> {
    return this.succeed("up", "--yes", "--skip-preview", ...more);
  }

  /** State as it is on disk: what is secret is ciphertext. */
  state(): string {
    const file = join(this.folder, "backend", ".pulumi", "stacks", this.name, "test.json");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  /** The outputs of the stack. */
  async outputs(): Promise<Record<string, unknown>> {
    return JSON.parse(await this.succeed("stack", "output", "--json", "--show-secrets")) as Record<string, unknown>;
  }

  remove(): void {
    removeFolder(this.folder);
  }

  private get name(): string {
    return /^name: (\S+)/m.exec(readFileSync(join(this.folder, "Pulumi.yaml"), "utf8"))?.[1] ?? "";
  }
}
