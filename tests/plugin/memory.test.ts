import { closeSync, ftruncateSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { linkedFolder, providerText, removeFolder } from "../support/projects";
import { Plugin } from "../support/plugin";
import { TestEmulator } from "../support/emulator";
import { OneFile } from "./support";
import { figure } from "../support/figures";

const GIB = 2 ** 30;
const MIB = 2 ** 20;

/** The most memory that a process has had resident so far, in bytes. */
function peakResident(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8")) ?? [];
  return Number(kilobytes) * 1024;
}

// Linux tells the peak; elsewhere there is no way to know it afterwards.
const onLinux = process.platform === "linux" ? test : test.skip;

onLinux("a file of 1 GiB is uploaded with less than 160 MiB of the provider's process resident", async () => {
  const emulator = await TestEmulator.start();
  const folder = linkedFolder();
  const plugin = await Plugin.start(folder);
  try {
    const file = openSync(join(folder, "large.bin"), "w");
    ftruncateSync(file, GIB);
    closeSync(file);
    await emulator.seed({});
    await plugin.configure(emulator.config);
    const engine = OneFile.of(plugin, providerText(folder, "managed-file"));
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
    expect(peak).toBeLessThan(160 * MIB);
  } finally {
    await plugin.kill();
    await emulator.close();
    removeFolder(folder);
  }
});

onLinux(
  "10,000 files of a layout are rearranged in one update with less than 700 MiB of the provider's process resident",
  async () => {
    const numbers = Array.from({ length: 10_000 }, (_, number) => number);
    const name = (number: number): string => `photo-${String(number)}.jpg`;
    const before = numbers.map((number) => `inbox/${String(number % 200)}/${name(number)}`);
    // Each at the place of the next but 200: no file is where it was, and no place is free.
    const after = numbers.map((number) => before[(number + 201) % before.length]);
    const emulator = await TestEmulator.start();
    const folder = linkedFolder();
    let plugin = await Plugin.start(folder);
    try {
      await emulator.seed(Object.fromEntries(before.map((path) => [path, "PUBLIC"])));
      await plugin.configure(emulator.config);
      const inputs = (paths: readonly (string | undefined)[]) => ({
        bucket: "media",
        declared: Object.fromEntries(paths.map((path, number) => [name(number), { path, visibility: "PUBLIC" }])),
        __declaration: "site",
        __provider: providerText(folder, "file-layout"),
      });
      const { id, outs } = await plugin.create(inputs(before));
      await plugin.kill();
      plugin = await Plugin.start(folder);
      await plugin.configure(emulator.config);
      expect((await plugin.check(inputs(before), inputs(after))).failures).toEqual([]);
      expect(await plugin.diff(id, outs, inputs(after))).toEqual({ changes: true, replaces: [] });
      const { files } = await plugin.update(id, outs, inputs(after));
      const reached = files as Record<string, { path: string }>;
      expect(numbers.filter((number) => reached[name(number)]?.path !== after[number])).toEqual([]);
      const peak = peakResident(plugin.pid);
      figure("memory", `peak resident memory while 10,000 files change places: ${String(Math.round(peak / MIB))} MiB`);
      expect(peak).toBeLessThan(700 * MIB);
    } finally {
      await plugin.kill();
      await emulator.close();
      removeFolder(folder);
    }
  },
);
