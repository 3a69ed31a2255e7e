import { writeFileSync } from "node:fs";
import { MediasaurClient } from "../../../provider/client";
import { readFiles } from "../../../provider/resources/lookups";
import { CommandFailure, EXIT } from "../command-failure";
import { environmentConfig } from "../environment";
import { Progress } from "../terminal";
import { layoutText } from "./layout-text";
import { programText } from "./program-text";

/** The options of `import`. */
export interface ImportOptions {
  readonly prefix?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly layout?: boolean;
}

/** `import`: writes the program that declares the files of a bucket as they are. */
export async function importBucket(bucket: string, options: ImportOptions): Promise<number> {
  const { prefix = "", out, force = false, layout = false } = options;
  const progress = new Progress();
  const client = new MediasaurClient({
    ...environmentConfig(),
    onSkipped: ({ id, path, reason }) => {
      process.stderr.write(`pulumi-mediasaur: left out: file ${id ?? JSON.stringify(path ?? "")} ${reason}\n`);
    },
  });
  const files = await readFiles(client, { bucket, prefix }, (listed) => {
    progress.show(`listed ${listed} files of bucket ${bucket} ...`);
  }).finally(() => {
    progress.clear();
  });
  const { text, declared, leftOut } = (layout ? layoutText : programText)(bucket, prefix, files);
  for (const line of leftOut) process.stderr.write(`pulumi-mediasaur: left out: ${line}\n`);
  if (declared === 0) {
    const where = `bucket ${JSON.stringify(bucket)}${prefix === "" ? "" : `, below ${JSON.stringify(prefix)}`}`;
    throw new CommandFailure(`there is no file to declare in ${where}.`);
  }
  if (out === undefined) {
    process.stdout.write(text);
    return EXIT.ok;
  }
  write(out, text, force);
  process.stderr.write(`${out}: ${declared} ${declared === 1 ? "file" : "files"} of bucket ${bucket} declared.\n`);
  return EXIT.ok;
}

function write(out: string, text: string, force: boolean): void {
  try {
    writeFileSync(out, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    const { code = "unknown reason" } = error as NodeJS.ErrnoException;
    throw new CommandFailure(
      code === "EEXIST"
        ? `${out} exists already. Choose another file, or write over it with --force.`
        : `${out} can't be written (${code}).`,
    );
  }
}
