// What programs in YAML and Python need beside the CLI: their language hosts (Pulumi's own archive has them), Pulumi for Python in a
// virtual environment, and a program that writes SDKs from a schema. Each is had once for this machine.
import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.mjs";
import { duration, excerpt, run, withHeartbeat } from "./run.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const MODULES = join(ROOT, "tools", "cli");
const EXE = process.platform === "win32" ? ".exe" : "";
/** The SDK for Python that the tests run. */
const PYTHON_SDK = "pulumi==3.272.0";
/** What an SDK that Pulumi makes needs beside it. */
const PYTHON_OTHERS = ["parver==1.0.1.post0", "semver==3.1.2"];
const HOSTS = [
  {
    module: "language-yaml",
    name: "pulumi-language-yaml",
    pkg: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
  },
  {
    module: "language-python",
    name: "pulumi-language-python",
    pkg: "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python",
    beside: ["github.com/pulumi/pulumi/sdk/v3", "python/cmd/pulumi-language-python-exec"],
  },
];

/** There is no way to have them here; the message says what is missing. */
export class NoLanguagesError extends Error {
  name = "NoLanguagesError";
}

/**
 * Has the hosts beside the CLI, and the rest in `.cache`. Gives `{ env, generator }`: `env` is to be laid over the environment of
 * whatever runs `pulumi`, `generator` writes SDKs.
 */
export async function getLanguageHosts(pulumi, { env = process.env } = {}) {
  const say = (line) => process.stderr.write(`languages: ${line}\n`);
  const cache = join(ROOT, ".cache");
  mkdirSync(cache, { recursive: true });
  const generator = join(cache, `generate-sdk-${pulumi.version}${EXE}`);
  const python = join(cache, "python");
  const bin = join(python, process.platform === "win32" ? "Scripts" : "bin");
  try {
    await withLock(join(cache, "languages.lock"), async () => {
      for (const host of HOSTS) if (!onPath(host.name, pulumi)) await buildHost(host, pulumi.bin, env, say);
      if (!existsSync(generator)) await goBuild("generate-sdk", ".", generator, env, say);
      if (!existsSync(join(bin, `python${EXE}`)) || !(await hasSdk(bin))) await makePython(python, bin, say);
    });
  } catch (error) {
    throw new NoLanguagesError(error.message);
  }
  const key = Object.keys(env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  // The host takes the first Python on PATH.
  const path = [bin, pulumi.env[key] ?? env[key]].join(delimiter);
  return { env: { ...pulumi.env, [key]: path, VIRTUAL_ENV: python }, generator };
}

function onPath(name, pulumi) {
  const key = Object.keys(pulumi.env).find((variable) => variable.toUpperCase() === "PATH");
  const folders = [pulumi.bin, ...(pulumi.env[key] ?? "").split(delimiter)];
  return folders.some((folder) => isExecutable(join(folder, name + EXE)));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function buildHost({ module, name, pkg, beside }, bin, env, say) {
  if (beside !== undefined) {
    const [inModule, file] = beside;
    const { code, output } = await go(["list", "-m", "-f", "{{.Dir}}", inModule], module, env);
    if (code !== 0) throw new Error(`the module ${inModule} could not be had: ${excerpt(output, 3)}`);
    const source = join(output.trim().split("\n").at(-1), file);
    if (existsSync(source)) {
      const target = join(bin, file.slice(file.lastIndexOf("/") + 1));
      copyFileSync(source, target);
      chmodSync(target, 0o755);
    }
  }
  await goBuild(module, pkg, join(bin, name + EXE), env, say);
}

async function goBuild(module, pkg, file, env, say) {
  say(`building ${file.slice(file.lastIndexOf("/") + 1)} from source, once for this machine: up to 6 min`);
  const start = Date.now();
  const unfinished = `${file}.new-${process.pid}`;
  try {
    const ldflags = "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.255.0";
    const { code, output } = await withHeartbeat(
      (soFar) => say(`building: ${soFar} so far`),
      () => go(["build", "-mod=readonly", "-buildvcs=false", "-ldflags", ldflags, "-o", unfinished, pkg], module, env),
    );
    if (code !== 0) throw new Error(`\`go build\` in tools/cli/${module} failed:\n${excerpt(output)}`);
    renameSync(unfinished, file);
    say(`built in ${duration(Date.now() - start)}`);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

async function go(args, module, env) {
  try {
    // The module's folder has to be known before a file of it is copied.
    if (args[0] === "list")
      await run("go", ["mod", "download"], { cwd: join(MODULES, module), env: { ...env, GOWORK: "off" } });
    return await run("go", args, { cwd: join(MODULES, module), env: { ...env, GOWORK: "off" } });
  } catch {
    throw new Error("there is no `go` on PATH");
  }
}

async function hasSdk(bin) {
  const { code, output } = await run(join(bin, "python"), ["-m", "pip", "show", "pulumi"], {}).catch(() => ({
    code: 1,
  }));
  return code === 0 && output.includes(`Version: ${PYTHON_SDK.split("==")[1]}`);
}

async function makePython(folder, bin, say) {
  say("making a virtual environment with Pulumi for Python");
  const python = process.platform === "win32" ? "python" : "python3";
  for (const [command, args] of [
    [python, ["-m", "venv", folder]],
    [
      join(bin, "python"),
      ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", PYTHON_SDK, ...PYTHON_OTHERS],
    ],
  ]) {
    const { code, output } = await run(command, args, {}).catch(() => ({ code: 1, output: `there is no ${command}` }));
    if (code !== 0) throw new Error(`\`${[command, ...args].join(" ")}\` failed: ${excerpt(output, 3)}`);
  }
}
