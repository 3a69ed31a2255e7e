import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Effect } from "../../provider/model/effects";
import { pageText } from "../../sdk/cli/preview/page";
import { reportOf } from "../../sdk/cli/preview/report";
import { TestBrowser } from "../support/browser";
import { newFolder, removeFolder } from "../support/projects";

let browser: TestBrowser;
let folder: string;

beforeAll(async () => {
  browser = await TestBrowser.start();
  folder = newFolder("preview-page");
  mkdirSync(folder, { recursive: true });
});
afterEach(() => browser.closePages());
afterAll(async () => {
  await browser.close();
  removeFolder(folder);
});

function page(effects: Effect[]): string {
  const plan = {
    resource: "FileLayout" as const,
    name: "site",
    bucket: "media",
    effects,
    requests: { count: 7, exact: false },
  };
  const file = join(folder, `${String(effects.length)}.html`);
  writeFileSync(
    file,
    pageText(reportOf([plan], [], [{ kind: "warning", name: "site", text: "a place is held" }], false)),
  );
  return pathToFileURL(file).href;
}

const EFFECTS: Effect[] = [
  { way: "kept", from: "in/hero.jpg", to: "site/images/hero.jpg", before: "PRIVATE", after: "PUBLIC" },
  { way: "kept", from: "site/prices.csv", to: "site/prices.csv", before: "PUBLIC", after: "PRIVATE" },
  { way: "uploaded", to: "site/main.css", bytes: 1200, before: "PUBLIC", after: "PUBLIC", replaces: true },
  { way: "deleted", from: "site/<b>old</b>.png" },
];

test.each([
  [400, "light" as const],
  [400, "dark" as const],
  [1280, "light" as const],
  [1280, "dark" as const],
])(
  "at %d px, %s, every name is there as text, nothing sticks out, and it can be read with a screen reader",
  async (width, colorScheme) => {
    const { page: tab, problems, accessibility } = await browser.open(page(EFFECTS), { width, colorScheme });
    for (const side of ["before", "after"]) await tab.locator(`.tree.${side} .file`).first().waitFor();
    const texts = (side: string): Promise<string[]> => tab.locator(`.tree.${side} .f`).allTextContents();
    expect(await texts("before")).toEqual(["hero.jpg", "b>.png", "main.css", "prices.csv"]);
    expect(await texts("after")).toEqual(["hero.jpg", "main.css", "prices.csv"]);
    await tab.getByRole("heading", { name: "Becomes public: 1 file" }).waitFor();
    await tab.getByText("from in/hero.jpg to site/images/hero.jpg, PUBLIC · site").waitFor();
    expect(await tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
    expect(problems).toEqual([]);
    expect(await accessibility()).toEqual([]);
  },
);

test("the search and the filters narrow what is shown, what becomes public among it", async () => {
  const { page: tab } = await browser.open(page(EFFECTS));
  const shown = (): Promise<string[]> => tab.locator(".tree.after .f").allTextContents();
  await tab.getByRole("searchbox").fill("MAIN css");
  await tab.getByText("1 of 4 files").waitFor();
  expect(await shown()).toEqual(["main.css"]);
  expect(await tab.locator(".public li:visible").count()).toBe(0);
  await tab.getByRole("searchbox").fill("");
  await tab.getByText("4 files", { exact: true }).waitFor();
  await tab.getByRole("button", { name: /^Hidden 1/ }).click();
  expect(await shown()).toEqual(["prices.csv"]);
  await tab.getByRole("button", { name: /^Uploaded 1/ }).click();
  expect(await shown()).toEqual(["main.css", "prices.csv"]);
  await tab.getByRole("searchbox").fill("no such file");
  await tab.getByText("No file is like that.").waitFor();
});

test("with 10,000 changes both trees are there, with every file, and the search finds one", async () => {
  const many = Array.from({ length: 10_000 }, (_, n): Effect => ({
    way: "kept",
    from: `in/${String(n % 50)}/img-${String(n)}.jpg`,
    to: `site/${String(n % 100)}/photo-${String(n)}.jpg`,
  }));
  const { page: tab, problems } = await browser.open(page(many));
  // The first screens are drawn before the page has loaded.
  expect(await tab.locator(".tree.before .file").count()).toBeGreaterThan(50);
  while ((await tab.locator(".tree .file").count()) < 20_000) await tab.waitForTimeout(20);
  await tab.getByRole("searchbox").fill("photo-9999.jpg");
  await tab.getByText("1 of 10000 files").waitFor();
  expect(await tab.locator(".tree.after .f").allTextContents()).toEqual(["photo-9999.jpg"]);
  expect(problems).toEqual([]);
});
