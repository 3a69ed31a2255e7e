import type { Plugin } from "../support/plugin";
import { Suite } from "./support";

// Pulumi runs the dynamic providers of a program in one process: those of this package, and the program's own.

const suite = Suite.declare();

/** A provider of the program's own. `outs` are what its create gives. */
const own = (outs: string): string =>
  `exports.handler = () => ({ create: async () => ({ id: "own", outs: ${outs} }), check: async (_, inputs) => ({ inputs }) });`;

const LOOK = own(`{
  print: console.error === (globalThis.__print ??= console.error),
  signals: ["SIGINT", "SIGTERM"].map((signal) => process.listenerCount(signal)),
  exits: ["exit", "beforeExit", "uncaughtException", "unhandledRejection"].map((name) => process.listenerCount(name)),
  gc: typeof globalThis.gc,
  flags: process.execArgv,
}`);

beforeEach(async () => {
  await suite.emulator.seed({ "a/x.txt": "PUBLIC", "a/y.txt": "PUBLIC" });
  // Each test looks at a process of its own, and may end it.
  await suite.host.newProcess();
  await suite.newRun();
});

async function look(plugin: Plugin): Promise<unknown> {
  return (await plugin.create({ __provider: LOOK })).outs;
}

test("is left as it was: what is printed, signals, the ways to end, flags", async () => {
  const before = await look(suite.plugin);
  const held = await suite.engine.create("x", { bucket: "media", path: "a/x.txt" });
  await suite.engine.update("x", held, { bucket: "media", path: "b/x.txt" });
  await expect(suite.engine.create("none", { bucket: "media", path: "none.txt" })).rejects.toThrow();
  expect(await look(suite.plugin)).toEqual(before);
});

test("a failed check tells the engine no property, whose value it would print", async () => {
  // `Plugin.check` refuses a failure that has one.
  expect(await suite.engine.check("a", { bucket: "media", path: "/top-secret.md", visibility: "NO" })).toMatchObject([
    { property: "path" },
    { property: "visibility" },
  ]);
});

test("an error is printed without its stack, and not twice", async () => {
  const held = await suite.engine.create("x", { bucket: "media", path: "a/x.txt" });
  await suite.engine.check("x", { bucket: "media", path: "a/x.txt" }, held.inputs);
  await suite.engine.diff("x", held, { bucket: "media", path: "a/x.txt" });
  await expect(suite.engine.diff("other", held, { bucket: "media", path: "b/x.txt" })).rejects.toThrow(
    "declared_twice",
  );
  await suite.plugin.interrupt();
  const printed = suite.plugin.stderr.join("").split("\n");
  expect(printed.filter((line) => !line.startsWith("x: ") && line !== "")).toEqual([
    "pulumi-mediasaur: about declared_twice: docs/errors.md#declared_twice",
  ]);
});

describe("a warning that waits for the end of the run", () => {
  /** Something to warn of: the path is held by a file that no declaration moves away. */
  async function warned(): Promise<void> {
    const source = { adopt: { path: "a/x.txt" } };
    await suite.engine.check("x", { bucket: "media", path: "a/y.txt", source });
  }

  const WARNING = /^warning: "a\/y.txt" in bucket "media" is held by file \S+, which no declaration moves away/m;

  test("is told when the engine ends the process, which then ends as it would have", async () => {
    await warned();
    expect(await suite.plugin.interrupt()).toEqual({ code: null, signal: "SIGINT" });
    expect(suite.plugin.stderr.join("")).toMatch(WARNING);
  });

  test("leaves it to a provider of the program's own to end the process when it has done", async () => {
    const listen = own(`(process.once("SIGINT", () => setTimeout(() => process.exit(7), 300)), {})`);
    await suite.plugin.create({ __provider: listen });
    await warned();
    expect(await suite.plugin.interrupt()).toEqual({ code: 7, signal: null });
    expect(suite.plugin.stderr.join("")).toMatch(WARNING);
  });

  test("is not told where a later declaration moves the holder away", async () => {
    const holder = await suite.engine.create("y", { bucket: "media", path: "a/y.txt" });
    await suite.host.newProcess();
    await suite.newRun();
    await warned();
    await suite.engine.diff("y", holder, { bucket: "media", path: "b/y.txt" });
    await suite.plugin.interrupt();
    expect(suite.plugin.stderr.join("")).not.toMatch(WARNING);
  });
});

test("the engine sees the process end at once where nothing waits", async () => {
  await suite.engine.create("x", { bucket: "media", path: "a/x.txt" });
  expect(await suite.plugin.interrupt()).toEqual({ code: null, signal: "SIGINT" });
});
