import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../support/projects";

/** What a command line did. */
export interface Ran {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the built command line as a user's shell would. */
export function run(args: string[], env: NodeJS.ProcessEnv = {}, cwd = ROOT): Promise<Ran> {
  const {
    MEDIASAUR_API_KEY: _key,
    MEDIASAUR_BASE_URL: _base,
    MEDIASAUR_UPLOAD_URL: _upload,
    ...inherited
  } = process.env;
  const script = join(ROOT, "bin", "pulumi-mediasaur.js");
  const child = spawn(process.execPath, [script, ...args], {
    cwd,
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ran: Ran = { code: null, stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (ran.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (ran.stderr += text));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ ...ran, code });
    });
  });
}

/** One line, of the command line itself, without a stack trace. */
export const ONE_LINE = /^pulumi-mediasaur: [^\n]+\n$/;
