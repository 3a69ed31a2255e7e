// `npm run demo`: real `pulumi preview` and `pulumi up` on the quickstart, against the local emulator.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { drawLayout } from "./lib/layout.mjs";
import { setup } from "./setup.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const WORK = join(ROOT, ".demo");
const PROGRAM = join(WORK, "quickstart");
const color = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;

/** What the second half of the demo changes in the program. */
const EDITS = [
  ['  path: "drafts/next-post.md",', '  path: "site/posts/first-post.md",'],
  [
    "  visibility: mediasaur.Visibility.Private,\n});\n\nexport",
    "  visibility: mediasaur.Visibility.Public,\n});\n\nexport",
  ],
];

const say = (text = "") => process.stdout.write(`${text}\n`);
const title = (text) => say(color ? `\n\u001b[1;36m━━ ${text}\u001b[0m` : `\n── ${text}`);

/** Runs a command in the program's folder; what a quiet one prints is shown only where it fails. */
function run(command, args, env, { quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: PROGRAM,
      env,
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (printed += String(data)));
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`"pulumi ${args.join(" ")}" ended with exit code ${String(code)}${printed && `:\n${printed}`}`),
        );
    });
  });
}

function editProgram() {
  const file = join(PROGRAM, "index.ts");
  let text = readFileSync(file, "utf8");
  for (const [before, after] of EDITS) {
    if (!text.includes(before))
      throw new Error(`examples/quickstart/index.ts has no ${JSON.stringify(before)} any more`);
    text = text.replace(before, after);
  }
  writeFileSync(file, text);
}

async function main() {
  const { pulumi, noPulumi } = await setup();
  if (pulumi === undefined) throw new Error(noPulumi);
  const require = createRequire(join(ROOT, "package.json"));
  const { startEmulator } = require("mediasaur-emulator");
  const { MediasaurClient } = require("pulumi-mediasaur/client");

  rmSync(WORK, { recursive: true, force: true });
  mkdirSync(join(WORK, "state"), { recursive: true });
  cpSync(join(ROOT, "examples", "quickstart"), PROGRAM, { recursive: true });
  const emulator = await startEmulator({ port: 0, seed: join(PROGRAM, "sample") });
  try {
    const client = new MediasaurClient(emulator);
    const showLayout = async () =>
      drawLayout(await client.listFiles({ bucket: "media" }), { color }).forEach((line) => say(line));
    const countWrites = async () => (await emulator.requests()).filter((request) => request.method !== "GET").length;
    const env = {
      ...process.env,
      ...pulumi.env,
      PULUMI_BACKEND_URL: `file://${join(WORK, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "demo",
    };
    await run(pulumi.command, ["stack", "init", "demo", "--non-interactive"], env, { quiet: true });
    const set = (...args) => run(pulumi.command, ["config", "set", ...args, "--stack", "demo"], env, { quiet: true });
    await set("--secret", "mediasaur:apiKey", emulator.apiKey);
    await set("mediasaur:baseUrl", emulator.baseUrl);
    await set("mediasaur:uploadUrl", emulator.uploadUrl);
    const common = [
      "--stack",
      "demo",
      "--non-interactive",
      "--suppress-progress",
      "--color",
      color ? "always" : "never",
    ];
    const preview = (...args) => run(pulumi.command, ["preview", ...args, ...common], env);
    const up = () => run(pulumi.command, ["up", "--yes", "--skip-preview", ...common], env);

    title('The bucket "media", on a local emulator');
    await showLayout();

    title("pulumi preview    what examples/quickstart declares; a preview writes nothing");
    await preview();
    title("pulumi up");
    await up();
    const first = await countWrites();
    title(`The bucket "media" after ${String(first)} write requests: each file in its place, no copy made`);
    await showLayout();

    editProgram();
    title('pulumi preview --diff    the draft is ready: another path and visibility for "next-post"');
    await preview("--diff");
    title("pulumi up");
    await up();
    const second = await countWrites();
    title(`The bucket "media" after ${String(second - first)} more`);
    await showLayout();

    title("pulumi up, once more");
    await up();
    say(`Write requests: ${String((await countWrites()) - second)}`);
  } finally {
    await emulator.close();
  }

  title("Go on");
  say(`Your own files      README.md, "A first program": the real service, with your key`);
  say(`This program        in one terminal:  npx mediasaur-emulator --seed examples/quickstart/sample`);
  say(`                    in another:       eval "$(node tools/get-pulumi.mjs --env)"`);
  say(
    `                                      export PULUMI_BACKEND_URL=file://$PWD/.demo/state PULUMI_CONFIG_PASSPHRASE=demo`,
  );
  say(`                                      pulumi stack init dev`);
  say(`                                      (the three lines that the emulator printed)`);
  say(`                                      pulumi up`);
  say(`                    then change examples/quickstart/index.ts, and run "pulumi preview --diff"`);
}

main().catch((error) => {
  process.stderr.write(`\nThe demo stopped: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
