"use strict";
// Loaded into the plugin process: at each signal it collects garbage and tells on stderr what is left.
const { setFlagsFromString } = require("node:v8");
const { runInNewContext } = require("node:vm");

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

process.on("SIGUSR2", () => {
  // Twice: what the first round finalises is freed by the second.
  setImmediate(() => {
    collect();
    setImmediate(() => {
      collect();
      const { heapUsed, rss } = process.memoryUsage();
      process.stderr.write(`heap-report ${JSON.stringify({ heapUsed, rss })}\n`);
    });
  });
});
