#!/usr/bin/env node
// npm run verify: every check, then every test. All of them run, whatever fails; a failed check counts as one failure.
import { duration, run } from "./lib/run.mjs";
import { countsLine, runTests } from "./lib/tests.mjs";
import { ROOT, setup } from "./setup.mjs";

const CHECKS = ["lint", "format:check", "layers", "contract:check", "typecheck", "docs:check", "docs:links"];

const failed = [];
if (await isReady()) {
  for (const check of CHECKS) {
    const start = Date.now();
    const { code } = await run("npm", ["run", "--silent", check], { cwd: ROOT, show: true });
    if (code !== 0) failed.push(check);
    console.error(`verify: ${check} ${code === 0 ? "ok" : "FAILED"} (${duration(Date.now() - start)})`);
  }
  finish(await runTests([]));
} else {
  finish({ passed: 0, failed: 1, skipped: 0 });
}

async function isReady() {
  try {
    await setup({ cli: false });
    return true;
  } catch (error) {
    console.error(`setup: ${error.message}`);
    return false;
  }
}

function finish(counts) {
  if (failed.length > 0) console.error(`verify: failed checks: ${failed.join(", ")}`);
  const total = { ...counts, failed: counts.failed + failed.length };
  console.log(countsLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}
