import { send } from "../emulator/api";
import { button, EmulatorPage, until } from "./emulator-page";

const suite = EmulatorPage.declare({
  seed: {
    buckets: {
      media: {
        files: [
          { path: "a.txt", id: "f_a", content: "a" },
          { path: "b.txt", id: "f_b" },
        ],
      },
    },
  },
});
const requests = (page: import("playwright-core").Page) =>
  page.getByRole("listbox", { name: "Requests" }).getByRole("option");

it("shows requests as they come, newest last, with body, answer, fault, dialect and what changed", async () => {
  const { page, problems } = await suite.open();
  await page.getByRole("tab", { name: "Requests" }).click();
  await page.getByText("Nothing has been asked yet").waitFor();
  await send(suite.emulator, "GET", "/files?bucket=media");
  await suite.emulator.setFaults([{ op: "patchFile", kind: "status", args: { status: 503 }, times: 1 }]);
  await suite.emulator.setDialect({ "object.case": "camel" });
  await send(suite.emulator, "PATCH", "/files/f_a", { name: "c.txt" });
  await send(suite.emulator, "PATCH", "/files/f_a", { name: "c.txt", visibility: "PRIVATE" });
  await expectNames(page, [/GET\/files.*200/, /PATCH.*fault: status.*503/, /PATCH.*1 file.*200/]);

  await requests(page).nth(2).click();
  const panel = page.getByRole("region", { name: "Request", exact: true });
  await panel.getByText("object.case=camel").waitFor();
  await panel.getByText("renamed from a.txt, hidden").waitFor();
  await panel.getByRole("region", { name: "Body" }).getByText('"visibility": "PRIVATE"').waitFor();
  await panel.getByRole("region", { name: "Answer" }).getByText('"mimeType"').waitFor();
  await requests(page).nth(1).click();
  await panel.getByRole("region", { name: "Answer" }).getByText("Injected failure 503").waitFor();
  expect(problems).toEqual([]);
});

it("filters by operation, status and file", async () => {
  await send(suite.emulator, "GET", "/buckets");
  await send(suite.emulator, "PATCH", "/files/f_a", { visibility: "PRIVATE" });
  await send(suite.emulator, "GET", "/files/f_none");
  const { page } = await suite.open({}, "requests");
  await until(
    () => requests(page).count(),
    (count) => count === 3,
  );
  await page.getByLabel("Operation").selectOption("patchFile");
  await until(
    () => requests(page).count(),
    (count) => count === 1,
  );
  await page.getByLabel("Operation").selectOption("");
  await page.getByLabel("Status").selectOption("4xx");
  await expectNames(page, [/f_none/]);
  await page.getByLabel("Status").selectOption("");
  await page.getByRole("searchbox").fill("a.txt");
  await expectNames(page, [/PATCH\/files\/f_a/]);
  await button(page, "Clear").click();
  await until(
    () => suite.emulator.requests(),
    (all) => all.length === 0,
  );
});

it("copies as curl what, run, does the same", async () => {
  await send(suite.emulator, "PATCH", "/files/f_a", { name: "it's.txt" });
  const { page } = await suite.open({}, "requests");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await requests(page).first().click();
  await button(page, "Copy as curl").click();
  await page.getByText("Copied as curl").waitFor();
  expect(await page.evaluate<string>("navigator.clipboard.readText()")).toBe(
    `curl -X PATCH '${suite.emulator.baseUrl}/files/f_a' -H "Authorization: Bearer $MEDIASAUR_API_KEY"` +
      ` -H 'Content-Type: application/json' -d '{"name":"it'\\''s.txt"}'`,
  );
});

it("follows the newest, or stands still", async () => {
  for (let count = 0; count < 60; count++) await send(suite.emulator, "GET", `/files/f_${String(count)}`);
  const { page } = await suite.open({}, "requests");
  await requests(page).last().getByText("/files/f_59", { exact: true }).waitFor();
  await page.getByRole("listbox", { name: "Requests" }).evaluate((list) => {
    list.scrollTop = 0;
  });
  await button(page, "Follow").and(page.locator('[aria-pressed="false"]')).waitFor();
  await send(suite.emulator, "GET", "/files/f_late");
  await page.getByText("61 requests").waitFor();
  expect(await page.getByRole("listbox", { name: "Requests" }).evaluate((list) => list.scrollTop)).toBe(0);
  await button(page, "Follow").click();
  await page.getByText("/files/f_late", { exact: true }).waitFor();
});

async function expectNames(page: import("playwright-core").Page, names: readonly RegExp[]): Promise<void> {
  const labels = await until(
    () => requests(page).evaluateAll((rows) => rows.map((row) => row.textContent)),
    (found) => found.length === names.length && names.every((name, index) => name.test(found[index] ?? "")),
  );
  expect(labels).toHaveLength(names.length);
}
