import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { packedFolder, removeFolder, ROOT } from "../support/projects";

let folder: string;

beforeAll(() => {
  folder = packedFolder();
});

afterAll(() => {
  removeFolder(folder);
});

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import * as mediasaur from "pulumi-mediasaur";
import { MediasaurClient, MediasaurError, type FileInfo } from "pulumi-mediasaur/client";

const media = new mediasaur.Bucket("media", { name: "media" });
const same: mediasaur.Bucket = mediasaur.Bucket.get("again", "media");
const args: mediasaur.ManagedFileArgs = { bucket: media.name, path: pulumi.interpolate\`site/\${same.name}.jpg\` };
const hero = new mediasaur.ManagedFile("hero", {
  ...args,
  visibility: mediasaur.Visibility.Public,
  source: { adopt: { path: "incoming/hero.jpg" } },
  deletionPolicy: "RETAIN",
});
new mediasaur.ManagedFile("by-id", { ...args, visibility: "PRIVATE", source: { adopt: { id: hero.fileId } } });
new mediasaur.ManagedFile("copied", { ...args, source: { copy: { bucket: "brand", path: "logo.svg" } } });
new mediasaur.ManagedFile("uploaded", { ...args, source: { upload: new pulumi.asset.StringAsset("x") } });
export const url: pulumi.Output<string | undefined> = hero.url;
export const size: pulumi.Output<number | undefined> = hero.size;
export const details: pulumi.Output<Record<string, unknown>> = media.details;

export async function list(): Promise<FileInfo[]> {
  try {
    return await new MediasaurClient({ apiKey: "sk_x" }).listFiles({ bucket: "media" });
  } catch (error) {
    if (error instanceof MediasaurError && error.code === "unauthorized") return [];
    throw error;
  }
}
`;

const WRONG = `
import * as mediasaur from "pulumi-mediasaur";
// @ts-expect-error -- no path
new mediasaur.ManagedFile("a", { bucket: "media" });
// @ts-expect-error -- no such visibility
new mediasaur.ManagedFile("a", { bucket: "media", path: "a", visibility: "SECRET" });
// @ts-expect-error -- two sources
new mediasaur.ManagedFile("a", { bucket: "media", path: "a", source: { adopt: { id: "f" }, copy: { id: "f" } } });
// @ts-expect-error -- two references
new mediasaur.ManagedFile("a", { bucket: "media", path: "a", source: { adopt: { id: "f", path: "b" } } });
// @ts-expect-error -- no such property
new mediasaur.ManagedFile("a", { bucket: "media", path: "a", public: true });
`;

/** What the compiler says of a program and of the package's own declarations, of others' left out. */
function compile(program: string, options: Record<string, unknown>): string {
  writeFileSync(join(folder, "index.ts"), program);
  const compilerOptions = {
    target: "ES2022",
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    types: ["node"],
    ...options,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  try {
    execFileSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { cwd: folder, encoding: "utf8" });
    return "";
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return stdout
      .split("\n")
      .filter((line) => line.startsWith("index.ts") || line.includes("pulumi-mediasaur"))
      .join("\n");
  }
}

describe("the types of the packed package", () => {
  test.each([
    ["commonjs", { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "5.0" }],
    ["node16", { module: "node16", moduleResolution: "node16" }],
    ["nodenext", { module: "nodenext", moduleResolution: "nodenext" }],
  ])("compile in a strict project with module %s", (_name, options) => {
    expect(compile(PROGRAM, options)).toBe("");
  });

  test("refuse what the provider would refuse", () => {
    expect(compile(WRONG, { module: "node16", moduleResolution: "node16" })).toBe("");
  });
});

describe("the packed package", () => {
  const run = (script: string): string =>
    execFileSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8" }).trim();

  test("gives the client without loading Pulumi", () => {
    const script = `const { MediasaurClient } = require("pulumi-mediasaur/client");
      console.log(typeof MediasaurClient, Object.keys(require.cache).some((path) => path.includes("@pulumi")));`;
    expect(run(script)).toBe("function false");
  });

  test("loads neither HTTP nor the provider's core in a program that only declares", () => {
    const script = `require("pulumi-mediasaur");
      console.log(Object.keys(require.cache).filter((path) => /axios|@pulumi\\/policy|sdk\\/policy|provider\\/(client|reconcile|resources|adapter|dynamic\\/(?!entry))/.test(path)).length);`;
    expect(run(script)).toBe("0");
  });

  test("has no file but what users need", () => {
    const files = run(
      `const { readdirSync } = require("fs"); console.log(readdirSync("node_modules/pulumi-mediasaur").sort().join());`,
    );
    expect(files).toBe("LICENSE,README.md,bin,dist,package.json,plugin");
  });
});
