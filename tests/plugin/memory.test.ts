import { closeSync, ftruncateSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { linkedFolder, providerText, removeFolder } from "../support/projects";
import { Plugin } from "../support/plugin";
import { TestEmulator } from "../support/emulator";
import { Engine } from "./support";
import { figure } from "../support/figures";

const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** The most memory that a process has had resident so far, in bytes. */
function peakResident(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8")) ?? [];
  return Number(kilobytes) * 1024;
}

// Linux tells the peak; elsewhere there is no way to know it afterwards.
(process.platform === "linux" ? test : test.skip)(
  "a file of 1 GiB is uploaded with less than 150 MiB of the provider's process resident",
  async () => {
    const emulator = await TestEmulator.start();
    const folder = linkedFolder();
    const plugin = await Plugin.start(folder);
    try {
      const file = openSync(join(folder, "large.bin"), "w");
      ftruncateSync(file, GIB);
      closeSync(file);
      await emulator.seed({});
      await plugin.configure(emulator.config);
      const engine = new Engine(plugin, providerText(folder, "managed-file"));
      const upload = {
        "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
        hash: "0".repeat(64),
        path: "large.bin",
      };
      const { outs } = await engine.create("large", { bucket: "media", path: "a/large.bin", source: { upload } });
      expect(outs.size).toBe(GIB);
      expect(await emulator.file("a/large.bin")).toMatchObject({ size: GIB });
      const peak = peakResident(plugin.pid);
      figure("memory", `peak resident memory of the provider's process: ${String(Math.round(peak / MIB))} MiB`);
      expect(peak).toBeLessThan(150 * MIB);
    } finally {
      await plugin.kill();
      await emulator.close();
      removeFolder(folder);
    }
  },
);
