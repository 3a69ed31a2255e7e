// npm run record-state: writes down the state that this version writes, and the files that go with it, for the tests of later versions.
// A file that is there is never written again: stacks in the world hold what that version wrote.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { version } from "../../../package.json";
import { TestEmulator } from "../../support/emulator";
import { packedFolder } from "../../support/projects";
import { TestStack } from "../../support/stack";
import { PROGRAM, SEED } from "./program";

async function main(): Promise<void> {
  const file = join(__dirname, `${version}.json`);
  if (existsSync(file)) throw new Error(`${file} is there already, and is what ${version} wrote`);
  const emulator = await TestEmulator.start();
  const stack = await TestStack.create(emulator.stackConfig, packedFolder());
  try {
    await emulator.seed({ ...SEED });
    stack.program(PROGRAM);
    const { ok, text } = await stack.up();
    if (!ok) throw new Error(text);
    const { deployment } = await stack.stack.exportStack();
    const files = (await emulator.files("media")).map(({ id, path, visibility, size }) => ({
      id,
      path,
      visibility,
      size,
    }));
    const recorded = { baseUrl: emulator.handle.baseUrl, files, deployment: deployment as unknown };
    // Where the program ran tells of the machine, and nothing of the state's shape.
    const anonymous = JSON.stringify(recorded).replaceAll(stack.folder, "/site");
    writeFileSync(file, await format(anonymous, { parser: "json", printWidth: 120 }));
    console.log(`written: ${file}`);
  } finally {
    stack.remove();
    await emulator.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
