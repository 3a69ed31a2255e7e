"use strict";

const base = {
  testEnvironment: "node",
  rootDir: __dirname,
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/emulator/dist", "<rootDir>/.cache", "<rootDir>/.demo"],
};

const suite = (name, folders, more = {}) => ({
  ...base,
  ...more,
  displayName: name,
  testMatch: folders.map((folder) => `<rootDir>/tests/${folder}/**/*.test.ts`),
});

// A real Pulumi for the suites that run one.
const cli = { globalSetup: "<rootDir>/tools/jest/pulumi.mjs" };

// A real browser for the suites that look at pages.
const browser = { globalSetup: "<rootDir>/tools/jest/browser.mjs" };

module.exports = {
  testSequencer: "<rootDir>/tools/jest/sequencer.cjs",
  testTimeout: 300_000,
  projects: [
    suite("unit", [
      "contract",
      "client",
      "model",
      "planner",
      "reconcile",
      "resources",
      "adapter",
      "sdk",
      "cli",
      "tools",
      "docs",
    ]),
    suite("emulator", ["emulator"]),
    suite("browser", ["browser"], browser),
    suite("conformance", ["conformance"]),
    suite("plugin", ["plugin"]),
    suite("dialects", ["dialects"]),
    suite("package", ["package"]),
    suite("lifecycle", ["lifecycle"], cli),
    suite("examples", ["examples"], cli),
    suite("languages", ["languages"], { globalSetup: "<rootDir>/tools/jest/languages.mjs" }),
  ],
};
