import { Example } from "../support/example";

let example: Example;
beforeAll(async () => {
  example = await Example.start("site-layout");
});
afterAll(() => example.close());

/** Runs a command that has to go well; gives what it printed. */
async function pulumi(...args: string[]): Promise<string> {
  const { code, text } = await example.pulumi(...args, "--stack", "test");
  if (code !== 0) throw new Error(text);
  return text;
}

test("the magazine: taken in, reorganised, put right, and left as it is", async () => {
  const { emulator } = example;
  const ids = new Map((await emulator.files("media")).map(({ sha256, id }) => [sha256, id]));
  await example.init();
  await pulumi("up", "--yes", "--skip-preview");
  expect(await emulator.layout()).toEqual({
    "magazine/2024-05-02/cranes-at-dawn.svg": "PUBLIC",
    "magazine/2024-05-02/the-last-ferry.svg": "PUBLIC",
    "magazine/drafts/bakery/four-in-the-morning.svg": "PRIVATE",
    "magazine/drafts/bakery/notes.md": "PRIVATE",
    "magazine/drafts/bakery/rye.svg": "PRIVATE",
    "magazine/masthead.svg": "PUBLIC",
    "magazine/robots.txt": "PUBLIC",
  });
  await emulator.forget();
  expect(await pulumi("up", "--yes", "--skip-preview")).toContain("3 unchanged");
  expect(await emulator.writes()).toEqual([]);

  await pulumi("config", "set", "layout", "by-story");
  await pulumi("config", "set", "published", "harbour,bakery");
  expect(await pulumi("preview")).toContain("magazine: 2 published, 4 moved; 4 requests");
  await pulumi("up", "--yes", "--skip-preview");
  // Two folders, and two photos that are published: each is the file that it was.
  expect((await emulator.writes()).sort()).toEqual(["moveFiles", "moveFiles", "patchFile", "patchFile"]);
  const stories = (await emulator.files("media")).filter(({ path }) => path.startsWith("magazine/stories/"));
  expect(stories.map(({ path }) => path)).toEqual([
    "magazine/stories/bakery/four-in-the-morning.svg",
    "magazine/stories/bakery/rye.svg",
    "magazine/stories/harbour/cranes-at-dawn.svg",
    "magazine/stories/harbour/the-last-ferry.svg",
  ]);
  for (const { sha256, id } of stories) expect(ids.get(sha256)).toBe(id);

  await emulator.edit({
    op: "visibility",
    bucket: "media",
    path: "magazine/drafts/bakery/notes.md",
    visibility: "PUBLIC",
  });
  await pulumi("up", "--yes", "--skip-preview");
  expect((await emulator.file("magazine/drafts/bakery/notes.md")).visibility).toBe("PRIVATE");

  await pulumi("destroy", "--yes", "--skip-preview");
  expect(Object.keys(await emulator.layout())).not.toContain("magazine/robots.txt");
  expect(await emulator.files("media")).toHaveLength(6);
});
