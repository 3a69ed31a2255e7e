#!/usr/bin/env node
// npm test [-- jest's arguments]: readies the clone, runs every suite, and ends with the line of counts.
import { countsLine, runTests } from "./lib/tests.mjs";

const counts = await runTests(process.argv.slice(2));
console.log(countsLine(counts));
process.exitCode = counts.failed > 0 ? 1 : 0;
