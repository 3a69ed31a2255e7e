#!/usr/bin/env node
// npm run bench [-- arguments of bench/main.ts]: readies the clone, then measures. npm run bench -- planner: the planner by itself.
import { join } from "node:path";
import { run } from "./lib/run.mjs";
import { ROOT, setup } from "./setup.mjs";

const [first, ...rest] = process.argv.slice(2);
const planner = first === "planner";
const script = join(ROOT, "bench", planner ? "planner.ts" : "main.ts");
const args = planner || first === undefined ? rest : [first, ...rest];
try {
  const { pulumi, noPulumi } = await setup({ cli: !planner });
  if (noPulumi) throw new Error(noPulumi);
  const loader = ["--require", "ts-node/register/transpile-only"];
  const { code } = await run(process.execPath, [...loader, script, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...pulumi?.env },
    show: true,
  });
  process.exitCode = code;
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}
