import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HELP, readCommandLine } from "./options";
import { startService, type Service } from "../service";
import { UsageError } from "../usage-error";

async function main(): Promise<void> {
  const command = readCommandLine(process.argv.slice(2));
  if (command.run === "help") {
    process.stdout.write(HELP);
    return;
  }
  if (command.run === "version") {
    const manifest = readFileSync(join(__dirname, "..", "..", "package.json"), "utf8");
    process.stdout.write(`${(JSON.parse(manifest) as { version: string }).version}\n`);
    return;
  }
  const service = await startService(command.options, true);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop(service));
  process.stdout.write(
    [
      `mediasaur-emulator is ready on ${service.baseUrl}`,
      `pulumi config set --secret mediasaur:apiKey ${service.apiKey}`,
      `pulumi config set mediasaur:baseUrl ${service.baseUrl}`,
      `pulumi config set mediasaur:uploadUrl ${service.baseUrl}`,
      `its page, with files, requests and faults: ${service.baseUrl}/`,
      "",
    ].join("\n"),
  );
}

async function stop(service: Service): Promise<void> {
  await service.close();
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stderr.write(`mediasaur-emulator: ${(error as Error).message.replace(/\s+/g, " ")}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
