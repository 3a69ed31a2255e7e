import ts from "typescript";
import { layoutText } from "../../sdk/cli/import/layout-text";
import { programText } from "../../sdk/cli/import/program-text";
import { TestEmulator } from "../support/emulator";
import { TestStack } from "../support/stack";

let emulator: TestEmulator;
let stack: TestStack;
beforeAll(async () => {
  emulator = await TestEmulator.start();
  await emulator.seed({
    "site/index.html": "PUBLIC",
    "site/images/a.svg": "PUBLIC",
    "site/images/.hidden": "PUBLIC",
    "site/drafts/b.md": "PRIVATE",
    "site/drafts/c d.md": "PRIVATE",
    "internal/é.csv": "PRIVATE",
  });
  stack = await TestStack.create(emulator.stackConfig);
});
afterAll(async () => {
  stack.remove();
  await emulator.close();
});

test.each([
  ["ManagedFiles", programText],
  ["one FileLayout", layoutText],
])("what import writes, as %s, takes over all files without a write, and then has nothing to do", async (_, write) => {
  const { text } = write("media", "", await emulator.files("media"));
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS } });
  // The program has what it imports already.
  stack.program(outputText.replace(/^.*require\("pulumi-mediasaur"\).*$/m, "").replace(/^"use strict";$/m, ""));
  await emulator.forget();
  expect(await stack.up()).toMatchObject({ ok: true });
  expect(await emulator.writes()).toEqual([]);
  const { changes } = await stack.preview();
  expect(Object.keys(changes)).toEqual(["same"]);
  await stack.destroy();
  expect(await emulator.writes()).toEqual([]);
});
