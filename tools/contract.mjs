#!/usr/bin/env node
// npm run contract: generates the types of the API from the contract. With --check, compares them with the ones that are
// there, and changes nothing.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { excerpt, run } from "./lib/run.mjs";
import { ROOT } from "./setup.mjs";

const CONTRACT = join(ROOT, "provider", "contract", "openapi.yaml");
const TYPES = join(ROOT, "provider", "contract", "api.d.ts");

async function generate(file) {
  const manifest = createRequire(import.meta.url).resolve("openapi-typescript/package.json");
  const generator = join(dirname(manifest), JSON.parse(readFileSync(manifest, "utf8")).bin["openapi-typescript"]);
  // A field with a default may be left out of a request, so it stays optional.
  const args = [CONTRACT, "--default-non-nullable=false", "-o", file];
  const { code, output } = await run(process.execPath, [generator, ...args]);
  if (code !== 0) throw new Error(`openapi-typescript failed:\n${excerpt(output)}`);
}

async function check() {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-mediasaur-contract-"));
  try {
    const fresh = join(folder, "api.d.ts");
    await generate(fresh);
    if (readFileSync(fresh, "utf8") !== readFileSync(TYPES, "utf8")) {
      throw new Error("provider/contract/api.d.ts is not what openapi.yaml gives: run `npm run contract`.");
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  await (process.argv.includes("--check") ? check() : generate(TYPES));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
