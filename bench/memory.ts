import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Follows the provider's process of a program's folder; gives a function that ends it and answers with the peak in bytes. */
export function watchMemory(folder: string): () => number | undefined {
  let peak: number | undefined;
  const timer = setInterval(() => {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const resident = peakOf(pid, folder);
      if (resident !== undefined) peak = Math.max(peak ?? 0, resident);
    }
  }, 100);
  return () => {
    clearInterval(timer);
    return peak;
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
