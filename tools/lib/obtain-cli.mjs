// The two ways to get a Pulumi CLI onto this machine: Pulumi's own download, and a build from the pinned Go modules.
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { duration, excerpt, run, withHeartbeat } from "./run.mjs";

const MODULES = join(dirname(fileURLToPath(import.meta.url)), "..", "cli");
const DYNAMIC_PROVIDERS = "pulumi-resource-pulumi-nodejs";
const EXE = process.platform === "win32" ? ".exe" : "";
const DOWNLOAD_LIMIT = 5 * 60_000;

/** The folder of the installed npm package @pulumi/pulumi, or undefined before `npm ci`. */
export function sdkFolder() {
  try {
    return dirname(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
  } catch {
    return undefined;
  }
}

/** Downloads the CLI by the Automation API into `bin`. */
export async function downloadCli({ version, bin, env, say }) {
  const sdk = sdkFolder();
  if (!sdk) throw new Error("the npm packages are not installed; run `npm ci` first");
  const root = temporaryFolder(bin);
  // A process of its own: an installation that hangs can be ended, and nothing stays loaded here.
  const script = `
    const { PulumiCommand } = require(process.argv[1] + "/automation/cmd");
    const { SemVer } = require(require.resolve("semver", { paths: [process.argv[1]] }));
    PulumiCommand.install({ version: new SemVer(process.argv[2]), root: process.argv[3] }).then(
      () => process.exit(0),
      (error) => { console.error(error.message); process.exit(1); },
    );`;
  try {
    say(`downloading the Pulumi CLI ${version}`);
    const { code, output } = await withHeartbeat(
      (soFar) => say(`downloading the Pulumi CLI: ${soFar} so far`),
      () => run(process.execPath, ["-e", script, sdk, version, root], { env, timeout: DOWNLOAD_LIMIT }),
    );
    if (code !== 0) throw new Error(excerpt(output, 3) || `no answer in ${duration(DOWNLOAD_LIMIT)}`);
    publish(join(root, "bin"), bin);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Builds the CLI and the language host for Node from tools/cli into `bin`, with the npm package's plugin beside them. */
export async function buildCli({ version, bin, env, say }) {
  const sdk = sdkFolder();
  if (!sdk) throw new Error("the npm packages are not installed; run `npm ci` first");
  const go = await run("go", ["version"], { env }).catch(() => undefined);
  if (!go || go.code !== 0) throw new Error("there is no `go` on PATH");
  const out = temporaryFolder(bin);
  try {
    say(
      `building the Pulumi CLI ${version} from source (${go.output.trim()}), once for this machine: usually about 6 min`,
    );
    const start = Date.now();
    await withHeartbeat(
      (soFar) =>
        say(`building the Pulumi CLI from source, once for this machine: ${soFar} so far, usually about 6 min`),
      async () => {
        await goBuild("language-nodejs", "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs");
        await goBuild("pulumi", "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi");
      },
    );
    // Beside the CLI, as in Pulumi's own archive: found there, it needs no PATH and prints no warning.
    for (const name of readdirSync(sdk).filter((file) => file.startsWith(DYNAMIC_PROVIDERS))) {
      copyFileSync(join(sdk, name), join(out, name));
      chmodSync(join(out, name), 0o755);
    }
    publish(out, bin);
    say(`built in ${duration(Date.now() - start)}`);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }

  async function goBuild(module, pkg) {
    const ldflags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;
    const args = ["build", "-mod=readonly", "-buildvcs=false", "-ldflags", ldflags];
    const file = join(out, pkg.slice(pkg.lastIndexOf("/") + 1) + EXE);
    const { code, output } = await run("go", [...args, "-o", file, pkg], {
      cwd: join(MODULES, module),
      env: { ...env, GOWORK: "off" },
    });
    if (code !== 0) throw new Error(`\`go build\` in tools/cli/${module} failed:\n${excerpt(output)}`);
  }
}

/** A new folder beside `bin`, so that the renames of `publish` stay in one file system; what a killed run left goes. */
function temporaryFolder(bin) {
  const versionFolder = dirname(bin);
  mkdirSync(versionFolder, { recursive: true });
  for (const name of readdirSync(versionFolder)) {
    if (name.startsWith(".new-")) rmSync(join(versionFolder, name), { recursive: true, force: true });
  }
  const folder = join(versionFolder, `.new-${process.pid}`);
  mkdirSync(folder);
  return folder;
}

/** Moves finished files into `bin`, the CLI itself last: whoever sees `pulumi` there sees it whole and with its helpers. */
function publish(from, bin) {
  const main = `pulumi${EXE}`;
  if (!existsSync(join(from, main))) throw new Error(`no ${main} came of it`);
  mkdirSync(bin, { recursive: true });
  const helpers = readdirSync(from).filter((name) => name !== main);
  for (const name of [...helpers, main]) renameSync(join(from, name), join(bin, name));
}
