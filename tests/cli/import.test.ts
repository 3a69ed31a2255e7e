import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programText } from "../../sdk/cli/import/program-text";
import { linkedFolder, removeFolder, ROOT } from "../support/projects";
import { EmulatorSuite } from "../support/suite";
import { ONE_LINE, run } from "./command";
import { compile, declaredBy, filesAt, layoutOf, NASTY, prettified } from "./programs";

describe("import", () => {
  let folder: string;
  const media = {
    "site/hero.jpg": "PUBLIC",
    "site/images/logo.svg": "PUBLIC",
    "internal/prices.csv": "PRIVATE",
    "readme.txt": "PRIVATE",
  };

  const suite = EmulatorSuite.declare(media, { empty: { files: [] } });
  beforeAll(() => {
    folder = linkedFolder();
  });
  afterAll(() => removeFolder(folder));

  test("writes a readable program that a strict compiler accepts, and reads only", async () => {
    const { code, stdout, stderr } = await run(["import", "media"], suite.emulator.environment);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`
const bucket = "media";

// (no folder)
new mediasaur.ManagedFile("readmeTxt", {
  bucket,
  path: "readme.txt",
  visibility: "PRIVATE",
});

// internal/
`);
    expect(Object.fromEntries(declaredBy(stdout).map(({ path, visibility }) => [path, visibility]))).toEqual(media);
    writeFileSync(join(folder, "index.ts"), stdout);
    expect(compile(folder)).toBe("");
    expect(await suite.emulator.writes()).toEqual([]);
  });

  test("--layout writes one FileLayout that a strict compiler accepts, and reads only", async () => {
    const { code, stdout } = await run(
      ["import", "media", "--prefix", "site/", "--layout"],
      suite.emulator.environment,
    );
    expect(code).toBe(0);
    expect(layoutOf(stdout)).toEqual({
      name: "site",
      bucket: "media",
      prefix: "site/",
      files: {
        heroJpg: { path: "site/hero.jpg", visibility: "PUBLIC" },
        imagesLogoSvg: { path: "site/images/logo.svg", visibility: "PUBLIC" },
      },
    });
    writeFileSync(join(folder, "index.ts"), stdout);
    expect(compile(folder)).toBe("");
    expect(await suite.emulator.writes()).toEqual([]);
  });

  test("takes any path: the program compiles and names each file as it is", async () => {
    const { text, leftOut } = programText("media", "", filesAt(NASTY));
    expect(leftOut).toEqual([]);
    writeFileSync(join(folder, "index.ts"), text);
    expect(compile(folder)).toBe("");
    expect(declaredBy(text)).toHaveLength(NASTY.length);
  });

  test("--prefix takes the files below it, --out writes a file and never over another", async () => {
    const out = join(folder, "site.ts");
    const args = ["import", "media", "--prefix", "site/", "--out", out];
    const first = await run(args, suite.emulator.environment);
    expect(first).toEqual({ code: 0, stdout: "", stderr: `${out}: 2 files of bucket media declared.\n` });
    expect(declaredBy(readFileSync(out, "utf8")).map(({ path }) => path)).toEqual([
      "site/hero.jpg",
      "site/images/logo.svg",
    ]);
    writeFileSync(out, "mine");
    const second = await run(args, suite.emulator.environment);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(ONE_LINE);
    expect(second.stderr).toMatch(/exists already.*--force/);
    expect(readFileSync(out, "utf8")).toBe("mine");
    expect((await run([...args, "--force"], suite.emulator.environment)).code).toBe(0);
    expect(readFileSync(out, "utf8")).toContain("mediasaur.ManagedFile");
  });

  test("asks the files themselves where the listing does not say who may see them", async () => {
    await suite.emulator.dialect({ "list.rows": "sparse" });
    const { stdout } = await run(["import", "media"], suite.emulator.environment);
    expect(Object.fromEntries(declaredBy(stdout).map(({ path, visibility }) => [path, visibility]))).toEqual(media);
  });

  test.each([
    [["nope"], /bucket "nope" is missing/],
    [["empty"], /there is no file to declare in bucket "empty"\./],
    [["media", "--prefix", "none/"], /there is no file to declare in bucket "media", below "none\/"/],
    [["media", "--out", "no/such/folder/x.ts"], /can't be written \(ENOENT\)/],
  ])("%j ends with 1 and one line", async (args, expected) => {
    const { code, stdout, stderr } = await run(["import", ...args], suite.emulator.environment);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).toMatch(expected);
    expect(existsSync(join(ROOT, "no"))).toBe(false);
  });

  test("writes the program of 10,000 files", async () => {
    const files = Array.from({ length: 10_000 }, (_, i) => ({
      path: `album-${i % 100}/photo ${i}.jpg`,
      size: 1,
      visibility: i % 3 === 0 ? "PRIVATE" : "PUBLIC",
    }));
    await suite.emulator.seed({}, { album: { files } });
    const { code, stdout } = await run(["import", "album"], suite.emulator.environment);
    expect(code).toBe(0);
    const declared = declaredBy(stdout);
    expect(declared).toHaveLength(10_000);
    expect(new Set(declared.map(({ name }) => name)).size).toBe(10_000);
    expect(prettified(stdout)).toBe(stdout);
    const layout = await run(["import", "album", "--layout"], suite.emulator.environment);
    expect(Object.keys(layoutOf(layout.stdout).files)).toHaveLength(10_000);
    expect(prettified(layout.stdout)).toBe(layout.stdout);
  });
});
