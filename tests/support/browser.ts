import { readFileSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

/** How a page is looked at. */
export interface Look {
  /** CSS pixels. @default 1280 */
  readonly width?: number;
  /** @default 800 */
  readonly height?: number;
  /** @default "light" */
  readonly colorScheme?: "light" | "dark";
}

/** A page that is open, and what went wrong on it. */
export interface Visit {
  readonly page: Page;
  /** Errors of the console, exceptions, and requests to anywhere but loopback, which are not let through. */
  readonly problems: readonly string[];
  /** What axe-core finds that is serious or critical: rule, help and the elements. */
  accessibility(): Promise<string[]>;
}

/** A Chromium without a window. Start one for a suite, and close it in the end. */
export class TestBrowser {
  readonly #contexts: BrowserContext[] = [];

  private constructor(private readonly browser: Browser) {}

  /** Starts the browser that `tools/get-browser.mjs` has found. The jest project is to have `tools/jest/browser.mjs`. */
  static async start(): Promise<TestBrowser> {
    const told = process.env.MEDIASAUR_BROWSER;
    if (told === undefined) throw new Error("this jest project lacks the globalSetup tools/jest/browser.mjs");
    const { command, env } = JSON.parse(told) as { command: string; env: Record<string, string> };
    return new TestBrowser(await chromium.launch({ executablePath: command, env: { ...process.env, ...env } }));
  }

  /** Opens an address (`http:` on loopback, or `file:`) in a profile of its own. */
  async open(address: string, { width = 1280, height = 800, colorScheme = "light" }: Look = {}): Promise<Visit> {
    const context = await this.browser.newContext({ viewport: { width, height }, colorScheme, acceptDownloads: true });
    this.#contexts.push(context);
    const problems: string[] = [];
    await context.route(
      (url) => /^(https?|wss?):$/.test(url.protocol) && !/^(127\.0\.0\.1|localhost|\[::1\])$/.test(url.hostname),
      (route) => {
        problems.push(`a request to ${route.request().url()}`);
        return route.abort();
      },
    );
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
    await page.goto(address);
    return { page, problems, accessibility: () => seriousFindings(page) };
  }

  /** Closes what was opened, and keeps the browser. */
  async closePages(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

interface AxeResults {
  violations: { id: string; impact: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
}

async function seriousFindings(page: Page): Promise<string[]> {
  // Evaluated and not added as a script, so that a page's content security policy does not keep it out.
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${help}: ${html} ${failureSummary}`),
    );
}
