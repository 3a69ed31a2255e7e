import { execFileSync } from "node:child_process";
import { packedFolder, removeFolder } from "../tests/support/projects";

/** How long a program waits for its imports: the median of several fresh processes, in milliseconds. */
export interface ImportTime {
  readonly pulumi: number;
  /** What the package takes beyond `@pulumi/pulumi`, which it needs. */
  readonly own: number;
}

const ROUNDS = 9;
const SCRIPT = `
  const start = performance.now();
  require("@pulumi/pulumi");
  const between = performance.now();
  require("pulumi-mediasaur");
  console.log(JSON.stringify([between - start, performance.now() - between]));`;

/** Measures both in the same processes, one after the other. */
export function measureImportTime(): ImportTime {
  const folder = packedFolder();
  try {
    const times = Array.from({ length: ROUNDS }, () => {
      const output = execFileSync(process.execPath, ["-e", SCRIPT], { cwd: folder, encoding: "utf8" });
      return JSON.parse(output) as [number, number];
    });
    return { pulumi: median(times.map(([pulumi]) => pulumi)), own: median(times.map(([, own]) => own)) };
  } finally {
    removeFolder(folder);
  }
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
