import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A policy pack in a folder of its own below a program's, and how `--policy-pack` names it: by a script that starts it, which
 * works with every version of the language host.
 *
 * @param folder - the program's, where `@pulumi/policy` and the package are found from
 * @param program - JavaScript, in which `PolicyPack` and `policy` are there
 */
export function policyPack(folder: string, program: string): string {
  const pack = join(folder, "policy");
  mkdirSync(pack, { recursive: true });
  writeFileSync(join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.js\n");
  writeFileSync(join(pack, "package.json"), `{ "name": "pack", "version": "1.0.0", "main": "index.js" }\n`);
  const prelude = `"use strict";\nconst { PolicyPack } = require("@pulumi/policy");\nconst policy = require("pulumi-mediasaur/policy");\n`;
  writeFileSync(join(pack, "index.js"), prelude + program);
  return startScript(pack);
}

/** The script that starts the pack of a folder. */
export function startScript(pack: string): string {
  const script = join(pack, "start");
  const starter = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
  writeFileSync(
    script,
    `#!/bin/sh\ncd "${pack}"\nexport PULUMI_NODEJS_TYPESCRIPT=true PULUMI_NODEJS_TRANSPILE_ONLY=true\nexec "${process.execPath}" "${starter}" "$1" "${pack}"\n`,
    {
      mode: 0o755,
    },
  );
  return script;
}
