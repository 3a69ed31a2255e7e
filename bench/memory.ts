import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Follows the provider's process of a program's folder: the most memory, in bytes, that it has had so far. */
export function watchMemory(folder: string): { peak(): number | undefined; stop(): void } {
  let peak: number | undefined;
  const timer = setInterval(() => {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const resident = peakOf(pid, folder);
      if (resident !== undefined) peak = Math.max(peak ?? 0, resident);
    }
  }, 100);
  return {
    peak: () => peak,
    stop: () => {
      clearInterval(timer);
    },
  };
}

function peakOf(pid: string, folder: string): number | undefined {
  try {
    if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("dynamic-provider")) return undefined;
    if (!readlinkSync(`/proc/${pid}/cwd`).startsWith(folder)) return undefined;
    const [, kib] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kib === undefined ? undefined : Number(kib) * 1024;
  } catch {
    return undefined; // It ended meanwhile, or this is not Linux.
  }
}
