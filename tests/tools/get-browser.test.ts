import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const TOOL = pathToFileURL(join(__dirname, "..", "..", "tools", "get-browser.mjs")).href;
const VERSION = /VERSION = "([^"]+)"/.exec(
  readFileSync(join(__dirname, "..", "..", "tools", "lib", "obtain-browser.mjs"), "utf8"),
)![1]!;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mediasaur-browser-"));
  mkdirSync(join(root, "path"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function program(file: string, body: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** Runs getBrowser with nothing but fake programs; the two ways to get one fail unless `npm` or `apt` says where it goes. */
function getBrowser(env: Record<string, string> = {}, ways: { npm?: boolean; apt?: boolean } = {}) {
  const script = `
    import { appendFileSync, chmodSync, writeFileSync } from "node:fs";
    import { join } from "node:path";
    import { getBrowser } from ${JSON.stringify(TOOL)};
    const asked = [];
    const put = (name, works, place) => async ({ folder }) => {
      asked.push(name);
      if (!works) throw new Error(name + " does not work here");
      writeFileSync(place ?? join(folder, "chromium"), "#!/bin/sh\\necho Chromium 99.0.1\\n");
      chmodSync(place ?? join(folder, "chromium"), 0o755);
    };
    const npm = put("npm", ${String(ways.npm === true)});
    const apt = put("apt", ${String(ways.apt === true)}, ${JSON.stringify(join(root, "path", "chromium"))});
    let outcome;
    try { outcome = { found: await getBrowser({ quiet: true, npm, apt }) }; } catch (error) { outcome = { error: error.message }; }
    console.log(JSON.stringify({ ...outcome, asked }));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    env: { PATH: join(root, "path"), HOME: root, ...env },
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as { found?: { command: string; version: string }; error?: string; asked: string[] };
}

test("a browser on PATH is taken, and nothing is asked for", () => {
  const command = program(join(root, "path", "google-chrome"), "echo Google Chrome 120.0.6099.1");
  expect(getBrowser()).toMatchObject({ found: { command, version: "120.0.6099.1" }, asked: [] });
});

test("CHROME_PATH comes first, and is not replaced where it is no browser", () => {
  program(join(root, "path", "chromium"), "echo Chromium 120.0.1");
  const command = program(join(root, "mine"), "echo Chromium 121.0.2");
  expect(getBrowser({ CHROME_PATH: command })).toMatchObject({ found: { command }, asked: [] });
  const { error, asked } = getBrowser({ CHROME_PATH: join(root, "absent") });
  expect(error).toContain(join(root, "absent"));
  expect(asked).toEqual([]);
});

test("one that does not start is passed over, and the npm package is asked for once", () => {
  program(join(root, "path", "chromium"), "echo no libnss3 >&2; exit 127");
  const command = join(root, ".cache", "pulumi-mediasaur", `chromium-${VERSION}`, "chromium");
  expect(getBrowser({}, { npm: true })).toMatchObject({ found: { command, version: "99.0.1" }, asked: ["npm"] });
  expect(getBrowser()).toMatchObject({ found: { command }, asked: [] });
});

test("apt-get is asked where npm has none", () => {
  expect(getBrowser({}, { apt: true })).toMatchObject({
    found: { command: join(root, "path", "chromium") },
    asked: ["npm", "apt"],
  });
});

test("where none can be had, one message says what was tried and what to do, and nothing is left", () => {
  const { error, asked } = getBrowser();
  expect(asked).toEqual(["npm", "apt"]);
  for (const part of ["npm does not work here", "apt does not work here", "CHROME_PATH=", "install Chromium"]) {
    expect(error).toContain(part);
  }
  expect(existsSync(join(root, ".cache", "pulumi-mediasaur", `chromium-${VERSION}`))).toBe(false);
});
