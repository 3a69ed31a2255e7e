import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { TestEmulator } from "./emulator";
import { backendIn, linkedFolder, removeFolder, ROOT } from "./projects";

/** What a command printed, and what it ended with. */
export interface Printed {
  code: number;
  text: string;
}

/** A copy of an example, as a user would make one, and an emulator that holds its sample. */
export class Example {
  private constructor(
    readonly folder: string,
    readonly emulator: TestEmulator,
    readonly env: Record<string, string>,
  ) {}

  static async start(name: string): Promise<Example> {
    const folder = linkedFolder();
    const source = join(ROOT, "examples", name);
    cpSync(source, folder, { recursive: true, filter: (path) => !path.includes("node_modules") });
    const emulator = await TestEmulator.start({ seed: sampleOf(folder) });
    mkdirSync(join(folder, "state"));
    return new Example(folder, emulator, { ...backendIn(join(folder, "state")), ...emulator.environment });
  }

  /** Runs the CLI in the example's folder, without asking anything. */
  pulumi(...args: string[]): Promise<Printed> {
    const common = ["--non-interactive", "--color", "never"];
    return this.run("pulumi", [...args, ...common]);
  }

  /** Makes the stack that the other commands use. */
  async init(): Promise<void> {
    const { code, text } = await this.pulumi("stack", "init", "test");
    if (code !== 0) throw new Error(text);
  }

  /** `pulumi up`, and what it changed, by the word that Pulumi has for it. */
  up(...args: string[]): Promise<Printed> {
    return this.pulumi("up", "--yes", "--skip-preview", "--stack", "test", ...args);
  }

  /** Runs a command in the example's folder. */
  run(command: string, args: string[], env: Record<string, string> = {}): Promise<Printed> {
    return new Promise((resolve) => {
      const options = { timeout: 200_000, cwd: this.folder, env: { ...process.env, ...this.env, ...env } };
      execFile(command, args, options, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), text: stdout + stderr });
      });
    });
  }

  async close(): Promise<void> {
    await this.emulator.close();
    removeFolder(this.folder);
  }
}

function sampleOf(folder: string): string {
  const file = join(folder, "sample.json");
  return existsSync(file) ? file : join(folder, "sample");
}
