#!/usr/bin/env node
// npm run record-state: after a release, writes down the state that this version writes (tests/lifecycle/states).
import { join } from "node:path";
import { run } from "./lib/run.mjs";
import { ROOT, setup } from "./setup.mjs";

const { pulumi, noPulumi } = await setup();
if (noPulumi) throw new Error(noPulumi);
const script = join(ROOT, "tests", "lifecycle", "states", "record.ts");
const { code } = await run(process.execPath, ["--require", "ts-node/register/transpile-only", script], {
  cwd: ROOT,
  env: { ...process.env, ...pulumi.env },
  show: true,
});
process.exitCode = code;
