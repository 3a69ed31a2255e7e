#!/usr/bin/env node
// npm run bench [-- arguments of bench/main.ts]: readies the clone, then measures.
import { join } from "node:path";
import { run } from "./lib/run.mjs";
import { ROOT, setup } from "./setup.mjs";

try {
  const { pulumi, noPulumi } = await setup();
  if (noPulumi) throw new Error(noPulumi);
  const loader = ["--require", "ts-node/register/transpile-only"];
  const { code } = await run(process.execPath, [...loader, join(ROOT, "bench", "main.ts"), ...process.argv.slice(2)], {
    cwd: ROOT,
    env: { ...process.env, ...pulumi?.env },
    show: true,
  });
  process.exitCode = code;
} catch (error) {
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}
