import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { CommandFailure } from "./command-failure";

const PACKAGE = "mediasaur-emulator";

/**
 * Starts the emulator that is installed where the command is run, in this process: signals and the exit code are then its
 * own.
 *
 * @param args - handed on as they are
 * @throws CommandFailure that says how to install it
 */
export function startInstalledEmulator(args: readonly string[]): void {
  const fromHere = createRequire(join(process.cwd(), "package.json"));
  const script = installedScript(fromHere);
  process.argv = [process.execPath, script, ...args];
  fromHere(script);
}

function installedScript(fromHere: NodeJS.Require): string {
  let manifest: string;
  try {
    manifest = fromHere.resolve(`${PACKAGE}/package.json`);
  } catch {
    throw new CommandFailure(
      `${PACKAGE} is not installed here. Install it with "npm install --save-dev ${PACKAGE}", and run this again.`,
    );
  }
  const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin?: Record<string, string> };
  const script = bin?.[PACKAGE];
  if (script === undefined) throw new CommandFailure(`the installed ${PACKAGE} has no command: install a newer one.`);
  return join(dirname(manifest), script);
}
