import { managedFile } from "../support/declarations";
import { Engine } from "../support/engine";
import { Host } from "../support/host";

let host: Host;

beforeAll(async () => {
  host = await Host.open();
});

afterAll(() => host.close());

test("a source that is added as the file moves, and names where it was, is no other file after a refresh", async () => {
  await host.emulator.seed({ "a/1.txt": "PUBLIC" });
  const engine = new Engine(host);
  expect((await engine.up([managedFile("m", { path: "a/1.txt" })])).errors).toEqual([]);
  const moved = [managedFile("m", { path: "c/3.txt", source: { adopt: { path: "a/1.txt" } } })];
  expect((await engine.up(moved)).errors).toEqual([]);
  expect(await host.emulator.layout()).toEqual({ "c/3.txt": "PUBLIC" });
  expect(await engine.up(moved)).toMatchObject({ errors: [], steps: [] });
  expect(await engine.up(moved, { refresh: true })).toMatchObject({ errors: [], steps: [] });
});
