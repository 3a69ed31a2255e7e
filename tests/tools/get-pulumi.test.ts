import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { delimiter, join } from "node:path";
import { Machine } from "./cli-harness";

const ROOT = join(__dirname, "..", "..");

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
});
afterEach(() => {
  machine.remove();
});

/** The pid of a process that has ended. */
const deadPid = (): number => spawnSync(process.execPath, ["-e", ""]).pid;

const holdLock = (pid: number, host = hostname()): string => {
  mkdirSync(machine.versionFolder, { recursive: true });
  const lock = join(machine.versionFolder, ".lock");
  writeFileSync(lock, `${String(pid)} ${host} 1 0.5`);
  return lock;
};

describe("the order of the search", () => {
  test("a CLI on PATH comes before all else", async () => {
    const command = machine.pulumi(machine.onPath, "3.300.1");
    machine.pulumi(machine.bin, "3.255.0");
    const { found, asked } = await machine.getPulumi({ download: "works", build: "works" });
    expect(found).toMatchObject({ command, bin: machine.onPath, version: "3.300.1" });
    expect(asked).toEqual([]);
  });

  test.each([
    ["is too old", "echo v3.199.9"],
    ["is of another major version", "echo v4.0.0"],
    ["fails", "echo broken >&2; exit 1"],
    ["says something else", "echo hello"],
  ])("a CLI on PATH that %s is passed over", async (_what, body) => {
    machine.program(join(machine.onPath, "pulumi"), body);
    const command = machine.pulumi(machine.bin, "3.255.0");
    const { found } = await machine.getPulumi();
    expect(found).toMatchObject({ command, version: "3.255.0" });
  });

  test("the next one on PATH is taken where the first doesn't work", async () => {
    const second = join(machine.root, "second");
    machine.program(join(machine.onPath, "pulumi"), "exit 1");
    const command = machine.pulumi(second, "3.200.0");
    const { found } = await machine.getPulumi({}, { PATH: [machine.onPath, second].join(delimiter) });
    expect(found?.command).toBe(command);
  });

  test("PULUMI_HOME is where it is looked for, and put, in place of ~/.pulumi", async () => {
    const home = join(machine.root, "elsewhere");
    const { found } = await machine.getPulumi({ download: "works" }, { PULUMI_HOME: home });
    expect(found?.bin).toBe(join(home, "versions", "3.255.0", "bin"));
    expect(existsSync(join(machine.home, ".pulumi"))).toBe(false);
  });

  test("a download is tried before a build, and a build only where it fails", async () => {
    expect((await machine.getPulumi({ download: "fails", build: "works" })).asked).toEqual(["download", "build"]);
    const other = new Machine();
    expect((await other.getPulumi({ download: "works", build: "works" })).asked).toEqual(["download"]);
    other.remove();
  });

  test("what was obtained once is found the next time", async () => {
    await machine.getPulumi({ build: "works" });
    const { found, asked } = await machine.getPulumi({ build: "works" });
    expect(found?.bin).toBe(machine.bin);
    expect(asked).toEqual([]);
  });
});

describe("the environment to run it in", () => {
  test("has the CLI's folder first on PATH, once, and no check for updates", async () => {
    machine.pulumi(machine.bin, "3.255.0");
    const path = [machine.onPath, machine.bin, "/usr/bin"].join(delimiter);
    const { found } = await machine.getPulumi({}, { PATH: path.replace(machine.bin, "/nowhere") });
    expect(found?.env).toEqual({
      PATH: [machine.bin, machine.onPath, "/nowhere", "/usr/bin"].join(delimiter),
      PULUMI_SKIP_UPDATE_CHECK: "1",
    });
    const again = await machine.getPulumi({}, { PATH: path });
    expect(again.found?.env.PATH).toBe([machine.bin, machine.onPath, "/usr/bin"].join(delimiter));
  });

  test("ends with the npm package's folder where the CLI has no plugin for dynamic providers", async () => {
    machine.pulumi(machine.bin, "3.255.0", ["pulumi-language-nodejs"]);
    const { found } = await machine.getPulumi();
    const last = found?.env.PATH?.split(delimiter).at(-1) ?? "";
    expect(readdirSync(last)).toContain("pulumi-resource-pulumi-nodejs");
  });

  test("finds the helpers of a CLI that is a symlink beside what it points to", async () => {
    const cellar = join(machine.root, "cellar");
    symlinkSync(machine.pulumi(cellar, "3.255.0"), join(machine.onPath, "pulumi"));
    const { found } = await machine.getPulumi();
    expect(found?.env.PATH).toBe(machine.onPath);
  });
});

describe("two runs at a time", () => {
  test("build once: the second waits, says so, and uses what the first has built", async () => {
    const slow = { build: "works", buildTakes: 1500 } as const;
    const both = await Promise.all([machine.getPulumi(slow), machine.getPulumi(slow)]);
    expect(both.map(({ found }) => found?.bin)).toEqual([machine.bin, machine.bin]);
    expect(both.flatMap(({ asked }) => asked).filter((name) => name === "build")).toHaveLength(1);
    expect(both.map(({ said }) => said).join("")).toContain("is getting the CLI; waiting for it");
  });

  test("a lock whose holder died is taken over", async () => {
    const lock = holdLock(deadPid());
    const { found } = await machine.getPulumi({ build: "works" });
    expect(found?.bin).toBe(machine.bin);
    expect(existsSync(lock)).toBe(false);
  });

  test("a lock that its holder, on another machine or with a pid used anew, left long ago is taken over", async () => {
    const lock = holdLock(process.pid, "another-machine");
    const longAgo = new Date(Date.now() - 10 * 60_000);
    utimesSync(lock, longAgo, longAgo);
    expect((await machine.getPulumi({ build: "works" })).found?.bin).toBe(machine.bin);
  });

  test("the lock is free again after a failure", async () => {
    await machine.getPulumi();
    expect(readdirSync(machine.versionFolder)).toEqual([]);
    expect((await machine.getPulumi({ build: "works" })).found?.bin).toBe(machine.bin);
  });
});

describe("where no CLI can be had", () => {
  test("the error says what was tried, and what to do", async () => {
    machine.program(join(machine.onPath, "pulumi"), "echo v3.100.0");
    const { error } = await machine.getPulumi();
    expect(error).toMatch(/^NoPulumiError: There is no Pulumi CLI here/);
    expect(error).toContain(`${join(machine.onPath, "pulumi")}: is v3.100.0; 3.200 or a newer 3 is needed`);
    expect(error).toContain("download: download is impossible here");
    expect(error).toContain("build from source: build is impossible here");
    expect(error).toContain("https://www.pulumi.com/docs/install/");
    expect(error).toContain("Go 1.25.11 or newer");
  });

  test("a home that can't be written to is named", async () => {
    const file = join(machine.root, "a-file");
    writeFileSync(file, "");
    const { error } = await machine.getPulumi({ build: "works" }, { PULUMI_HOME: file });
    expect(error).toContain(`${join(file, "versions", "3.255.0", "bin")}: ENOTDIR`);
  });
});

describe("on the command line", () => {
  const cli = (...args: string[]) =>
    spawnSync(process.execPath, [join(ROOT, "tools", "get-pulumi.mjs"), ...args], {
      env: { HOME: machine.home, PATH: machine.onPath },
      encoding: "utf8",
    });

  test("prints where the CLI is, alone on stdout", () => {
    const command = machine.pulumi(machine.onPath, "3.255.0");
    expect(cli()).toMatchObject({ status: 0, stdout: `${command}\n` });
  });

  test("--env prints exports that a shell can evaluate", () => {
    machine.pulumi(machine.bin, "3.255.0");
    const { stdout } = cli("--env");
    const shell = spawnSync("/bin/sh", ["-c", `${stdout}\ncommand -v pulumi; echo $PULUMI_SKIP_UPDATE_CHECK`], {
      encoding: "utf8",
    });
    expect(shell.stdout).toBe(`${join(machine.bin, "pulumi")}\n1\n`);
  });
});
