import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { MediasaurClient } from "../../../provider/client";
import { readFiles } from "../../../provider/resources/lookups";
import { CommandFailure, EXIT } from "../command-failure";
import { environmentConfig } from "../environment";
import { layoutText } from "../import/layout-text";
import { programText } from "../import/program-text";
import { Progress } from "../terminal";
import { EMULATOR_FILES, frameOf, projectName, READING_PROGRAM, type ProjectFiles } from "./project";

/** The options of `init`. */
export interface InitOptions {
  readonly dir?: string;
  readonly emulator?: boolean;
  readonly from?: string;
}

/** From how many files on a project declares them as one layout. */
const MANY = 200;

/** `init`: writes a project that previews at once. It asks nothing, logs in nowhere, and writes over no file. */
export async function init({ dir = ".", emulator = false, from }: InitOptions, version: string): Promise<number> {
  if (emulator && from !== undefined) {
    throw new CommandFailure("--emulator and --from exclude each other: choose one of them.", EXIT.usage);
  }
  const folder = resolve(dir);
  const own: ProjectFiles = emulator
    ? EMULATOR_FILES
    : { "index.ts": from === undefined ? READING_PROGRAM : await programOf(from) };
  const files = { ...frameOf(projectName(basename(folder)), version, emulator), ...own };
  const kept = Object.entries(files).filter(([path, text]) => !written(join(folder, path), text));
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  for (const path of Object.keys(files)) {
    say(kept.some(([other]) => other === path) ? `kept     ${path}: it is there already` : `written  ${path}`);
  }
  say("");
  for (const line of nextSteps(
    folder,
    emulator,
    kept.map(([path]) => path),
  ))
    say(line);
  return EXIT.ok;
}

/** The program that declares what is in a bucket. */
async function programOf(bucket: string): Promise<string> {
  const client = new MediasaurClient(environmentConfig());
  if ((await client.getBucket(bucket)) === undefined) {
    const names = (await client.listBuckets()).map(({ name }) => name);
    const known = names.length === 0 ? "" : ` The key sees ${names.slice(0, 10).join(", ")}.`;
    throw new CommandFailure(`bucket "${bucket}" is missing, or not visible to this API key.${known}`);
  }
  const progress = new Progress();
  const files = await readFiles(client, { bucket, prefix: "" }, (listed) => {
    progress.show(`listed ${listed} files of bucket ${bucket} ...`);
  }).finally(() => {
    progress.clear();
  });
  const { text, leftOut } = (files.length > MANY ? layoutText : programText)(bucket, "", files);
  for (const line of leftOut) process.stderr.write(`pulumi-mediasaur: left out: ${line}\n`);
  return text;
}

/** Writes a file; `false` where there is one already, which is left as it is. */
function written(file: string, text: string): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    const { code = "unknown reason" } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    throw new CommandFailure(`${file} can't be written (${code}).`);
  }
}

function nextSteps(folder: string, emulator: boolean, kept: readonly string[]): string[] {
  const where = relative(process.cwd(), folder);
  const install = kept.includes("package.json")
    ? "npm install pulumi-mediasaur @pulumi/pulumi && npm install --save-dev typescript@5 ts-node @types/node@20" +
      (emulator ? " mediasaur-emulator" : "")
    : "npm install";
  const hasKey = (process.env["MEDIASAUR_API_KEY"] ?? "") !== "";
  const account = emulator
    ? ["npx mediasaur-emulator --seed sample   # in a terminal of its own; then the lines that it prints, here"]
    : hasKey
      ? []
      : ["pulumi config set --secret mediasaur:apiKey   # asks for it: sk_...; or export MEDIASAUR_API_KEY"];
  return [
    "Next:",
    ...(where === "" ? [] : [`  cd ${/^[\w./-]+$/.test(where) ? where : JSON.stringify(where)}`]),
    `  ${install}`,
    "  pulumi login              # if you have not: `pulumi login --local` keeps state on this machine, under a passphrase",
    "  pulumi stack init dev",
    ...account.map((line) => `  ${line}`),
    "  npx pulumi-mediasaur preview",
    "  pulumi up",
  ];
}
