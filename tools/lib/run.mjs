// Runs one command at a time for the tools: output kept or passed on, a line now and then while it lasts, nothing left behind.
import { spawn } from "node:child_process";
import { constants } from "node:os";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const KEPT_OUTPUT = 64 * 1024;

/** Seconds as people say them: "40 s", "1 min 20 s". */
export function duration(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Calls `say` with the time so far every `every` milliseconds while `work` runs. */
export async function withHeartbeat(say, work, every = 20_000) {
  const start = Date.now();
  const timer = setInterval(() => say(duration(Date.now() - start)), every);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/**
 * Runs a command to its end: `{ code, output }`, where output is the end of what it wrote unless `show` passes it through.
 * Rejects only where the command can't be started. It runs in a process group of its own, which is ended together with
 * this process, and when `timeout` is over.
 */
export function run(command, args, { cwd, env = process.env, show = false, timeout = 0 } = {}) {
  const posix = process.platform !== "win32";
  return new Promise((resolve, reject) => {
    // Only what is shown may read the terminal, and so must stay in the terminal's own process group.
    const ownGroup = posix && !show;
    const child = spawn(command, args, {
      cwd,
      env,
      detached: ownGroup,
      stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
      // On Windows npm is a script, which only the shell can start.
      shell: !posix && command === "npm",
      windowsHide: true,
    });
    let output = "";
    const keep = (chunk) => (output = (output + chunk).slice(-KEPT_OUTPUT));
    child.stdout?.setEncoding("utf8").on("data", keep);
    child.stderr?.setEncoding("utf8").on("data", keep);

    const end = (signal) => {
      try {
        if (ownGroup) process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch {
        // It has ended already.
      }
    };
    const handlers = SIGNALS.map((signal) => {
      const handler = () => {
        end("SIGTERM");
        process.exit(128 + constants.signals[signal]);
      };
      process.once(signal, handler);
      return [signal, handler];
    });
    const timer = timeout > 0 ? setTimeout(() => end("SIGKILL"), timeout) : undefined;
    const settle = () => {
      clearTimeout(timer);
      for (const [signal, handler] of handlers) process.off(signal, handler);
    };
    child.once("error", (error) => {
      settle();
      reject(error);
    });
    child.once("close", (code, signal) => {
      settle();
      resolve({ code: code ?? (signal ? 1 : 0), output });
    });
  });
}

/** A command's output for an error message: where it is long, how it began and how it ended. */
export function excerpt(output, lines = 20) {
  const all = output.trim().split("\n");
  if (all.length <= lines) return all.join("\n");
  const head = Math.floor(lines / 2);
  return [...all.slice(0, head), "...", ...all.slice(head - lines)].join("\n");
}
