import { send } from "../emulator/api";
import { figure } from "../support/figures";
import { EmulatorPage, row, until } from "./emulator-page";

const FILES = 10_000;
const REQUESTS = 5000;
const MOST_ELEMENTS = 6000;

const suite = EmulatorPage.declare({
  seed: {
    buckets: {
      media: {
        files: Array.from({ length: FILES }, (_, index) => ({
          path: `${index % 2 === 0 ? "flat" : `deep/${String(index % 100)}`}/file-${String(index)}.txt`,
          content: "x",
        })),
      },
    },
  },
});

it("opens and scrolls with 10,000 files and 5,000 requests, with few elements and few requests", async () => {
  for (let sent = 0; sent < REQUESTS; sent += 100) {
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => send(suite.emulator, "GET", `/files/f_${String(sent + index)}`)),
    );
  }
  const { page, problems } = await suite.open();
  const asked = new Set<string>();
  page.on("request", (request) => asked.add(new URL(request.url()).pathname));
  await page.evaluate(`new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) (window.tasks ??= []).push(duration);
  }).observe({ type: "longtask", buffered: true })`);
  await page.reload();
  await row(page, "flat").waitFor();
  const opened = await page.evaluate<number>(`(() => {
    const answer = Math.max(...performance.getEntriesByType("resource").filter(({ name }) => !name.endsWith("/live")).map(({ responseEnd }) => responseEnd));
    return performance.now() - answer;
  })()`);
  expect([...asked].filter((path) => path.startsWith("/_emulator/")).sort()).toEqual([
    "/_emulator/connection",
    "/_emulator/files",
    "/_emulator/live",
    "/_emulator/requests",
    "/_emulator/ui",
    "/_emulator/ui/app.css",
    "/_emulator/ui/app.js",
    "/_emulator/ui/icon.svg",
  ]);
  await watchTasks();
  await row(page, "flat").click();
  await row(page, "file-0.txt").waitFor();
  await page.getByText("10,000 files in 1 bucket").waitFor();
  expect(await elements()).toBeLessThan(MOST_ELEMENTS);
  const ofFiles = await scrollThrough("tree");
  await row(page, "flat").press("End");
  await until(elements, (count) => count < MOST_ELEMENTS);

  await page.getByRole("tab", { name: "Requests" }).click();
  await page.getByText("5,000 requests").waitFor();
  expect(await elements()).toBeLessThan(MOST_ELEMENTS);
  const ofRequests = await scrollThrough("listbox");
  figure(
    "page",
    `${String(FILES)} files, ${String(REQUESTS)} requests: shown ${opened.toFixed(0)} ms after the last answer`,
  );
  figure(
    "page",
    `longest task while the files scroll ${ofFiles.toFixed(0)} ms, while the requests scroll ${ofRequests.toFixed(0)} ms`,
  );
  expect(problems).toEqual([]);

  function elements(): Promise<number> {
    return page.evaluate<number>("document.querySelectorAll('*').length");
  }
  async function watchTasks(): Promise<void> {
    await page.evaluate(`window.tasks = [];
      new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" })`);
  }
  /** Scrolls to the end in steps of a frame each; gives the longest task. */
  async function scrollThrough(role: string): Promise<number> {
    await page.evaluate("window.tasks = []");
    const most = await page.evaluate<number>(`new Promise((resolve) => {
      const list = document.querySelector('[role=${role}]');
      list.scrollTop = 0;
      let most = 0;
      const step = () => {
        most = Math.max(most, document.querySelectorAll("*").length);
        if (list.scrollTop + list.clientHeight >= list.scrollHeight - 1) return resolve(most);
        list.scrollTop += 1500;
        requestAnimationFrame(step);
      };
      step();
    })`);
    expect(most).toBeLessThan(MOST_ELEMENTS);
    return page.evaluate<number>("Math.max(0, ...window.tasks)");
  }
});
