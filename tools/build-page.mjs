#!/usr/bin/env node
// Bundles the emulator's page into its package: part of `npm run build`. What users install is ready to serve.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const emulator = join(dirname(fileURLToPath(import.meta.url)), "..", "emulator");
const from = join(emulator, "page");
const to = join(emulator, "dist", "ui");

// The licence of what is in the bundle goes with it.
const preact = dirname(createRequire(join(emulator, "package.json")).resolve("preact/package.json"));
const licence = readFileSync(join(preact, "LICENSE"), "utf8").trim();

mkdirSync(to, { recursive: true });
await build({
  entryPoints: [join(from, "main.tsx")],
  outfile: join(to, "app.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  banner: { js: `/*! This holds Preact.\n${licence}\n*/` },
  logLevel: "warning",
});
await build({
  entryPoints: [join(from, "app.css")],
  outfile: join(to, "app.css"),
  minify: true,
  target: "es2022",
  logLevel: "warning",
});
for (const name of ["index.html", "icon.svg"]) copyFileSync(join(from, name), join(to, name));
