import { startEmulator, type Emulator } from "mediasaur-emulator";
import { TestBrowser } from "../support/browser";

let browser: TestBrowser;
let emulator: Emulator;
beforeAll(async () => {
  [browser, emulator] = await Promise.all([
    TestBrowser.start(),
    startEmulator({ seed: { buckets: { media: { files: [{ path: "a.txt", content: "a" }] } } } }),
  ]);
});
afterEach(() => browser.closePages());
afterAll(() => Promise.all([browser.close(), emulator.close()]));

it("opens without an error and shows the files", async () => {
  const { page, problems } = await browser.open(`${emulator.baseUrl}/_emulator/ui`);
  await page.getByText("a.txt").waitFor();
  expect(problems).toEqual([]);
});
