import { Example, type Printed } from "../support/example";

let example: Example;
beforeAll(async () => {
  example = await Example.start("automation-api");
});
afterAll(() => example.close());

const publish = (...args: string[]): Promise<Printed> =>
  example.run(process.execPath, ["-r", "ts-node/register/transpile-only", "publish.ts", ...args]);

test("automation-api publishes a file from a script, and does nothing a second time", async () => {
  const { emulator } = example;
  const { id } = await emulator.file("drafts/post.md");
  const first = await publish("drafts/post.md", "site/post.md");
  expect(first.text).toContain("done: { create: 2 }");
  expect(first).toMatchObject({ code: 0 });
  const file = await emulator.file("site/post.md");
  expect(file).toMatchObject({ id, visibility: "PUBLIC" });
  expect(first.text).toContain(`url: ${file.url}`);
  expect(first.text).not.toContain(emulator.handle.apiKey);

  await emulator.forget();
  expect((await publish("drafts/post.md", "site/post.md")).text).toContain("done: { same: 2 }");
  expect(await emulator.writes()).toEqual([]);
  expect(await publish()).toMatchObject({ code: 2 });
});
