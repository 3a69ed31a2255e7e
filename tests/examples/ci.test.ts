import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { Example } from "../support/example";
import { startScript } from "../support/policy-pack";
import { ROOT } from "../support/projects";

let example: Example;
beforeAll(async () => {
  example = await Example.start("ci");
});
afterAll(() => example.close());

/** A port that nobody has. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

async function preview(): Promise<{ code: number; text: string }> {
  const POLICY_PACK = startScript(join(example.folder, "policy"));
  const PATH = `${join(ROOT, "node_modules", ".bin")}:${process.env.PATH ?? ""}`;
  return example.run("bash", ["preview.sh"], { POLICY_PACK, PATH, EMULATOR_PORT: String(await freePort()) });
}

test("ci lets a pull request pass that keeps to the policy, and fails one that does not", async () => {
  const good = await preview();
  expect(good.text).toContain("+ 4 created");
  expect(good).toMatchObject({ code: 0 });

  const index = join(example.folder, "index.ts");
  const program = readFileSync(index, "utf8");
  writeFileSync(
    index,
    program.replace(`path: "site/logo.svg", visibility: "PUBLIC"`, `path: "site/logo.svg", visibility: "PRIVATE"`),
  );
  const bad = await preview();
  expect(bad.code).not.toBe(0);
  expect(bad.text).toContain(
    `"site/logo.svg" in bucket "media" is PRIVATE; files that match "site/**" have to be PUBLIC`,
  );
});

test("the workflow runs what is there", () => {
  // The emulator's own dependency reads it.
  const { parse } = createRequire(join(ROOT, "emulator", "package.json"))("yaml") as {
    parse: (text: string) => unknown;
  };
  const { jobs } = parse(readFileSync(join(example.folder, ".github", "workflows", "files.yml"), "utf8")) as {
    jobs: Record<string, { needs?: string; steps: { run?: string }[] }>;
  };
  expect(Object.keys(jobs)).toEqual(["check", "preview", "comment", "deploy"]);
  expect(jobs.check!.steps.map(({ run }) => run)).toContain("./preview.sh");
  expect(existsSync(join(example.folder, "preview.sh"))).toBe(true);
  expect([jobs.preview!.needs, jobs.comment!.needs, jobs.deploy!.needs]).toEqual(["check", "preview", "check"]);
});
