import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { EXIT } from "./command-failure";
import { doctor, type DoctorOptions } from "./doctor/command";
import { startInstalledEmulator } from "./emulator";
import { importBucket, type ImportOptions } from "./import/command";
import { init, type InitOptions } from "./init/command";
import { installPlugin } from "./plugin";
import { preview, type PreviewOptions } from "./preview/command";

const ENVIRONMENT = `
Environment:
  MEDIASAUR_API_KEY     sk_..., required by doctor and import
  MEDIASAUR_BASE_URL    default https://api.mediasaur.com
  MEDIASAUR_UPLOAD_URL  default https://upload.mediasaur.com
  NO_COLOR              no colours

Exit codes: 0 all is well, 1 something is wrong or failed, 2 the command line is wrong, 130 ended with Ctrl-C
`;

/**
 * Runs one command line.
 *
 * @param args - without the program's own name
 * @returns the exit code
 * @throws CommandFailure, MediasaurError, or commander's own error, which has been printed by then
 */
export async function commandLine(args: readonly string[]): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = new Command("pulumi-mediasaur")
    .description(
      "Tools beside the Pulumi provider for Mediasaur. At the service only doctor --write writes; import, init and preview write files on this machine.",
    )
    .usage("<command> [options]")
    .version(packageVersion())
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        write(
          `pulumi-mediasaur: ${text
            .replace(/^error: /, "")
            .trim()
            .replace(/\s+/g, " ")}\n`,
        );
      },
    })
    .addHelpText(
      "after",
      `
Examples:
  npx pulumi-mediasaur init --dir site --emulator
  npx pulumi-mediasaur doctor --bucket media
  npx pulumi-mediasaur import media --prefix site/ --out site.ts
  npx pulumi-mediasaur preview --html preview.html
  npx pulumi-mediasaur emulator --seed sample
${ENVIRONMENT}`,
    );

  program
    .command("doctor")
    .description("checks whether the service answers as the provider needs it; reads only, unless told to write")
    .option("--bucket <name>", "the bucket to look into (default: one that the key sees, with files in it)")
    .option("--write", "also find out by writing what only writing shows, in a scratch folder that is taken away again")
    .option("--json", "the result as JSON")
    .addHelpText(
      "after",
      `
Examples:
  npx pulumi-mediasaur doctor
  npx pulumi-mediasaur doctor --bucket media --json
  npx pulumi-mediasaur doctor --bucket scratch --write
${ENVIRONMENT}`,
    )
    .action(async (options: DoctorOptions) => {
      exitCode = await doctor(options);
    });

  program
    .command("import")
    .description("writes the TypeScript program that declares the files that are there now; reads only")
    .argument("<bucket>", "the bucket's name")
    .option("--prefix <prefix>", "only files whose full path starts with this")
    .option("--out <file>", "where to write the program (default: standard output)")
    .option("--force", "write over a file that exists")
    .option("--layout", "declare the files as one FileLayout")
    .addHelpText(
      "after",
      `
The first "pulumi up" of that program takes every file over where it is, and changes nothing at the service.

Examples:
  npx pulumi-mediasaur import media --out index.ts
  npx pulumi-mediasaur import media --prefix site/ --layout > site.ts
${ENVIRONMENT}`,
    )
    .action(async (bucket: string, options: ImportOptions) => {
      exitCode = await importBucket(bucket, options);
    });

  program
    .command("init")
    .description("writes a project that previews at once; asks nothing, logs in nowhere, and writes over no file")
    .option("--dir <dir>", "where to write it", ".")
    .option("--emulator", "for the emulator: no account is needed")
    .option("--from <bucket>", "a program that declares the files of this bucket as they are")
    .addHelpText(
      "after",
      `
Examples:
  npx pulumi-mediasaur init --dir site --emulator
  npx pulumi-mediasaur init --dir site --from media
${ENVIRONMENT}`,
    )
    .action(async (options: InitOptions) => {
      exitCode = await init(options, packageVersion());
    });

  program
    .command("preview")
    .description("runs pulumi preview, and draws what becomes of each file; writes nothing at the service")
    .usage("[options] [-- options of pulumi preview]")
    .option("--markdown <file>", "also write it as Markdown, for the comment of a pull request")
    .option("--html <file>", "also write it as a page of one file, with a search and both trees")
    .argument("[pulumi...]", "handed on to pulumi preview as they are")
    .addHelpText(
      "after",
      `
The exit code is Pulumi's.

Examples:
  npx pulumi-mediasaur preview
  npx pulumi-mediasaur preview --html preview.html -- --stack dev --refresh
  npx pulumi-mediasaur preview --markdown comment.md -- --stack production --non-interactive
`,
    )
    .action(async (args: string[], options: PreviewOptions) => {
      exitCode = await preview(args, options);
    });

  program
    .command("emulator")
    .description("starts mediasaur-emulator, the local stand-in for the service, where it is installed")
    .usage("[options of mediasaur-emulator]")
    .argument("[options...]", 'handed on as they are; "emulator --help" lists them')
    .helpOption(false)
    .allowUnknownOption()
    .passThroughOptions()
    .action((options: string[]) => {
      startInstalledEmulator(options);
    });

  program
    .command("plugin")
    .description(
      "the resource plugin: for YAML, Python, Go and the other languages of Pulumi, and for pulumi-mediasaur/native",
    )
    .command("install")
    .description("installs the resource plugin that this package carries, for the Pulumi CLI on PATH")
    .action(() => {
      exitCode = installPlugin();
    });

  await program.parseAsync(args, { from: "user" });
  return exitCode;
}

function packageVersion(): string {
  const manifest = readFileSync(join(__dirname, "..", "..", "..", "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
