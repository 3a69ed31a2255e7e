import { figure } from "../support/figures";
import { TestEmulator } from "../support/emulator";
import { TestStack } from "../support/stack";

let emulator: TestEmulator;
let stack: TestStack;

beforeAll(async () => {
  emulator = await TestEmulator.start();
});

afterAll(async () => {
  await emulator.close();
});

beforeEach(async () => {
  await emulator.seed({
    "in/hero.jpg": "PRIVATE",
    "site/a.jpg": "PUBLIC",
    "site/b.jpg": "PUBLIC",
    "site/drafts/post.md": "PRIVATE",
    "other/x.txt": "PRIVATE",
  });
  stack = await TestStack.create(emulator.stackConfig);
});

afterEach(() => {
  stack.remove();
});

const site = (files: string, more = ""): string =>
  `const site = new mediasaur.FileLayout("site", { bucket: "media", files: { ${files} }, ${more} });
   exports.summary = site.summary; exports.undeclared = site.unmanagedFiles; exports.hero = site.files.apply((f) => f.hero?.url);
   exports.paths = site.files.apply((f) => Object.values(f).map(({ path }) => path));\n`;

const RULES = `prefix: "site/", unmanaged: "REPORT", rules: [
  { match: "site/drafts/**", visibility: "PRIVATE" }, { match: "site/**", visibility: "PUBLIC" } ]`;

test("the life of a layout: preview, up, rearranged, drift, refresh, destroy", async () => {
  stack.program(
    site(
      `hero: { path: "site/hero.jpg", source: { adopt: { path: "in/hero.jpg" } } }, a: { path: "site/a.jpg" }, b: { path: "site/b.jpg" }`,
      RULES,
    ),
  );
  const preview = await stack.preview();
  await stack.up();
  console.log((await stack.up()).text);
  await emulator.edit({ op: "visibility", bucket: "media", path: "site/hero.jpg", visibility: "PRIVATE" });
  console.log((await stack.preview()).text);
  console.log((await stack.refresh()).text);
  console.log((await stack.preview({ diff: true })).text);
  console.log((await stack.up()).text);
  console.log(await emulator.layout());
  stack.program(site(`a: { path: "/x" }, b: { path: "else/y" }`, RULES));
  console.log((await stack.preview()).text);
  console.log((await stack.destroy()).text);
  figure("layout", "x");
});
