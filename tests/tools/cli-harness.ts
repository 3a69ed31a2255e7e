import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const TOOL = pathToFileURL(join(__dirname, "..", "..", "tools", "get-pulumi.mjs")).href;

/** What getPulumi gave, or why it gave nothing; `asked` is what it tried to obtain, in order. */
export interface Outcome {
  readonly found?: { command: string; bin: string; version: string; env: Record<string, string> };
  readonly error?: string;
  readonly asked: string[];
  readonly said: string;
}

/** How the two ways to obtain a CLI go in a test: they fail, or put a fake one where it belongs. */
export interface Ways {
  readonly download?: "fails" | "works";
  readonly build?: "fails" | "works";
  readonly buildTakes?: number;
}

/** A home folder and a PATH with fake programs, in which getPulumi runs in a process of its own. */
export class Machine {
  readonly root = mkdtempSync(join(tmpdir(), "mediasaur-cli-"));
  readonly home = join(this.root, "home");
  readonly onPath = join(this.root, "path");
  readonly versionFolder = join(this.home, ".pulumi", "versions", "3.255.0");
  readonly bin = join(this.versionFolder, "bin");
  private readonly running = new Set<ChildProcess>();

  constructor() {
    mkdirSync(this.home);
    mkdirSync(this.onPath);
  }

  program(file: string, body: string): string {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `#!/bin/sh\n${body}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  /** A fake `pulumi` that answers `pulumi version`, with its helpers beside it unless told otherwise. */
  pulumi(
    folder: string,
    version: string,
    helpers = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"],
  ): string {
    for (const name of helpers) this.program(join(folder, name), "exit 0");
    return this.program(join(folder, "pulumi"), `echo v${version}`);
  }

  async getPulumi(ways: Ways = {}, env: Record<string, string> = {}): Promise<Outcome> {
    const log = join(this.root, `asked-${String(Math.random()).slice(2)}`);
    writeFileSync(log, "");
    const script = `
      import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from "node:fs";
      import { setTimeout as sleep } from "node:timers/promises";
      import { getPulumi } from ${JSON.stringify(TOOL)};
      const way = (name, outcome, takes = 0) => async ({ bin, version }) => {
        appendFileSync(${JSON.stringify(log)}, name + "\\n");
        await sleep(takes);
        if (outcome !== "works") throw new Error(name + " is impossible here");
        mkdirSync(bin, { recursive: true });
        for (const file of ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs", "pulumi"]) {
          writeFileSync(bin + "/" + file, "#!/bin/sh\\necho v" + version + "\\n");
          chmodSync(bin + "/" + file, 0o755);
        }
      };
      const ways = ${JSON.stringify(ways)};
      try {
        const found = await getPulumi({
          download: way("download", ways.download),
          build: way("build", ways.build, ways.buildTakes),
        });
        console.log(JSON.stringify({ found }));
      } catch (error) {
        console.log(JSON.stringify({ error: error.name + ": " + error.message }));
      }`;
    const { stdout, stderr } = await this.node(script, { HOME: this.home, PATH: this.onPath, ...env });
    const asked = readFileSync(log, "utf8").split("\n").filter(Boolean);
    return { ...(JSON.parse(stdout) as Pick<Outcome, "found" | "error">), asked, said: stderr };
  }

  private node(script: string, env: Record<string, string>): Promise<{ stdout: string; stderr: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script], { env });
      this.running.add(child);
      let stdout = "";
      let stderr = "";
      child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
      child.once("error", reject);
      child.once("close", (code) => {
        this.running.delete(child);
        if (code === 0) resolve({ stdout, stderr });
        else reject(new Error(`node ended with ${String(code)}:\n${stderr}`));
      });
    });
  }

  remove(): void {
    for (const child of this.running) child.kill();
    rmSync(this.root, { recursive: true, force: true });
  }
}
