import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Example } from "../support/example";
import { startScript } from "../support/policy-pack";

let example: Example;
beforeAll(async () => {
  example = await Example.start("policy-pack");
});
afterAll(() => example.close());

test("policy-pack lets the program pass, and a preview fail that would make a draft public", async () => {
  const { emulator, folder } = example;
  const pack = startScript(join(folder, "policy"));
  await example.init();
  const up = await example.up("--policy-pack", pack);
  expect(up.text).toContain("+ 4 created");
  expect(up.text).toContain("✅ media-files@v1.0.0");

  const index = join(folder, "index.ts");
  const program = readFileSync(index, "utf8");
  writeFileSync(
    index,
    program.replace(`"drafts/next.md", visibility: "PRIVATE"`, `"drafts/next.md", visibility: "PUBLIC"`),
  );
  await emulator.forget();
  const preview = await example.pulumi("preview", "--stack", "test", "--policy-pack", pack);
  expect(preview.code).not.toBe(0);
  expect(preview.text).toMatch(/\[mandatory\]\s+mediasaur-no-public-files/);
  expect(preview.text).toContain(`"drafts/next.md" in bucket "media" is PUBLIC`);
  expect(await emulator.writes()).toEqual([]);
});
