import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandFailure } from "./command-failure";

/** Beside `dist`, in the package as it is installed. */
const FOLDER = join(__dirname, "..", "..", "..", "plugin");

/**
 * Installs the resource plugin that this package carries, by Pulumi's own command, for programs in every language. It can be run twice.
 *
 * @returns the exit code
 * @throws CommandFailure where there is no Pulumi CLI, or it refuses
 */
export function installPlugin(): number {
  if (!existsSync(join(FOLDER, "main.js")))
    throw new CommandFailure(`the plugin is missing at ${FOLDER}: install the package anew.`);
  const { version } = JSON.parse(readFileSync(join(FOLDER, "schema.json"), "utf8")) as { version: string };
  const copy = mkdtempSync(join(tmpdir(), "pulumi-mediasaur-plugin-"));
  try {
    // With this file the CLI would run "npm install" in the folder. What is there needs nothing beside it.
    cpSync(FOLDER, copy, { recursive: true, filter: (file) => !file.endsWith("PulumiPlugin.yaml") });
    install(copy, version);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  process.stdout.write(
    `The plugin mediasaur ${version} is installed. YAML programs need nothing more; for other languages run ` +
      `"pulumi package add mediasaur@${version}" in the program's folder.\n`,
  );
  return 0;
}

function install(folder: string, version: string): void {
  const args = ["plugin", "install", "resource", "mediasaur", `v${version}`, "--file", folder, "--reinstall"];
  const { error, status, stderr } = spawnSync("pulumi", args, {
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (error !== undefined) {
    throw new CommandFailure(
      "there is no `pulumi` to be run: install the Pulumi CLI (https://www.pulumi.com/docs/install/) first.",
    );
  }
  if (status !== 0)
    throw new CommandFailure(`\`pulumi plugin install\` failed: ${stderr.trim().split("\n").at(-1) ?? ""}`);
}
