import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { newFolder, removeFolder, ROOT } from "../support/projects";
import { ONE_LINE, run } from "./command";

let folder: string;
beforeAll(() => {
  folder = newFolder("cli");
});
afterAll(() => removeFolder(folder));

describe("the command line", () => {
  test("--help lists the commands, with examples, and each command has its own", async () => {
    const { code, stdout } = await run(["--help"]);
    expect(code).toBe(0);
    for (const word of ["doctor", "import", "emulator", "Examples:", "MEDIASAUR_API_KEY", "Exit codes"])
      expect(stdout).toContain(word);
    for (const command of ["doctor", "import"]) {
      const help = await run([command, "--help"]);
      expect(help.code).toBe(0);
      expect(help.stdout).toContain(`npx pulumi-mediasaur ${command}`);
    }
  });

  test("--version is the package's", async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
    expect(await run(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test.each([
    [["imprt"], /unknown command 'imprt' \(Did you mean import\?\)/],
    [["import"], /missing required argument 'bucket'/],
    [["doctor", "--buckt", "media"], /unknown option '--buckt'/],
    [["doctor", "--write"], /--write needs --bucket/],
  ])("%j ends with 2 and one line", async (args, expected) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).toMatch(expected);
  });

  test("without a command shows the help and ends with 2", async () => {
    const { code, stderr } = await run([]);
    expect(code).toBe(2);
    expect(stderr).toContain("Commands:");
  });

  test.each([
    [{}, /MEDIASAUR_API_KEY is not set/],
    [{ MEDIASAUR_API_KEY: "sk_secret_123 456" }, /MEDIASAUR_API_KEY holds white space/],
    [
      { MEDIASAUR_API_KEY: "sk_secret_123", MEDIASAUR_BASE_URL: "http://example.com" },
      /MEDIASAUR_BASE_URL is plain http/,
    ],
    [{ MEDIASAUR_API_KEY: "sk_secret_123", MEDIASAUR_BASE_URL: "http://127.0.0.1:1" }, /connection refused/],
  ])("with the environment %j ends with 1, one line, and no key", async (env, expected) => {
    const { code, stderr } = await run(["import", "media"], env);
    expect(code).toBe(1);
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/sk_secret|mediasaur:[a-z]/i);
  });
});

describe("emulator", () => {
  test("says how to install it where it is not", async () => {
    // Outside the repository, where nothing is installed.
    const { code, stderr } = await run(["emulator"], {}, "/");
    expect(code).toBe(1);
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).toContain("npm install --save-dev mediasaur-emulator");
  });

  test("hands its options on, --help among them", async () => {
    const { code, stdout } = await run(["emulator", "--help"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mediasaur-emulator: /);
    const wrong = await run(["emulator", "--no-such-option"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("--no-such-option");
  });

  test("starts the one that is installed in the folder, and ends with it", async () => {
    mkdirSync(join(folder, "node_modules"), { recursive: true });
    symlinkSync(join(ROOT, "emulator"), join(folder, "node_modules", "mediasaur-emulator"));
    const script = join(ROOT, "bin", "pulumi-mediasaur.js");
    const child = spawn(process.execPath, [script, "emulator", "--port", "0"], { cwd: folder });
    const text = await new Promise<string>((resolve, reject) => {
      child.stdout.once("data", (data: Buffer) => resolve(data.toString()));
      child.once("exit", () => reject(new Error("it ended")));
    });
    expect(text).toMatch(/is ready on http:\/\/127\.0\.0\.1:\d+/);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });
});
