import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { CommandFailure } from "../command-failure";
import { painter } from "../terminal";
import { gather } from "./gather";
import { markdownText } from "./markdown";
import { pageText } from "./page";
import { treeText } from "./tree";

/** The options of `preview`. */
export interface PreviewOptions {
  readonly markdown?: string;
  readonly html?: string;
}

/**
 * `preview`: runs `pulumi preview`, and draws what it came to.
 *
 * @param args - Pulumi's own
 * @returns Pulumi's exit code
 */
export async function preview(args: readonly string[], { markdown, html }: PreviewOptions): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "mediasaur-preview-"));
  const [plan, events] = [join(folder, "plan"), join(folder, "events")];
  try {
    const code = await pulumiPreview(args, plan, events);
    const report = await gather(plan, events, code !== 0);
    if (markdown !== undefined) write(markdown, markdownText(report));
    if (html !== undefined) write(html, pageText(report));
    // Where Pulumi's own output is for a program, the tree is not to be in it.
    const out = args.some((arg) => /^(--json|-[a-z]*j[a-z]*)$/.test(arg)) ? process.stderr : process.stdout;
    out.write(treeText(report, painter(out)));
    return code;
  } finally {
    // The engine's events have the properties of resources.
    rmSync(folder, { recursive: true, force: true });
  }
}

function pulumiPreview(args: readonly string[], plan: string, events: string): Promise<number> {
  // The engine's log of events is an option that is there for debugging: without it, what leaves the program is not drawn.
  const env = { ...process.env, MEDIASAUR_PLAN_FILE: plan, PULUMI_DEBUG_COMMANDS: "true" };
  const child = spawn("pulumi", ["preview", "--event-log", events, ...args], { env, stdio: "inherit" });
  // Ctrl-C goes to Pulumi as well, which ends by itself.
  const wait = (): void => undefined;
  process.on("SIGINT", wait);
  return new Promise<number>((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      const missing =
        "the Pulumi CLI is not on PATH. Install it (https://www.pulumi.com/docs/install/), and run this again.";
      reject(
        new CommandFailure(error.code === "ENOENT" ? missing : `pulumi can't be started (${String(error.code)}).`),
      );
    });
    child.once("exit", (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  }).finally(() => process.off("SIGINT", wait));
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandFailure(
      `${file} can't be written (${(error as NodeJS.ErrnoException).code ?? "unknown reason"}).`,
    );
  }
}
