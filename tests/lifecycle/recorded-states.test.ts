import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { figure } from "../support/figures";
import { packedFolder } from "../support/projects";
import { Suite } from "./support";
import { PROGRAM } from "./states/program";

// State as released versions wrote it, through the real engine. It is never written again: a user's stack may hold it for years.

interface Recorded {
  baseUrl: string;
  files: { id: string; path: string; visibility: string; size: number }[];
  deployment: unknown;
}

const STATES = join(__dirname, "states");
const versions = readdirSync(STATES)
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.slice(0, -".json".length));

const suite = Suite.declare();

test.each(versions)("state of version %s: nothing to do, drift found, updated, destroyed", async (version) => {
  const text = readFileSync(join(STATES, `${version}.json`), "utf8");
  const { baseUrl } = JSON.parse(text) as Recorded;
  const { files, deployment } = JSON.parse(text.replaceAll(baseUrl, suite.emulator.handle.baseUrl)) as Recorded;
  await suite.emulator.seed(
    Object.fromEntries(files.map(({ path, ...file }) => [path, { ...file, content: undefined }])),
  );
  await suite.newStack(packedFolder());
  await suite.stack.stack.importStack({ version: 3, deployment: deployment as Record<string, unknown> });
  suite.stack.program(PROGRAM);

  const unchanged = await suite.stack.up();
  // What looks after undeclared files is resources of its own by now; else nothing is to be done.
  expect(unchanged.ok && unchanged.changes).toEqual({ create: 1, read: 1, same: 6 });
  expect(await suite.emulator.writes()).toEqual([]);

  await suite.emulator.edit({ op: "visibility", path: "site/moved.txt", bucket: "media", visibility: "PUBLIC" });
  await suite.emulator.edit({ op: "visibility", path: "blog/post.txt", bucket: "media", visibility: "PUBLIC" });
  expect(await suite.stack.refresh()).toMatchObject({ ok: true, changes: { update: 2 } });
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { update: 2 } });

  suite.stack.program(
    PROGRAM.replaceAll("blog/post.txt", "blog/first.txt").replace('"site/copied.txt"', '"site/other/name.txt"'),
  );
  expect(await suite.stack.up()).toMatchObject({ ok: true, changes: { update: 2 } });
  expect(await suite.emulator.layout()).toEqual({
    "blog/banner.txt": "PUBLIC",
    "blog/first.txt": "PRIVATE",
    "blog/undeclared.txt": "PRIVATE",
    "site/kept.txt": "PUBLIC",
    "site/moved.txt": "PRIVATE",
    "site/other/name.txt": "PUBLIC",
    "site/uploaded.txt": "PUBLIC",
    "stranger.txt": "PUBLIC",
  });

  expect(await suite.stack.destroy()).toMatchObject({ ok: true });
  expect(Object.keys(await suite.emulator.layout())).toEqual([
    "blog/first.txt",
    "blog/undeclared.txt",
    "site/kept.txt",
    "site/moved.txt",
    "stranger.txt",
  ]);
  figure("package", `state of version ${version} refreshes, updates and is destroyed`);
});
