import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly uses?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: unknown;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const { parse } = createRequire(join(ROOT, "emulator", "package.json"))("yaml") as { parse: (text: string) => unknown };

const tracked = (pattern: string): string[] =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", pattern], {
    cwd: ROOT,
    encoding: "utf8",
  })
    .split("\n")
    .filter((name) => name !== "");

const workflows = tracked("*.yml")
  .filter((name) => name.includes(".github/workflows/"))
  .map((name) => [name, parse(readFileSync(join(ROOT, name), "utf8")) as Workflow] as const);

const SECRET = /\bsecrets\s*[.[]/;

it("finds the workflows", () => {
  expect(workflows.map(([name]) => name)).toEqual(
    expect.arrayContaining([
      ".github/workflows/ci.yml",
      ".github/workflows/release.yml",
      "examples/ci/.github/workflows/files.yml",
    ]),
  );
});

describe.each(workflows)("%s", (name, { on, permissions, env, jobs }) => {
  const all = Object.entries(jobs);
  const steps = all.flatMap(([, job]) => job.steps ?? []);

  it("names every action by its commit, with the version beside it", () => {
    const lines = readFileSync(join(ROOT, name), "utf8").split("\n");
    const uses = lines.filter((line) => /^\s*(- )?uses:/.test(line) && !line.includes("uses: ./"));
    expect(uses.filter((line) => !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  it("gives the whole workflow nothing but to read, and no secret", () => {
    expect([{}, { contents: "read" }]).toContainEqual(permissions);
    expect(JSON.stringify(env ?? {})).not.toMatch(SECRET);
  });

  it("runs nothing with the rights of the target of a pull request", () => {
    expect(JSON.stringify(on)).not.toMatch(/pull_request_target|workflow_run|issue_comment/);
  });

  it("leaves no right to write to a job that runs what others have written", () => {
    for (const [job, { permissions: given = {}, steps: own = [] }] of all) {
      const runsCode = own.some(
        ({ uses = "", run = "" }) => uses.startsWith("actions/checkout@") || /\bnpm (ci|install)\b/.test(run),
      );
      const writes = Object.entries(given).filter(([, right]) => right === "write");
      expect([job, runsCode ? writes : []]).toEqual([job, []]);
    }
  });

  it("keeps secrets behind an environment, and in the steps that need them", () => {
    for (const [job, { environment, env: whole = {}, steps: own = [] }] of all) {
      const usesSecrets = own.some((step) => SECRET.test(JSON.stringify(step)));
      expect([job, usesSecrets && environment === undefined]).toEqual([job, false]);
      expect(JSON.stringify(whole)).not.toMatch(SECRET);
      // Into a script they come by the environment, not by being written into it.
      for (const { run = "" } of own) expect(run).not.toMatch(/\$\{\{\s*(secrets|github\.event|github\.head_ref)/);
    }
  });

  it("leaves no credentials of the checkout behind", () => {
    const checkouts = steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));
    expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== false)).toEqual([]);
  });

  it("installs what the lock file names", () => {
    for (const { run = "" } of steps)
      expect(run).not.toMatch(/\bnpm (install|i)\b(?! .*--package-lock-only)|curl [^|]*\| *(ba)?sh/);
  });
});

it("the guide shows the workflow as it is", () => {
  const workflow = readFileSync(join(ROOT, "examples/ci/.github/workflows/files.yml"), "utf8");
  expect(readFileSync(join(ROOT, "docs/guides/pipelines.md"), "utf8")).toContain(`\`\`\`yaml\n${workflow}\`\`\``);
});

it("the lock file has a checksum for every package, and no registry's address", () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, { link?: boolean; integrity?: string; resolved?: string }>;
  };
  const fetched = Object.entries(packages).filter(
    ([path, { link }]) => path.includes("node_modules/") && link !== true,
  );
  expect(fetched.length).toBeGreaterThan(100);
  expect(fetched.filter(([, { integrity = "" }]) => !/^sha512-/.test(integrity)).map(([path]) => path)).toEqual([]);
  expect(Object.values(packages).filter(({ resolved = "" }) => /^\w+:\/\//.test(resolved))).toEqual([]);
});

it("every promise of SECURITY.md names its tests, which are there", () => {
  const [, text = ""] = readFileSync(join(ROOT, "SECURITY.md"), "utf8").split("## What the provider promises");
  const promises = text.split(/^- /m).slice(1);
  expect(promises.length).toBeGreaterThan(8);
  for (const promise of promises) {
    const tests = [...promise.matchAll(/\]\((tests\/[^)]+)\)/g)].map(([, file = ""]) => file);
    expect([promise, tests.length > 0]).toEqual([promise, true]);
    for (const file of tests) expect([file, existsSync(join(ROOT, file))]).toEqual([file, true]);
  }
});
