import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { TestEmulator } from "../support/emulator";
import { TestStack } from "../support/stack";

let emulator: TestEmulator;
let stack: TestStack;
let web: Server;
const refused = "http://127.0.0.1:9";

beforeAll(async () => {
  emulator = await TestEmulator.start();
  web = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Welcome</body></html>");
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  stack = await TestStack.create(emulator.stackConfig);
});

afterAll(async () => {
  stack.remove();
  web.close();
  await emulator.close();
});

beforeEach(async () => {
  await emulator.seed({ "a.txt": "PUBLIC", "b.txt": "PUBLIC" });
  await stack.stack.setAllConfig(emulator.stackConfig);
});

const file = (name: string, args: string): string =>
  `new mediasaur.ManagedFile("${name}", { bucket: "media", ${args} });\n`;

/** A preview that has to fail, with nothing written and nothing that a user can't read. */
async function failing(program: string): Promise<string> {
  stack.program(program);
  const { ok, text } = await stack.preview();
  expect(ok).toBe(false);
  expect(text).not.toMatch(/^\s+at .*\(.*:\d+:\d+\)/m);
  expect(text).not.toContain(emulator.handle.apiKey);
  expect(await emulator.writes()).toEqual([]);
  return text;
}

test.each([
  ["a path that is none", file("a", `path: "/a.txt"`), `"/a.txt" starts with a slash`],
  [
    "a visibility that is none",
    file("a", `path: "a.txt", visibility: "SECRET"`),
    `is "SECRET", and has to be "PUBLIC" or "PRIVATE"`,
  ],
  [
    "a bucket that is missing",
    `new mediasaur.ManagedFile("a", { bucket: "nope", path: "a.txt" });`,
    `"nope" is missing, or not visible to this API key`,
  ],
  [
    "a Bucket that is missing",
    `new mediasaur.Bucket("b", { name: "nope" });`,
    `bucket "nope" is missing, or not visible to this API key`,
  ],
  ["a file that is missing", file("a", `path: "none.txt"`), `there is no file at "none.txt" in bucket "media"`],
  [
    "a source that is missing",
    file("a", `path: "c.txt", source: { adopt: { path: "none.txt" } }`),
    `there is no file at "none.txt"`,
  ],
  ["a file without arguments", `new mediasaur.ManagedFile("a");`, `ManagedFile "a" is declared without its arguments`],
  ["a Bucket without a name", `new mediasaur.Bucket("b", {});`, `Bucket "b": name must be the name of a bucket`],
  [
    "a layout without files",
    `new mediasaur.FileLayout("l", { bucket: "media", files: null });`,
    "has to be an object: a key for each file",
  ],
  [
    "an empty text as an upload",
    file("a", `path: "c.txt", source: { upload: new pulumi.asset.StringAsset("") }`),
    "an empty StringAsset does not get through Pulumi",
  ],
  [
    "a path that is declared twice",
    file("one", `path: "a.txt"`) + file("two", `path: "a.txt"`),
    `"a.txt" in bucket "media" is declared twice: by "`,
  ],
  [
    "a file that is declared twice",
    file("one", `path: "a.txt"`) + file("two", `path: "c.txt", source: { adopt: { path: "a.txt" } }`),
    `("a.txt") is declared twice: by "`,
  ],
])("a preview refuses %s, in one line", async (_what, program, reason) => {
  expect(await failing(program)).toContain(reason);
});

test("a preview says of a wrong key that it was refused", async () => {
  await stack.stack.setConfig("mediasaur:apiKey", { value: "sk_wrong_0123456789", secret: true });
  const text = await failing(file("a", `path: "a.txt"`));
  expect(text).toMatch(/401 unauthorized/);
  expect(text).not.toContain("sk_wrong");
});

test("a preview says of a missing key how to set one", async () => {
  await stack.stack.removeConfig("mediasaur:apiKey");
  expect(await failing(file("a", `path: "a.txt"`))).toContain("pulumi config set --secret mediasaur:apiKey");
});

test("a key that is set in clear text is refused before anything else", async () => {
  await stack.stack.setConfig("mediasaur:apiKey", { value: emulator.handle.apiKey, secret: false });
  expect(await failing(file("a", `path: "a.txt"`))).toMatch(/mediasaur:apiKey is set in clear text.*--secret/);
  expect(await emulator.requests()).toEqual([]);
});

test("a preview says of a base URL that answers HTML that it is wrong", async () => {
  const { port } = web.address() as AddressInfo;
  await stack.stack.setConfig("mediasaur:baseUrl", { value: `http://127.0.0.1:${String(port)}` });
  expect(await failing(file("a", `path: "a.txt"`))).toMatch(/HTML.*mediasaur:baseUrl/);
});

test("a preview says of a server that is down that nothing answers", async () => {
  await stack.stack.setConfig("mediasaur:baseUrl", { value: refused });
  expect(await failing(file("a", `path: "a.txt"`))).toContain("nothing answers");
});

test("a refresh from a server that is down or a key that is refused loses nothing", async () => {
  stack.program(file("a", `path: "a.txt"`));
  expect(await stack.up()).toMatchObject({ ok: true });
  const kept = async () => (await stack.state()).map(({ id, inputs, outputs }) => ({ id, inputs, outputs }));
  const before = await kept();
  for (const faults of [
    [{ op: "*", kind: "status", phase: "before", args: { status: 401 } }],
    [{ op: "*", kind: "garbage", args: { body: "html" } }],
  ]) {
    await emulator.faults(faults);
    expect((await stack.refresh()).ok).toBe(false);
    await emulator.faults([]);
    expect(await kept()).toEqual(before);
  }
  await stack.destroy();
});

test("a preview tells of arguments that are misspelt", async () => {
  stack.program(file("a", `path: "a.txt", visiblity: "PRIVATE"`));
  const { ok, text } = await stack.preview();
  expect(ok).toBe(true);
  expect(text).toContain('warning: ManagedFile "a": "visiblity" is no argument of it, and left out.');
});

test("a preview warns, in one line, of a path that another file holds, and up refuses it", async () => {
  const holder = await emulator.file("b.txt");
  stack.program(file("a", `path: "b.txt", source: { adopt: { path: "a.txt" } }`));
  const preview = await stack.preview();
  expect(preview.ok).toBe(true);
  expect(preview.text).toContain(`warning: "b.txt" in bucket "media" is held by file ${holder.id}`);
  const up = await stack.up();
  expect(up.ok).toBe(false);
  expect(up.text).toContain(`"b.txt" in bucket "media" is held by file ${holder.id}`);
  expect(await emulator.writes()).toEqual([]);
});

test("a preview does not warn of a holder that a later declaration moves away", async () => {
  stack.program(
    file("a", `path: "b.txt", source: { adopt: { path: "a.txt" } }`) +
      file("b", `path: "c.txt", source: { adopt: { path: "b.txt" } }`),
  );
  expect((await stack.preview()).text).not.toContain("warning:");
});
