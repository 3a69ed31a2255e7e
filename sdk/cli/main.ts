import { CommanderError } from "commander";
import { CommandFailure, EXIT } from "./command-failure";
import { messageOf } from "./message";
import { commandLine } from "./program";

async function main(): Promise<number> {
  try {
    return await commandLine(process.argv.slice(2));
  } catch (error) {
    // What commander throws, it has said already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    process.stderr.write(`pulumi-mediasaur: ${messageOf(error)}\n`);
    return error instanceof CommandFailure ? error.exitCode : EXIT.failed;
  }
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? EXIT.ok : EXIT.failed);
});

void main().then((code) => {
  if (code !== EXIT.ok) process.exitCode = code;
});
