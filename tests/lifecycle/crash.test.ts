import { execFileSync, spawn } from "node:child_process";
import { Suite } from "./support";

const suite = Suite.declare();

const program = (paths: string[], more = ""): string =>
  paths
    .map((path, index) => `new mediasaur.ManagedFile("f${String(index)}", { bucket: "media", path: "${path}" });`)
    .join("\n") + more;

/** `pulumi up` in a process group of its own, killed with all that belongs to it when a write of so many is under way. */
async function upKilledAt(write: number): Promise<void> {
  await suite.emulator.forget();
  const stall = (op: string) => ({ op, skip: write, kind: "latency", phase: "after", args: { ms: 2500 } });
  await suite.emulator.faults(["moveFiles", "patchFile", "upload"].map(stall));
  const child = spawn("pulumi", ["up", "--yes", "--skip-preview", "--non-interactive", "--stack", "test"], {
    cwd: suite.stack.folder,
    env: { ...process.env, ...suite.stack.env },
    detached: true,
    stdio: "ignore",
  });
  const ended = new Promise<boolean>((resolve) => child.once("exit", () => resolve(true)));
  const run = { over: false };
  void ended.then(() => (run.over = true));
  while (!run.over) {
    if ((await suite.emulator.requests()).some(({ method, status }) => method !== "GET" && status === null)) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // Plugins are in groups of their own: all whose working directory is the program's folder go.
  const processes = execFileSync("ps", ["-eo", "pid="], { encoding: "utf8" })
    .split("\n")
    .map((pid) => pid.trim())
    .filter(Boolean);
  for (const pid of processes) {
    try {
      if (
        execFileSync("readlink", [`/proc/${pid}/cwd`], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        }).trim() === suite.stack.folder
      ) {
        process.kill(Number(pid), "SIGKILL");
      }
    } catch {
      // Gone already, or not ours to look at.
    }
  }
  await ended;
  await suite.emulator.faults([]);
  for (let look = 0; look < 200; look += 1) {
    if ((await suite.emulator.requests()).every(({ method, status }) => method === "GET" || status !== null)) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  // A killed engine leaves its lock behind, as Pulumi documents.
  await suite.stack.stack.cancel().catch(() => undefined);
}

test.each([0, 1, 2, 3])(
  "kill -9 of the engine and all its plugins at write %d of a rotation: the next up finishes",
  async (write) => {
    const from = ["a/1", "a/2", "b/3"];
    const to = ["a/2", "b/3", "a/1"];
    await suite.emulator.seed(Object.fromEntries(from.map((path) => [path, "PUBLIC"])));
    await suite.newStack();
    suite.stack.program(program(from));
    expect(await suite.stack.up()).toMatchObject({ ok: true });
    const ids = new Map((await suite.emulator.files("media")).map((file) => [file.path, file.id]));
    suite.stack.program(program(to));
    await upKilledAt(write);
    expect(await suite.stack.up()).toMatchObject({ ok: true });
    const after = await suite.emulator.files("media");
    expect(new Map(after.map((file) => [file.path, file.id]))).toEqual(
      new Map(to.map((path, index) => [path, ids.get(from[index]!)])),
    );
  },
);

test.each([0, 1, 2])(
  "kill -9 at write %d of an adoption and an upload: the next up finishes, and nothing is doubled",
  async (write) => {
    await suite.emulator.seed({ "in/1.txt": "PUBLIC" });
    await suite.newStack();
    suite.stack.program(`
    new mediasaur.ManagedFile("one", { bucket: "media", path: "site/first.txt", source: { adopt: { path: "in/1.txt" } } });
    new mediasaur.ManagedFile("up", { bucket: "media", path: "site/up.txt", visibility: "PUBLIC", source: { upload: new pulumi.asset.StringAsset("text") } });
  `);
    const { id } = await suite.emulator.file("in/1.txt");
    await upKilledAt(write);
    expect(await suite.stack.up()).toMatchObject({ ok: true });
    expect(await suite.emulator.layout()).toEqual({ "site/first.txt": "PUBLIC", "site/up.txt": "PUBLIC" });
    expect((await suite.emulator.file("site/first.txt")).id).toBe(id);
  },
);
