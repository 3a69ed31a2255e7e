/** A file of a new project, by its path in the project's folder. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** What is in every project, whatever its program declares. */
export function frameOf(name: string, version: string, withEmulator: boolean): ProjectFiles {
  const manifest = {
    name,
    private: true,
    main: "index.ts",
    dependencies: { "@pulumi/pulumi": "^3.200.0", "pulumi-mediasaur": `^${version}` },
    devDependencies: {
      "@types/node": "^20.0.0",
      ...(withEmulator ? { "mediasaur-emulator": `^${version}` } : {}),
      "ts-node": "^10.9.2",
      typescript: "^5.9.0",
    },
  };
  const compilerOptions = {
    target: "ES2022",
    module: "node16",
    moduleResolution: "node16",
    strict: true,
    skipLibCheck: true,
    noEmit: true,
  };
  return {
    "package.json": json(manifest),
    "tsconfig.json": json({ compilerOptions, files: ["index.ts"] }),
    "Pulumi.yaml": `name: ${name}\ndescription: Files on Mediasaur\nruntime:\n  name: nodejs\n  options:\n    packagemanager: npm\n`,
    ".gitignore": "node_modules/\n",
  };
}

/** A program that reads alone, as nothing is known of the account: with what to write next. */
export const READING_PROGRAM = `import * as mediasaur from "pulumi-mediasaur";

// The buckets that the API key sees: reading them changes nothing.
export const buckets = mediasaur.getBucketsOutput().apply((found) => found.map(({ name }) => name));

// Declare a file that is in one of them: where it is to be, and who may see it. A preview says what would happen.
//
// const hero = new mediasaur.ManagedFile("hero", {
//   bucket: "media",
//   path: "site/hero.jpg",
//   visibility: "PUBLIC",
//   source: { adopt: { path: "incoming/IMG_2041.jpg" } }, // where it is now; leave it out if it is at \`path\` already
// });
//
// export const url = hero.url;
`;

/** A program for the emulator, and the files that the emulator is to begin with. */
export const EMULATOR_FILES: ProjectFiles = {
  "index.ts": `import * as pulumi from "@pulumi/pulumi";
import * as mediasaur from "pulumi-mediasaur";

// The bucket is there already: it is read, never written.
const media = new mediasaur.Bucket("media", { name: "media" });

const welcome = new mediasaur.ManagedFile("welcome", {
  bucket: media.name,
  path: "site/welcome.txt",
  visibility: "PUBLIC",
  source: { upload: new pulumi.asset.StringAsset("Hello from Pulumi.\\n") },
});

// The photo of the sample is moved in place, and published, once this is taken in:
//
// const photo = new mediasaur.ManagedFile("photo", {
//   bucket: media.name,
//   path: "site/photo.svg",
//   visibility: "PUBLIC",
//   source: { adopt: { path: "incoming/IMG_2041.svg" } },
// });

export const welcomeUrl = welcome.url;
`,
  "sample/media/incoming/IMG_2041.svg": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 6"><path fill="#7db8ff" d="M0 0h8v6H0z"/><path fill="#17692f" d="m0 6 3-4 2 3 1-1 2 2z"/></svg>\n`,
};

/**
 * A name that npm and Pulumi both accept.
 *
 * @param folder - the name of the project's folder
 */
export function projectName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z]+|[^a-z0-9]+$/g, "")
    .slice(0, 60);
  return name === "" ? "files" : name;
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
