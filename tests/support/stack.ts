import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { backendIn, linkedFolder, removeFolder } from "./projects";

/** What one command printed, and whether it went well. */
export interface Outcome {
  ok: boolean;
  /** Everything printed, without colours. */
  text: string;
  /** How many resources were created, updated, deleted, ... */
  changes: Record<string, number>;
}

/** A resource as state has it. */
export interface StateEntry {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
}

/** A stack of a program's folder of its own, run by the real CLI with a backend in a file. */
export class TestStack {
  private constructor(
    readonly folder: string,
    readonly stack: Stack,
    /** What a `pulumi` of one's own needs to find this stack. */
    readonly env: Record<string, string>,
  ) {}

  static async create(
    config: Record<string, { value: string; secret?: boolean }>,
    folder = linkedFolder(),
  ): Promise<TestStack> {
    const backend = join(folder, "backend");
    mkdirSync(backend, { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), "name: lifecycle\nruntime: nodejs\nmain: index.js\n");
    writeFileSync(join(folder, "index.js"), "");
    const env = {
      ...backendIn(backend),
      MEDIASAUR_API_KEY: "",
      MEDIASAUR_BASE_URL: "",
      MEDIASAUR_UPLOAD_URL: "",
    };
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName: "test", workDir: folder },
      {
        envVars: env,
      },
    );
    await stack.setAllConfig(config);
    return new TestStack(folder, stack, env);
  }

  /** Sets the program: JavaScript, in which `pulumi` and `mediasaur` are there. What it assigns to `exports` is exported. */
  program(text: string): void {
    const prelude = `"use strict";\nconst pulumi = require("@pulumi/pulumi");\nconst mediasaur = require("pulumi-mediasaur");\n`;
    writeFileSync(join(this.folder, "index.js"), prelude + text);
  }

  preview(options: { diff?: boolean; policyPacks?: string[] } = {}): Promise<Outcome> {
    return this.#run(
      async (onOutput) => (await this.stack.preview({ onOutput, color: "never", ...options })).changeSummary,
    );
  }

  up(
    options: {
      parallel?: number;
      refresh?: boolean;
      replace?: string[];
      policyPacks?: string[];
      target?: string[];
      exclude?: string[];
      continueOnError?: boolean;
    } = {},
  ): Promise<Outcome> {
    return this.#run(
      async (onOutput) => (await this.stack.up({ onOutput, color: "never", ...options })).summary.resourceChanges,
    );
  }

  refresh(): Promise<Outcome> {
    return this.#run(
      async (onOutput) => (await this.stack.refresh({ onOutput, color: "never" })).summary.resourceChanges,
    );
  }

  destroy(): Promise<Outcome> {
    return this.#run(
      async (onOutput) => (await this.stack.destroy({ onOutput, color: "never" })).summary.resourceChanges,
    );
  }

  /** What the stack exports. */
  async outputs(): Promise<Record<string, unknown>> {
    return Object.fromEntries(
      Object.entries(await this.stack.outputs()).map(([key, output]) => [key, output.value as unknown]),
    );
  }

  /** The resources of the stack's state, those of Pulumi itself left out. */
  async state(): Promise<StateEntry[]> {
    const { deployment } = await this.stack.exportStack();
    const { resources = [] } = deployment as { resources?: StateEntry[] };
    return resources.filter((resource) => resource.type.startsWith("pulumi-nodejs:dynamic/"));
  }

  /** The state file as it is on disk. */
  stateText(): string {
    return readFileSync(join(this.folder, "backend", ".pulumi", "stacks", "lifecycle", "test.json"), "utf8");
  }

  remove(): void {
    removeFolder(this.folder);
  }

  async #run(
    command: (onOutput: (text: string) => void) => Promise<Record<string, number> | undefined>,
  ): Promise<Outcome> {
    let text = "";
    try {
      const changes = await command((part) => {
        text += part;
      });
      return { ok: true, text, changes: changes ?? {} };
    } catch (error) {
      return { ok: false, text: `${text}\n${error instanceof Error ? error.message : String(error)}`, changes: {} };
    }
  }
}
