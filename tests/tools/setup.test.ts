import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const SETUP = pathToFileURL(join(__dirname, "..", "..", "tools", "setup.mjs")).href;
const PACKAGE = { version: "1.0.0", integrity: "sha512-a" };

let root: string;
let calls: string;

const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const lock = (packages: Record<string, object>): void => {
  write("package-lock.json", JSON.stringify({ packages: { "": {}, emulator: {}, ...packages } }));
};

/** Runs setup in the clone, with an `npm` that installs what the lock names and builds one file, and notes its calls. */
const setup = (): { asked: string[]; status: number | null; output: string } => {
  writeFileSync(calls, "");
  const script = `import { setup } from ${JSON.stringify(SETUP)}; await setup({ cli: false, root: ${JSON.stringify(root)} });`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...process.env, PATH: [join(root, "fake"), process.env.PATH].join(delimiter) },
    encoding: "utf8",
  });
  return { asked: readFileSync(calls, "utf8").split("\n").filter(Boolean), status, output: stderr };
};

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mediasaur-setup-"));
  calls = join(root, "calls");
  for (const file of [
    "package.json",
    "tsconfig.json",
    "tsconfig.build.json",
    "tools/build-plugin.mjs",
    "plugin/schema.json",
  ])
    write(file, "{}");
  for (const file of ["emulator/package.json", "emulator/tsconfig.json"]) write(file, "{}");
  for (const file of ["provider/a.ts", "sdk/b.ts", "emulator/src/c.ts"]) write(file, "export {};");
  lock({ "node_modules/one": PACKAGE });
  write(
    "fake/npm",
    `#!/bin/sh
cd '${root}'
echo "$1 $2" >> calls
[ ! -e broken ] || { echo "it is broken"; exit 1; }
if [ "$1" = ci ]; then mkdir -p node_modules && cp package-lock.json node_modules/.package-lock.json; fi
if [ "$1" = run ]; then mkdir -p dist emulator/dist && echo built > dist/a.js; fi
`,
  );
  chmodSync(join(root, "fake/npm"), 0o755);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test("installs and builds in a fresh clone, and does nothing the second time", () => {
  expect(setup().asked).toEqual(["ci --loglevel=error", "run build"]);
  expect(setup()).toMatchObject({ asked: [], output: "" });
});

test.each([
  ["a version in the lock changed", { "node_modules/one": { ...PACKAGE, version: "1.0.1" } }],
  ["the lock names one more", { "node_modules/one": PACKAGE, "node_modules/two": PACKAGE }],
])("installs again where %s", (_what, packages) => {
  setup();
  lock(packages);
  expect(setup().asked).toContain("ci --loglevel=error");
});

test("does not install again for packages of other platforms", () => {
  setup();
  lock({ "node_modules/one": PACKAGE, "node_modules/one-for-elsewhere": { ...PACKAGE, optional: true } });
  expect(setup().asked).not.toContain("ci --loglevel=error");
});

test.each([
  ["a source changed", () => write("provider/a.ts", "export const a = 1;")],
  ["a source was added", () => write("emulator/src/d.ts", "")],
  ["the output is gone", () => rmSync(join(root, "dist"), { recursive: true })],
  ["the output is not what the last build left", () => write("dist/a.js", "of other sources")],
])("builds again where %s", (_what, change) => {
  setup();
  change();
  expect(setup().asked).toEqual(["run build"]);
});

test("fails with what npm said, tries again the next time, and leaves no lock", () => {
  write("broken", "");
  const { status, output } = setup();
  expect(status).not.toBe(0);
  expect(output).toContain("`npm ci` failed:\nit is broken");
  expect(existsSync(join(root, ".cache", "setup.lock"))).toBe(false);
  rmSync(join(root, "broken"));
  expect(setup()).toMatchObject({ status: 0, asked: ["ci --loglevel=error", "run build"] });
});
