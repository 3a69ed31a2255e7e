import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
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
  const args = ["plugin", "install", "resource", "mediasaur", `v${version}`, "--file", FOLDER, "--reinstall"];
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
  process.stdout.write(
    `The plugin mediasaur ${version} is installed. YAML programs need nothing more; for other languages run ` +
      `"pulumi package add mediasaur@${version}" in the program's folder.\n`,
  );
  return 0;
}
