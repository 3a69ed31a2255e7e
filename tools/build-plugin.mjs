#!/usr/bin/env node
// Bundles the resource plugin with all that it needs into plugin/main.js: what is copied to Pulumi's plugin cache runs by itself.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

const { metafile } = await build({
  entryPoints: [join(ROOT, "provider", "plugin", "main.ts")],
  outfile: join(ROOT, "plugin", "main.js"),
  absWorkingDir: ROOT,
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minify: true,
  keepNames: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  // The text of each licence is with the package that it is of.
  banner: {
    js: "/* Bundled with axios, @grpc/grpc-js, google-protobuf and the protocol of @pulumi/pulumi: see LICENSES.txt */",
  },
});

// What is bundled keeps its licence.
const folders = new Set(
  Object.keys(metafile.inputs).flatMap((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []),
);
const texts = [...folders].sort().flatMap((folder) => {
  const path = join(ROOT, folder);
  if (!existsSync(path)) return [];
  const { name, version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  const file = readdirSync(path).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? "" : `\n${readFileSync(join(path, file), "utf8").trim()}\n`;
  return [`${name} ${version} (${typeof license === "string" ? license : "see its text"})\n${text}`];
});
writeFileSync(join(ROOT, "plugin", "LICENSES.txt"), texts.join(`\n${"-".repeat(80)}\n`));
