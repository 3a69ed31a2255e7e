import { startEmulator, type Emulator, type EmulatorOptions, type FileDescription } from "mediasaur-emulator";
import type { Locator, Page } from "playwright-core";
import { TestBrowser, type Look, type Visit } from "../support/browser";

/** An emulator with its page open in a browser. */
export class EmulatorPage {
  browser!: TestBrowser;
  emulator!: Emulator;

  /** Declares the hooks of a suite: each test begins with the files of the seed, and without pages. */
  static declare(options: EmulatorOptions): EmulatorPage {
    const suite = new EmulatorPage();
    beforeAll(async () => {
      [suite.browser, suite.emulator] = await Promise.all([TestBrowser.start(), startEmulator(options)]);
    });
    beforeEach(() => suite.emulator.reset());
    afterEach(() => suite.browser.closePages());
    afterAll(() => Promise.all([suite.browser.close(), suite.emulator.close()]));
    return suite;
  }

  /** Opens the page, by the address at which people begin. */
  async open(look: Look = {}, tab = ""): Promise<Visit> {
    const visit = await this.browser.open(`${this.emulator.baseUrl}/${tab === "" ? "" : `_emulator/ui#${tab}`}`, look);
    await visit.page.getByRole("tab", { selected: true }).waitFor();
    return visit;
  }

  /** A file as it is. */
  async file(id: string): Promise<FileDescription | undefined> {
    return (await this.emulator.state()).files.find((file) => file.id === id);
  }

  /** Each path with its visibility. */
  async layout(bucket = "media"): Promise<Record<string, string>> {
    return Object.fromEntries((await this.emulator.state(bucket)).files.map((file) => [file.path, file.visibility]));
  }
}

/** A row of the tree. */
export function row(page: Page, name: string): Locator {
  return page.getByRole("treeitem", { name, exact: true });
}

/** A button. */
export function button(page: Page | Locator, name: string | RegExp): Locator {
  return page.getByRole("button", { name, ...(typeof name === "string" ? { exact: true } : {}) });
}

/** Waits until something is so: what a page does takes as long as it takes. */
export async function until<Value>(look: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await look();
    if (isSo(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
