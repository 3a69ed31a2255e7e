import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

const bin = join(__dirname, "../../emulator/bin/mediasaur-emulator.js");

/** A run of the command. */
export interface CommandRun {
  readonly child: ChildProcess;
  readonly baseUrl: string;
  readonly lines: readonly string[];
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/** Starts the command, and waits until it has printed all that it prints when ready. */
export async function startCommand(...args: string[]): Promise<CommandRun> {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("exit", (code, signal) => {
      resolve({ code, signal });
    });
  });
  let text = "";
  const ready = new Promise<void>((resolve) => {
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      if (text.split("\n").length > 4) resolve();
    });
  });
  await Promise.race([
    ready,
    ended.then(({ code }) => {
      throw new Error(`the command ended with ${String(code)}`);
    }),
  ]);
  const lines = text.trimEnd().split("\n");
  return { child, baseUrl: lines[0]?.split(" ").at(-1) ?? "", lines, ended };
}

/** Runs the command to its end. */
export async function runCommand(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (stderr += chunk));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, stdout, stderr };
}
