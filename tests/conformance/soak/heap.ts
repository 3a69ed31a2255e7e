import { join } from "node:path";
import type { Plugin } from "../../support/plugin";

/** What a process holds after garbage was collected, in bytes. */
export interface Memory {
  heapUsed: number;
  rss: number;
}

/** The environment with which a plugin process can be asked for its memory. */
export const REPORTING = { NODE_OPTIONS: `--require ${join(__dirname, "heap-report.cjs")}` };

/** Has the process collect its garbage, and tells what is left. */
export async function memoryOf(plugin: Plugin): Promise<Memory> {
  const before = reports(plugin).length;
  process.kill(plugin.pid, "SIGUSR2");
  for (;;) {
    const last = reports(plugin).slice(before).at(-1);
    if (last !== undefined) return last;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function reports(plugin: Plugin): Memory[] {
  const lines = plugin.stderr.join("").split("\n");
  // The last piece may be half a line.
  return lines
    .slice(0, -1)
    .filter((line) => line.startsWith("heap-report "))
    .map((line) => JSON.parse(line.slice("heap-report ".length)) as Memory);
}
