import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { installed, packed, run } from "../support/tarballs";
import { removeFolder, ROOT } from "../support/projects";
import { figure } from "../support/figures";

const MB = 1_000_000;

let folder: string;

beforeAll(() => {
  folder = installed({ packages: ["pulumi-mediasaur"], flags: ["--omit=peer"] });
});

afterAll(() => {
  removeFolder(folder);
});

test.each(["pulumi-mediasaur", "mediasaur-emulator"])("publint has nothing to say of %s", (name) => {
  const args = [bin("publint", "src/cli.js"), "run", packed(name), "--strict", "--level", "suggestion"];
  expect(run(process.execPath, args)).toContain("All good!");
});

test.each(["pulumi-mediasaur", "mediasaur-emulator"])(
  "the types of %s resolve in every way of importing it",
  (name) => {
    const args = [bin("@arethetypeswrong/cli", "dist/index.js"), packed(name), "--no-emoji", "--no-color"];
    // Programs import none of these: state names them, and Pulumi's process requires them.
    const internal = [
      "bucket",
      "managed-file",
      "file-layout",
      "undeclared-files-report",
      "undeclared-files-sweep",
      "runtime",
    ].map((entry) => `provider/${entry}`);
    const output = run(process.execPath, [...args, "--exclude-entrypoints", ...internal]);
    expect(output).toContain("No problems found");
  },
);

test("what is installed beside the peer is small", () => {
  const bytes = bytesIn(join(folder, "node_modules"));
  figure("package", `installed without its peer: ${(bytes / MB).toFixed(2)} MB (at most 8)`);
  expect(bytes).toBeLessThanOrEqual(8 * MB);
  expect(readdirSync(join(folder, "node_modules"))).not.toContain("@pulumi");
});

test("a release is refused where versions or the changelog differ from the tag", () => {
  const check = (version: string): string =>
    run(process.execPath, [join(ROOT, "tools", "release.mjs"), "check", version]);
  expect(check("v99.0.0")).toMatch(/^release: package\.json has version \S+, the tag 99\.0\.0$/m);
});

function bin(name: string, script: string): string {
  return join(ROOT, "node_modules", name, script);
}

function bytesIn(path: string): number {
  const stats = lstatSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + bytesIn(join(path, name)), 0);
}
