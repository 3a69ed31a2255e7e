// Two ways to get a Chromium where there is none.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, withHeartbeat, excerpt } from "./run.mjs";

/** The version of @sparticuz/chromium: the browser itself, with the libraries that a bare system lacks. */
export const VERSION = "147.0.0";

/** Puts the browser of the npm package into an empty folder. */
export async function npmChromium({ folder, env, say }) {
  if (process.platform !== "linux" || process.arch !== "x64") throw new Error("the package is for Linux on x64 only");
  say(`getting @sparticuz/chromium ${VERSION} (npm, about 70 MB)`);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  const install = [
    "install",
    "--no-save",
    "--no-package-lock",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    "--loglevel=error",
  ];
  await must("npm", [...install, `@sparticuz/chromium@${VERSION}`], { cwd: folder, env }, say);
  // It unpacks itself into the folder for temporary files, and its libraries only where it takes the machine for a bare one.
  const script = `const { default: it } = await import("@sparticuz/chromium"); await it.executablePath();`;
  const unpacking = { ...env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
  await must(process.execPath, ["--input-type=module", "-e", script], { cwd: folder, env: unpacking }, say);
  for (const name of ["node_modules", "package.json"]) rmSync(join(folder, name), { recursive: true, force: true });
  const fonts = join(folder, "fonts", "fonts.conf");
  const final = folder.replace(/\.new$/, "");
  if (existsSync(fonts))
    writeFileSync(fonts, readFileSync(fonts, "utf8").replaceAll("/tmp/fonts", join(final, "fonts")));
}

/** What the browser of the npm package needs to find its libraries and fonts; those of the system come first. */
export function unpackedEnvironment(folder) {
  const systemFonts = existsSync("/etc/fonts/fonts.conf");
  return {
    LD_LIBRARY_PATH: ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", join(folder, "al2023", "lib")].join(":"),
    ...(systemFonts ? {} : { FONTCONFIG_PATH: join(folder, "fonts") }),
  };
}

/** Has the system's package manager install Chromium. */
export async function aptChromium({ env, say }) {
  if (process.platform !== "linux" || process.getuid?.() !== 0) throw new Error("needs root on Debian or Ubuntu");
  say("installing chromium (apt-get)");
  const options = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" } };
  await must("apt-get", ["update", "-qq"], options, say);
  await must("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], options, say);
}

async function must(command, args, options, say) {
  const name = `${command} ${args[0].startsWith("--") ? "" : args[0]}`.trim();
  const { code, output } = await withHeartbeat(
    (soFar) => say(`${name}: ${soFar} so far`),
    () => run(command, args, options),
  );
  if (code !== 0) throw new Error(`\`${name}\` failed:\n${excerpt(output)}`);
}
