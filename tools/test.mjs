#!/usr/bin/env node
// npm test [-- jest's arguments]: readies the clone, runs every suite, and ends with the line of counts.
// npm run test:full: the same without sampling; what is a share of the cases in npm test is then all of them.
import { countsLine, runTests } from "./lib/tests.mjs";

const args = process.argv.slice(2);
if (args[0] === "--full") {
  args.shift();
  process.env.FULL = "1";
}
const counts = await runTests(args);
console.log(countsLine(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
