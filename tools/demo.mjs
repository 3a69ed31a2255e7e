// `npm run demo`: real `pulumi preview` and `pulumi up` on the quickstart, against the local emulator.
import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drawLayout } from "./lib/layout.mjs";
import { setup } from "./setup.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const WORK = join(ROOT, ".demo");
const SAMPLE = "examples/quickstart/sample";
const color = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;

function say(text = "") {
  process.stdout.write(`${text}\n`);
}

function title(text) {
  say();
  say(color ? `\u001b[1;36m━━ ${text}\u001b[0m` : `── ${text}`);
}

function run(command, args, env, { quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ["ignore", quiet ? "ignore" : "inherit", "inherit"] });
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`"${["pulumi", ...args].join(" ")}" ended with exit code ${String(code)}`));
    });
  });
}

async function main() {
  const { pulumi, noPulumi } = await setup();
  if (pulumi === undefined) throw new Error(noPulumi);
  const require = createRequire(join(ROOT, "package.json"));
  const { startEmulator } = require("mediasaur-emulator");
  const { MediasaurClient } = require("pulumi-mediasaur/client");

  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(join(WORK, "state"), { recursive: true });
  const emulator = await startEmulator({ port: 0, seed: join(ROOT, SAMPLE) });
  try {
    const client = new MediasaurClient(emulator);
    const layout = async () => drawLayout(await client.listFiles({ bucket: "media" }), { color });
    const writes = async () => (await emulator.requests()).filter((request) => request.method !== "GET").length;
    const env = {
      ...process.env,
      ...pulumi.env,
      PULUMI_BACKEND_URL: `file://${join(WORK, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
      MEDIASAUR_API_KEY: emulator.apiKey,
    };
    const config = ["--stack", "demo", "--config-file", join(WORK, "Pulumi.demo.yaml")];
    await run(pulumi.command, ["stack", "init", "demo", "--non-interactive"], env, { quiet: true });
    for (const key of ["baseUrl", "uploadUrl"]) {
      await run(pulumi.command, ["config", "set", `mediasaur:${key}`, emulator[key], ...config], env);
    }
    const common = ["--non-interactive", "--color", color ? "always" : "never", ...config];

    title(`Bucket "media" on the emulator, before`);
    for (const line of await layout()) say(line);

    title("pulumi preview   (examples/quickstart; a preview reads, and writes nothing)");
    await run(pulumi.command, ["preview", ...common], env);

    title("pulumi up");
    await run(pulumi.command, ["up", "--yes", "--skip-preview", ...common], env);
    const written = await writes();

    title(`Bucket "media" on the emulator, after ${String(written)} write requests`);
    for (const line of await layout()) say(line);

    title("pulumi up again   (nothing to do)");
    await run(pulumi.command, ["up", "--yes", "--skip-preview", ...common], env);
    say(`Write requests of the second update: ${String((await writes()) - written)}`);
  } finally {
    await emulator.close();
  }

  title("Go on");
  say(`Your own program      README.md, "A first program": Mediasaur's own service, with your key`);
  say(`This one, by hand     in one terminal:  npx mediasaur-emulator --seed ${SAMPLE}`);
  say(`                      in another:       eval "$(node tools/get-pulumi.mjs --env)"`);
  say(`                                        pulumi login --local && pulumi stack init dev`);
  say(`                                        (the lines that the emulator printed)`);
  say(`                                        pulumi up`);
  say(`                      then change a path or a visibility in examples/quickstart/index.ts, and preview.`);
}

main().catch((error) => {
  process.stderr.write(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
